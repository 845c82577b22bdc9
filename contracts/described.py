"""The shape of a closed set: every member is a code on the wire, and says in one line what it means."""

from enum import StrEnum
from typing import Self


class Described(StrEnum):
    """A closed set whose every member carries its own meaning."""

    meaning: str

    def __new__(cls, code: str, meaning: str) -> Self:
        """Make a member that equals its code and knows its meaning."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member
