"""What of the record of access whoever did it may be shown: what they did, never more of a child than they saw then.

A look that was refused says the same whether the hub knows the child or not, so what is shown of it here must say no
more: no child, no rule and no count; and where a use case keeps a refusal only about a child who is there, not even
that. A search says whom it led to, and is shown as a search alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.access import Finding
from contracts.events.hub import Actor, StaffLeft
from hub.domain.access_line import REFUSED, AccessLine
from hub.domain.explained import Look

DAYS: Final = 90
_OF_NO_CHILD: Final = frozenset({"sign_in", "list", "count", "page", "audit_read", "export"})
# Kept of a child who is not there too: by what is looked at, or by what is done.
_REFUSED_ALIKE: Final = frozenset({"chronology", "break_glass"})
# Done without anybody being shown whether the hub knows the child.
_SAYS_NOTHING: Final = frozenset({"search", "not_shared", "family_answer"})
_REFERRED: Final = f"_{Finding.REFER.value}"


def hides_children(line: AccessLine) -> bool:
    """Whether nothing is said of whom this is about, whoever that is."""
    is_of_no_child = line.kind in _OF_NO_CHILD
    return not _SAYS_NOTHING.isdisjoint((line.kind, line.what)) or (line.effect == REFUSED and not is_of_no_child)


def shown_to_its_own(line: AccessLine) -> AccessLine | None:
    """The line as whoever did it may be shown it; None where it is not shown."""
    of_a_child = line.kind not in _OF_NO_CHILD | _SAYS_NOTHING
    if line.effect == REFUSED and of_a_child and _REFUSED_ALIKE.isdisjoint((line.kind, line.what)):
        return None
    if line.effect == REFUSED or hides_children(line):
        return replace(line, people=(), rules=(), items=0, operation=None, as_of=None)
    return line


def is_of_its_own(line: AccessLine, actor: Actor, left: datetime | None) -> bool:
    """Whether they did it: under the sign-in name of somebody who left, only what was done since."""
    by = line.actor
    same = by is not None and (by.issuer, by.subject) == (actor.issuer, actor.subject)
    return same and (left is None or line.at > left)


def left_last(registered: Iterable[Fact], actor: Actor) -> datetime | None:
    """When (UTC) whoever had this sign-in name before left; None where nobody did. A name is given out again."""
    went = (fact for fact in registered if isinstance(fact, StaffLeft))
    return max((one.at for one in went if (one.issuer, one.subject) == (actor.issuer, actor.subject)), default=None)


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """A look of somebody's, and what was found of it by those who reviewed it, the oldest first; none: not yet."""

    decision_id: UUID
    person_id: UUID
    at: datetime
    emergency: bool
    found: tuple[AccessLine, ...]


def asked_about(
    looks: Iterable[Look], opened: frozenset[UUID], reviews: Iterable[AccessLine]
) -> tuple[AskedAbout, ...]:
    """What was asked about these looks, or is reviewed unasked since it was `opened` in an emergency, the newest first.

    That a look was referred is left out: whoever looks into conduct tells the person, at a time of their choosing.
    """
    found: dict[UUID, list[AccessLine]] = {}
    for line in sorted(reviews, key=lambda one: one.position):
        if line.decision_id is not None and not line.what.endswith(_REFERRED):
            found.setdefault(line.decision_id, []).append(line)
    told = tuple(
        AskedAbout(one.decision_id, one.person_id, one.at, one.decision_id in opened, tuple(found[one.decision_id]))
        for one in looks
        if found.setdefault(one.decision_id, []) or one.decision_id in opened
    )
    return tuple(sorted(told, key=lambda one: (one.at, one.decision_id), reverse=True))
