"""The demonstration's invented duty desk: what is served or written of its hub gives the number that the demo gave."""

from dataclasses import replace

from hub.domain.own_area import telephone
from hub.settings import Settings

NUMBER = "01632 960100"  # of a range kept for drama (Ofcom): nobody answers there
_FILE = "duty-number-of-the-demo"


def given(settings: Settings) -> Settings:
    """The settings with a number: the invented one where none is set."""
    return settings if settings.duty_number is not None else replace(settings, duty_number=NUMBER)


def keep(settings: Settings) -> None:
    """Whatever is served or written of this hub gives the invented number from now on, where none is set."""
    if settings.on_one_machine:
        (settings.home / _FILE).write_text(f"{NUMBER}\n", encoding="utf-8")


def with_its_number(settings: Settings) -> Settings:
    """The settings, with the demonstration's number where none is set and the demonstration was played in this hub."""
    if settings.duty_number is not None or not settings.on_one_machine:
        return settings
    try:
        return replace(settings, duty_number=telephone((settings.home / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return settings
