"""Colour, categories and alarms that the clinician chose for an entry, kept when its text is written anew. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from connectors.event import Alarm, Event
from daemon.entries import catalogue


def as_chosen(event: Event, found: Event | None) -> Event:
    """The event, looking as the clinician made the one that is there; what a server does not give was not changed."""
    if found is None:
        return event
    face = next((one for one in catalogue.FACES if one.category in found.categories), None)
    chosen = found.color if face and found.color not in ("", face.color) else event.color
    names = {"Shiftward", *(one.category for one in catalogue.FACES)}
    added = tuple(one for one in found.categories if one not in names)
    return replace(
        event, color=chosen, categories=(*event.categories, *added), alarms=_alarms(event, found.alarms)
    )


def _alarms(event: Event, found: tuple[Alarm, ...]) -> tuple[Alarm, ...]:
    """Ours, as they were changed, and the clinician's own; these alone where ours were taken away for them."""
    own = tuple(one for one in found if one.text not in catalogue.ALARMS)
    ours = {one.text: one for one in found if one.text in catalogue.ALARMS}
    if own and not ours:
        return own
    return (*(_changed(one, ours.get(one.text)) for one in event.alarms), *own)


def _changed(alarm: Alarm, found: Alarm | None) -> Alarm:
    """What was an instant may be another one by now; before the start we always say the same."""
    return found if found and isinstance(found.at, timedelta) and found.at != alarm.at else alarm
