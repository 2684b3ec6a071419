"""The first policy.toml: a few lines of one's own over a preset."""

from __future__ import annotations

from policy.compose import Composer
from policy.files import shipped

_ME = """[clinician]
name = "R. Example"
home_zone = "America/Chicago"          # an IANA zone
home_state = "TX"
"""


def over_preset(name: str) -> str:
    """A file that extends the preset and has only what no preset can know."""
    presets = shipped("config/presets")
    composer = Composer(presets)
    preset = composer.preset(name)
    about = composer.about[f"presets/{name}.toml"].raw
    lines = [
        f"# Begun from the preset {name}: {about['title']}, for {about['for']}.",
        '# What you write here has the last word, key by key; "none" takes a bound away. To read all of it in plain words:',
        "# shiftward check --explain",
        "",
        f'extends = ["{name}"]',
        "",
        _ME,
    ]
    if "goals" not in preset.raw:
        lines += [
            "# Until [goals] and [caps] are written, Shiftward warns but accepts nothing. A preset for a pattern of work may",
            f'# stand beside this one: extends = ["telemed-heavy", "{name}"]; `shiftward init --preset list` names them.',
        ]
    if sites := preset.raw.get("sites"):
        lines += [
            "# The preset's sites are samples. Write yours as [sites.NAME], and take the samples away:",
            "# [sites]",
            *(f'# {key} = "none"' for key in sites),
        ]
    return "\n".join(lines).rstrip("\n") + "\n"
