"""What a setting is written as, whatever it is a setting of."""

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar

Read = TypeVar("Read")


class BadSetting(Exception):
    """A setting is not of its shape; the message names the setting and never its value."""


def listed(text: str | None) -> tuple[str, ...]:
    """The parts between commas, without the space around them."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def path(environment: Mapping[str, str], name: str) -> Path | None:
    """A path, from the root on; None when it is not set."""
    text = environment.get(name)
    return Path(text).absolute() if text else None


def port(environment: Mapping[str, str], name: str) -> int | None:
    """A port; None when it is not set. Raises BadSetting."""
    text = environment.get(name)
    if not text:
        return None
    if not is_port(text):
        raise BadSetting(f"{name} is a whole number from 1 to 65535")
    return int(text)


def is_port(text: str) -> bool:
    """Whether the text is the number of a port."""
    return text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536


def is_on(environment: Mapping[str, str], name: str) -> bool:
    """Whether a setting of `on` or `off` is on; unset, it is off. Raises BadSetting."""
    text = environment.get(name) or "off"
    if text not in {"on", "off"}:
        raise BadSetting(f"{name} is on or off")
    return text == "on"


def read_as(environment: Mapping[str, str], name: str, read: Callable[[str], Read], such_as: str) -> Read | None:
    """What is read in the setting; None where it is not set. Raises BadSetting, which says what is right."""
    try:
        return read(text) if (text := environment.get(name)) else None
    except ValueError:
        raise BadSetting(f"{name} is {such_as}") from None


def is_this_machine(host: str) -> bool:
    """Whether the host is a loopback address, or `localhost`."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
