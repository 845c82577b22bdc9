"""What each area sets for itself, read strictly: the telephone of its duty desk, and when its schools begin."""

import re
from datetime import time

_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,26}[0-9]( ext [0-9]{1,6})?", re.ASCII)
NOT_SET = "your area's duty number, as your local procedures give it (not set on this hub)"


def telephone(text: str) -> str:
    """The number as people read it, single spaces in it. Raises ValueError where it is none, or has words in it."""
    number = " ".join(text.split())
    if not _TELEPHONE.fullmatch(number):
        raise ValueError("not a telephone number")
    return number


def duty_desk(number: str | None) -> str:
    """What follows `call` on the pages; where no number is set, that the local procedure has it."""
    return f"the duty desk on {number}" if number else NOT_SET


def school_time(text: str) -> time:
    """A clock time in England. Raises ValueError where it is none, or has an offset."""
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError("a clock time in England has no offset")
    return found
