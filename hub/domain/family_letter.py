"""The letter to a family: fixed words, three lists, one length. Somebody at the hub reads it before it goes.

It names nobody, so that a letter that goes astray says of whom it is to nobody.
"""

from collections.abc import Mapping
from datetime import datetime

from contracts.catalogue import report_class
from contracts.events.telling import AskerKind
from contracts.vocabulary import Purpose
from hub.domain import words
from hub.domain.family_answer import FamilyDecision
from hub.domain.moment import day_in_london

SIZE_BYTES = 16_384  # every letter is this long, or a whole number of times as long
NOTHING = "Nothing is listed."
AN_AGENCY = "one of the partnership's agencies"
_PURPOSES = {
    Purpose.EARLY_HELP: "to offer early help",
    Purpose.SECTION_17: "to see what help is needed",
}
_WHOM = {"child": "you", "parent": "your child", "other": "this child"}
_HEAD = """\
WHAT THE SAFEGUARDING HUB CAN LIST FOR YOU

You asked what the hub of your area's safeguarding partnership holds about {whom}, who has looked at it, and
whether it was shared. This letter was made on {day}.

Every letter of this kind has the same words and the same three lists. A list holds what it is on record that
you were told of. It can be empty because there is nothing, or because the law does not let it be listed in a
letter like this. The letter does not say which of the two it is, whoever asks.
"""
_FOOT = """
WHAT YOU CAN DO

- You can ask each agency for a copy of what it holds itself (the right of access).
- You can say that something listed here is wrong, and have what you say put beside it.
- You can ask a person at the hub to explain this letter to you, in your own language if you wish.
- You can complain to the hub, and to the Information Commissioner.
- If you or a child is in danger now, ring 999. If reading this could put you in danger, ask for another way.
"""


def letter(decision: FamilyDecision, kind: AskerKind, called: Mapping[str, str]) -> str:
    """The letter, ending with a line feed; `called` gives people's names for agencies by source."""
    items = [
        f"{_day(one.received)}: {called.get(one.source, AN_AGENCY)} stated: {report_class(one.report_type).TITLE}"
        for one in decision.items
    ]
    looks = [
        f"{_day(one.at)}: somebody at {called.get(one.actor.agency, AN_AGENCY)}, {_why(one.purpose)}"
        for one in decision.looks
    ]
    shares = [
        f"{_day(one.at)}: with {called.get(one.recipient, AN_AGENCY)}, {_why(one.purpose)}" for one in decision.shares
    ]
    head = _HEAD.format(whom=_WHOM[kind], day=_day(decision.fact.at))
    lists = (("WHAT IS HELD", items), ("WHO HAS LOOKED", looks), ("WHAT WAS SHARED", shares))
    return head + "".join(_list(title, lines) for title, lines in lists) + _FOOT


def _list(title: str, lines: list[str]) -> str:
    return f"\n{title}\n\n" + "".join(f"- {line}\n" for line in lines or [NOTHING])


def _day(at: datetime) -> str:
    return words.day(day_in_london(at))


def _why(purpose: Purpose | None) -> str:
    return _PURPOSES.get(purpose, "") if purpose is not None else ""


def outgoing(text: str) -> bytes:
    """The letter as it leaves: UTF-8, filled up with line feeds to SIZE_BYTES, or to the next whole number of it."""
    body = text.encode()
    return body.ljust(-(-len(body) // SIZE_BYTES) * SIZE_BYTES, b"\n")
