"""The demonstration's invented duty desk: what is served or written of its hub gives the number that the demo gave."""

from dataclasses import replace

from hub.domain.own_area import telephone
from hub.settings import Settings

NUMBER = "01632 960100"  # of a range kept for drama (Ofcom): nobody answers there
_FILE = "duty-number-of-the-demo"


def given(settings: Settings) -> Settings:
    """The settings with a number: the invented one where none is set, which then is that of this hub from now on."""
    if settings.duty_number is not None:
        return settings
    if settings.on_one_machine:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        (settings.home / _FILE).write_text(f"{NUMBER}\n", encoding="utf-8")
    return replace(settings, duty_number=NUMBER)


def with_its_number(settings: Settings) -> Settings:
    """The settings, with the demonstration's number where none is set and the demonstration was played in this hub."""
    if settings.duty_number is not None or not settings.on_one_machine:
        return settings
    try:
        return replace(settings, duty_number=telephone((settings.home / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return settings
