"""What each area sets for itself, read strictly: the telephone of its duty desk, and when its schools begin."""

import re
from datetime import time

_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,26}[0-9]( ext [0-9]{1,6})?", re.ASCII)
_SIX = re.compile(r"\(?0[0-9]{5}\)? ")
_LENGTHS = (10, 11)
_AREAS = (("02", (3, 4)), ("011|01[2-9]1|0[389]", (4, 3)))
_NO_BREAK = "\N{NO-BREAK SPACE}"
NOT_SET = "your area's duty number, as your local procedures give it (not set on this hub)"


def telephone(text: str) -> str:
    """The number as people read it, single spaces in it. Raises ValueError where it is none, or has words in it."""
    number = " ".join(text.split())
    if not _TELEPHONE.fullmatch(number):
        raise ValueError("not a telephone number")
    return number


def grouped(number: str) -> str:
    """A telephone number in the groups in which it is read out, kept on one line: no-break spaces stand between them.

    Source: GOV.UK style guide, telephone numbers. One of another country, or not of ten or eleven digits, and one whose
    area code somebody wrote with six, stays in the groups in which it was written.
    """
    main, ext, inner = number.partition(" ext ")
    digits = "".join(one for one in main if one.isdigit())
    in_uk = main.startswith(("0", "(0")) and len(digits) in _LENGTHS and not _SIX.match(main)
    groups = _split(digits) if in_uk else main.split()
    return _NO_BREAK.join((*groups, *((ext.strip(), inner) if ext else ())))


def _split(digits: str) -> tuple[str, ...]:
    """`020 7946 0000`, `0161 496 0000` and `0300 123 4567`; every other as `01632 960 100` or `07700 900 900`."""
    first, second = next((sizes for start, sizes in _AREAS if re.match(start, digits)), (5, 3))
    return digits[:first], digits[first : first + second], digits[first + second :]


def duty_desk(number: str | None) -> str:
    """What follows `call` on the pages; where no number is set, that the local procedure has it."""
    return f"the duty desk on {grouped(number)}" if number else NOT_SET


def school_time(text: str) -> time:
    """A clock time in England. Raises ValueError where it is none, or has an offset."""
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError("a clock time in England has no offset")
    return found
