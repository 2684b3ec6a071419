"""service.toml: where calendars and messages are, whom to trust. Secrets are never in it.

A secret is named, and found in the credentials directory that systemd gives, in a file of mode 0600 under the
configuration directory, or in the environment.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_config_path, user_state_path
from pydantic import BeforeValidator, Field, StrictBool, model_validator

from connectors.offers.reading import DateOrder, Lexicon, SiteNames
from connectors.offers.reading import Sender as KnownSender
from daemon.templates import MatchSection, TemplateFile, read_templates
from policy.fields import Name, Section, Zone
from policy.locate import Path_
from policy.problems import Problem
from policy.read import read_policy, read_toml
from policy.schema import Policy

Seconds = Annotated[int, Field(strict=True, ge=1, le=86_400)]


SecretName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""The name of a secret, not the secret."""
OUTLETS = ("publish", "warnings")
"""Roles of the calendars that Shiftward makes and writes to: blocks and days off, and what is news."""
Hours = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]


class AccountSection(Section):
    """A sign-in that several calendars share. `dav` needs `url`, `google` needs `secret`."""

    name: Name
    kind: Literal["dav", "google"]
    url: Name | None = None
    """dav: a host name, or any address of the account. google: another place of the API, for tests."""
    user: Name | None = None
    password: SecretName | None = None
    secret: SecretName | None = None
    """google: the JSON of a desktop client or of a service account, as downloaded."""


class RuleSection(Section):
    """What the events of a title are. `*` stands for any text; the first rule that fits decides."""

    title: Name
    means: Literal["shift", "red", "offer", "nothing"] | None = None
    """Left out: what the calendar's role makes of it."""
    site: Name | None = None
    hours: Hours | None = None
    """Begin and end by the clock of the site, on the event's date, whatever hours the event has."""


class CalendarSection(Section):
    """One calendar. `dav` needs `url`, or an `account` and the name of the `calendar`; `google` needs an account.

    `folder` needs `path`, `feed` the name of the secret that is its `address`.
    """

    name: Name
    kind: Literal["dav", "feed", "folder", "google"] | None = None
    role: Literal["work", "personal", "offers", "publish", "warnings"]
    account: Name | None = None
    calendar: Name | None = None
    """The calendar's name or address in the account; Google knows it by its id (`primary`, or as its settings show)."""
    url: Name | None = None
    path: Path | None = None
    address: SecretName | None = None
    """Who has a feed's address can read it, so it is a secret."""
    user: Name | None = None
    password: SecretName | None = None
    poll: Seconds = 60
    title: Name | None = None
    """How a calendar that Shiftward makes is called on the phone; see `made_as`."""
    site: Name | None = None
    """Whose shifts stand here; an event that names another site is at that one."""
    zone: Zone | None = None
    """For events whose times name no zone."""
    free: Literal["skip", "keep"] = "skip"
    """What is marked free: no news, or taken like everything else."""
    all_day: Literal["ask", "red", "skip"] | None = None
    """Whole days without hours. By default red in a personal calendar; in a work calendar asked about where a site is named."""
    beyond: Literal["wait", "free"] = "wait"
    """A work feed's dates after the last month it has events in: not published yet, or free."""
    rules: tuple[RuleSection, ...] = ()

    @property
    def made_as(self) -> str:
        return self.title or ("Shiftward warnings" if self.role == "warnings" else "Shiftward")


class InboxSection(Section):
    """One mailbox. `maildir` and `folder` (of .eml files) need `path`; `imap` needs `host`, `user`, and a secret."""

    name: Name
    kind: Literal["maildir", "folder", "imap"]
    path: Path | None = None
    host: Name | None = None
    port: Annotated[int, Field(strict=True, ge=1, le=65_535)] | None = None
    tls: Literal["on", "starttls", "off"] = "on"
    user: Name | None = None
    password: SecretName | None = None
    token: SecretName | None = None
    """An access token for XOAUTH2 in place of a password; read anew at each sign-in."""
    folders: Annotated[tuple[Name, ...], Field(min_length=1)] = ("INBOX",)
    days: Annotated[int, Field(strict=True, ge=1, le=366)] = 60
    """How far back the first look goes."""
    poll: Seconds = 60


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, str) else value


class SenderSection(Section):
    """Whom to believe about which sites; nobody else's message becomes an offer."""

    address: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
    sites: tuple[Name, ...] = ()
    date_order: DateOrder | None = None
    zone: Zone | None = None
    template: Annotated[tuple[SecretName, ...], BeforeValidator(_one_or_several)] = ()
    """templates/NAME.toml beside this file: what is special about how they write. Of several the first that fits holds."""


class MailSection(Section):
    authserv: Name | None = None
    """The name your mail server signs Authentication-Results with."""
    own: tuple[Name, ...] = ()
    """Your own addresses: what you forward counts as yours."""
    keep_days: Annotated[int, Field(strict=True, ge=0, le=90)] = 0
    """How long messages themselves are kept, to be looked at in a review; what they say is kept anyway."""


class LogSection(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"


class MetricsSection(Section):
    """Figures for Prometheus."""

    listen: Name | None = None
    """ADDRESS:PORT, as 127.0.0.1:9464 or [::1]:9464; without it nothing listens."""
    public: StrictBool = False
    """Others on the network may read them: needed for any address but this machine's own."""

    @model_validator(mode="after")
    def _fit(self) -> MetricsSection:
        if self.listen is not None and not self.public and not self.place[0].is_loopback:
            raise ValueError(
                "others on the network could read the figures; listen on 127.0.0.1, or write public = true"
            )
        return self

    @property
    def place(self) -> tuple[IPv4Address | IPv6Address, int]:
        """Raises ValueError for what is no address and port."""
        address, _, port = (self.listen or "").rpartition(":")
        try:
            found = ip_address(address.removeprefix("[").removesuffix("]"))
        except ValueError:
            found = None
        if found is None or not port.isascii() or not port.isdigit() or int(port) > 65_535:
            raise ValueError(f'{self.listen!r} is no address and port; write listen = "127.0.0.1:9464"')
        return found, int(port)


class Service(Section):
    store: Name | None = None
    """A database address; by default SQLite in the state directory."""
    horizon_days: Annotated[int, Field(strict=True, ge=7, le=366)] = 92
    minimal_titles: StrictBool = False
    lost_contact_hours: Annotated[int, Field(strict=True, ge=1, le=168)] = 6
    """How long a source has to fail before the phone says so; at least three of its polls."""
    accounts: tuple[AccountSection, ...] = ()
    calendars: tuple[CalendarSection, ...] = ()
    inboxes: tuple[InboxSection, ...] = ()
    senders: tuple[SenderSection, ...] = ()
    mail: MailSection = MailSection()
    log: LogSection = LogSection()
    metrics: MetricsSection = MetricsSection()


def read_service(path: Path) -> tuple[Service | None, list[Problem]]:
    return read_toml(path, Service, _contradictions)


def _contradictions(service: Service) -> Iterator[tuple[Path_, str]]:
    names: set[str] = set()
    named = [
        *(("calendars", index, one.name) for index, one in enumerate(service.calendars)),
        *(("inboxes", index, one.name) for index, one in enumerate(service.inboxes)),
    ]
    for group, index, name in named:
        if name in names:
            yield (group, index, "name"), "used twice; the store keeps each source by its name"
        names.add(name)
    for index, inbox in enumerate(service.inboxes):
        yield from ((("inboxes", index, *keys), text) for keys, text in _inbox_problems(inbox))
    yield from _account_problems(service)
    for index, calendar in enumerate(service.calendars):
        yield from (
            (("calendars", index, *keys), text) for keys, text in _calendar_problems(service, calendar)
        )
    yield from _outlet_problems(service)


def _outlet_problems(service: Service) -> Iterator[tuple[Path_, str]]:
    """Of the calendars that Shiftward makes there is one of each role, each at a place of its own."""
    outlets = {role: [i for i, one in enumerate(service.calendars) if one.role == role] for role in OUTLETS}
    for role, found in outlets.items():
        if len(found) > 1:
            yield ("calendars", found[1], "role"), f"a second {role} calendar; there can be one"
    if outlets["warnings"] and not outlets["publish"]:
        yield ("calendars", outlets["warnings"][0], "role"), "needs a calendar of role publish beside it"
    if outlets["warnings"] and outlets["publish"]:
        first, second = (service.calendars[outlets[role][0]] for role in OUTLETS)
        if _place(first) == _place(second):
            where = ("calendars", outlets["warnings"][0])
            yield where, "is the publish calendar itself; give it another address, or another title"


def _place(calendar: CalendarSection) -> tuple[object, ...]:
    address = calendar.url or calendar.path
    return (address,) if address else (calendar.account, calendar.calendar or calendar.made_as)


def _inbox_problems(inbox: InboxSection) -> Iterator[tuple[Path_, str]]:
    needed = ("host", "user") if inbox.kind == "imap" else ("path",)
    for key in needed:
        if getattr(inbox, key) is None:
            yield (), f"an inbox of kind {inbox.kind} needs the key {key}"
    if inbox.kind == "imap" and (inbox.password is None) == (inbox.token is None):
        yield (), "write password or token, as the name of a secret: one of the two"
    if inbox.tls == "off" and inbox.host not in ("localhost", "127.0.0.1", "::1", None):
        yield ("tls",), "would send the password in the clear; write on or starttls"


def _account_problems(service: Service) -> Iterator[tuple[Path_, str]]:
    seen: set[str] = set()
    for index, account in enumerate(service.accounts):
        if account.name in seen:
            yield ("accounts", index, "name"), "used twice; give each account a name of its own"
        seen.add(account.name)
        needed = {"dav": "url", "google": "secret"}[account.kind]
        if getattr(account, needed) is None:
            yield ("accounts", index), f"an account of kind {account.kind} needs the key {needed}"
        if account.url and _holds_password(account.url):
            yield ("accounts", index, "url"), _NO_PASSWORD


def _calendar_problems(service: Service, calendar: CalendarSection) -> Iterator[tuple[Path_, str]]:
    account = next((one for one in service.accounts if one.name == calendar.account), None)
    kind = kind_of(service, calendar)
    if calendar.account and account is None:
        yield ("account",), f"there is no account {calendar.account}; write it under [[accounts]]"
    elif kind is None:
        yield (), "needs the key kind, or an account"
    elif account and account.kind != kind:
        yield ("account",), f"the account is of kind {account.kind}, the calendar of kind {kind}"
    elif missing := _missing(calendar, kind):
        yield (), f"a calendar of kind {kind} needs the key {missing}"
    if calendar.url and not calendar.url.startswith(("https://", "http://")):
        yield ("url",), "write an address that begins with https://"
    if kind == "feed" and calendar.url:
        yield ("url",), "whoever has it can read the feed; write it into a secret, and its name as address"
    if calendar.url and _holds_password(calendar.url):
        yield ("url",), _NO_PASSWORD
    if kind == "feed" and calendar.role in OUTLETS:
        yield ("role",), "a feed cannot be written to; publish into a calendar of another kind"


def _missing(calendar: CalendarSection, kind: str) -> str | None:
    if kind == "dav" and calendar.account:
        return None if calendar.calendar or calendar.role in OUTLETS else "calendar"
    if kind == "google":
        if not calendar.account:
            return "account"
        return None if calendar.calendar or calendar.role in OUTLETS else "calendar"
    needed = {"dav": "url", "folder": "path", "feed": "address"}[kind]
    return needed if getattr(calendar, needed) is None else None


def kind_of(service: Service, calendar: CalendarSection) -> str | None:
    """The kind that is written, else its account's."""
    account = next((one for one in service.accounts if one.name == calendar.account), None)
    return calendar.kind or (account.kind if account else None)


_NO_PASSWORD = "holds a user or a password; write user, and password as the name of a secret"  # noqa: S105


def _holds_password(url: str) -> bool:
    return "@" in url.rpartition("//")[2].partition("/")[0]


def unknown_sites(
    service: Service, policy: Policy, templates: Mapping[str, TemplateFile] = {}
) -> Iterator[str]:
    """What service.toml says about sites that policy.toml does not have."""
    named = [(f"senders: {sender.address}", site) for sender in service.senders for site in sender.sites]
    for calendar in service.calendars:
        sites = [calendar.site, *(rule.site for rule in calendar.rules)]
        named += [(f"calendars: {calendar.name}", site) for site in sites if site]
    for name, template in templates.items():
        sites = [template.site, *template.aliases.values()]
        named += [(f"template {name}", site) for site in sites if site]
    for where, site in named:
        if site not in policy.sites:
            yield f"service.toml: {where}: the site {site} is not in policy.toml; add it or mend the name"


def idle_templates(service: Service, templates: Mapping[str, TemplateFile]) -> Iterator[str]:
    """Templates of a sender that stand behind one which fits every message."""
    for sender in service.senders:
        known = [(name, templates[name]) for name in sender.template if name in templates]
        for name, template in known[:-1]:
            if template.match == MatchSection():
                yield (
                    f"service.toml: senders: {sender.address}: the template {name} fits every message, and those "
                    "behind it none; write what it is for under [match], or write it last"
                )


def lexicon(policy: Policy, service: Service, templates: Mapping[str, TemplateFile] = {}) -> Lexicon:
    """What the reader of offers is told of the clinician's world."""
    sites = tuple(
        SiteNames(key, tuple(dict.fromkeys((*site.names, key))), site.zone or policy.clinician.home_zone)
        for key, site in policy.sites.items()
    )
    return Lexicon(
        sites=sites,
        emrs=tuple(sorted({site.emr for site in policy.sites.values() if site.emr})),
        home_zone=policy.clinician.home_zone,
        senders=tuple(_sender(sender, templates) for sender in service.senders),
        own=service.mail.own,
        authserv=service.mail.authserv,
    )


def _sender(sender: SenderSection, templates: Mapping[str, TemplateFile]) -> KnownSender:
    return KnownSender(
        sender.address.lower(),
        sender.sites,
        sender.date_order,
        sender.zone,
        tuple(templates[name].plain() for name in sender.template if name in templates),
    )


class SecretMissingError(Exception):
    """A secret that service.toml names is nowhere to be found, or may be read by others."""


def secret(name: str, directory: Path) -> str:
    """The secret of that name. Raises SecretMissingError with the places it was sought in, never its value."""
    return secret_from(name, directory)[0]


def secret_from(name: str, directory: Path) -> tuple[str, str]:
    """The same, and where it was found."""
    given = os.environ.get("CREDENTIALS_DIRECTORY")
    path = directory / "secrets" / name
    try:
        if given and (Path(given) / name).is_file():
            return (Path(given) / name).read_text("utf-8").strip(), "systemd's credentials"
        if path.is_file():
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                raise SecretMissingError(f"the secret {name} may be read by others; run: chmod 600 {path}")
            return path.read_text("utf-8").strip(), str(path)
    except (OSError, UnicodeDecodeError):
        raise SecretMissingError(f"the secret {name} cannot be read as text; write it anew") from None
    variable = f"SHIFTWARD_{name.upper().replace('-', '_')}"
    if variable in os.environ:
        return os.environ[variable], f"the environment as {variable}"
    raise SecretMissingError(
        f"no secret {name}: put it in {path} (mode 0600), or in the environment as {variable}"
    )


def config_directory() -> Path:
    """Where policy.toml and service.toml are: systemd's directory, else the user's own."""
    given = os.environ.get("SHIFTWARD_CONFIG") or os.environ.get("CONFIGURATION_DIRECTORY")
    return Path(given) if given else user_config_path("shiftward")


def state_directory() -> Path:
    given = os.environ.get("SHIFTWARD_STATE") or os.environ.get("STATE_DIRECTORY")
    return Path(given) if given else user_state_path("shiftward")


class ConfigError(Exception):
    """The files have problems; nothing is started with them."""

    def __init__(self, problems: list[str], places: list[str]) -> None:
        """`places` are where the problems are, in order, without any value of the user's."""
        super().__init__("\n".join(problems))
        self.problems = problems
        self.places = places


@dataclass(frozen=True)
class Settings:
    """Both files, read, and the directory they are in."""

    policy: Policy
    service: Service
    config: Path
    templates: Mapping[str, TemplateFile] = field(default_factory=dict)

    @classmethod
    def read(cls, config: Path) -> Settings:
        """Raises ConfigError with every problem of both files."""
        policy, first = read_policy(config / "policy.toml")
        service, second = read_service(config / "service.toml")
        names = [name for one in service.senders for name in one.template] if service else []
        templates, third = read_templates(config, names)
        read = [*first, *second, *third]
        found = [str(problem) for problem in read]
        places = [f"{one.file}:{one.line}: {one.key}".removesuffix(": ") for one in read]
        if policy and service:
            between = [*unknown_sites(service, policy, templates), *idle_templates(service, templates)]
            found += between
            places += ["service.toml"] * len(between)
        if policy is None or service is None or found:
            raise ConfigError(found, places)
        return cls(policy, service, config, templates)

    @property
    def lexicon(self) -> Lexicon:
        return lexicon(self.policy, self.service, self.templates)
