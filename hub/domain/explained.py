"""Which looks at a child are accounted for by something that the hub knows, and which somebody should ask about.

A look that nothing accounts for is not misuse; the hub knows little of who works with whom. What stands on the list is
there for a reason given in neutral words, about the look and never about the child (DPA 2018 s57, s62(4)).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import Enum
from typing import Final
from uuid import UUID

from contracts.vocabulary import Purpose, StaffRole
from hub.domain.looks_together import Together, together
from hub.domain.moment import LONDON

Reader = tuple[str, str]  # issuer and subject
_EVENING, _MORNING = time(19, 0), time(7, 0)
_SATURDAY = 5
_MASH: Final = frozenset({StaffRole.MASH_DECISION_MAKER, StaffRole.MASH_RESEARCHER})


class Tie(Enum):
    """What ties a reader to a child, as far as the hub holds it under a key; no value of any of them is known here."""

    CHILD = "child"  # the reader has said that the child is theirs, or known to them
    ADDRESS = "address"  # the child lives, or lived, at an address of the reader's
    NAME = "name"  # the child has a family name of the reader's
    COLLEAGUE = "colleague"  # somebody of the reader's agency has said that the child is theirs
    CONFLICT = "conflict"  # a conflict of interest of the reader's stands, whether declared before the look or after


class LinkKind(Enum):
    """What the hub knows to have happened about a child that may be why somebody looks."""

    REPORTED = "reported"  # an agency stated something
    SENT = "sent"  # something was shared with an agency
    ASKED = "asked"  # an agency asked
    OPENED = "opened"  # an enquiry, plan or placement began
    CLOSED = "closed"  # one ended
    QUESTIONED = "questioned"  # whose record it is was in question
    RESTRICTED = "restricted"  # a child of staff, or high profile


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody saw a child's chronology: the decision on record, whose, when (UTC), who, for what."""

    decision_id: UUID
    person_id: UUID
    at: datetime
    reader: Reader
    agency: str
    role: StaffRole
    purpose: Purpose | None
    emergency: bool = False
    assigned: bool = False  # an enquiry was open and assigned to the reader, their team or their agency


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that happened about a child; `agency` (a source) is empty where it is nobody's in particular."""

    person_id: UUID
    kind: LinkKind
    at: datetime
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Where each rule draws its line."""

    own_report: timedelta = timedelta(days=365)
    new_report: timedelta = timedelta(days=14)
    afterwards: timedelta = timedelta(days=2)  # what comes just after a look may be why it was
    run: timedelta = timedelta(hours=2)
    run_children: int = 5
    hour: timedelta = timedelta(hours=1)
    hour_children: int = 24
    seldom: float = 0.2  # whoever works evenings on more than this part of their looks works evenings
    closed_for: timedelta = timedelta(days=90)


@dataclass(frozen=True)
class Known:
    """All looks, and what happened about each child; `ties` are those between a reader and a child."""

    looks: tuple[Look, ...]
    links: Mapping[UUID, tuple[Link, ...]]
    ties: Mapping[tuple[Reader, UUID], frozenset[Tie]] = field(default_factory=dict)
    limits: Limits = Limits()
    by_reader: dict[Reader, Together] = field(init=False)  # within an hour
    out_of_hours: dict[Reader, Together] = field(init=False)  # of those out of hours alone, within the time of a run
    _happened: dict[tuple[UUID, LinkKind, str], list[datetime]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the looks of each reader by time, and of each child what happened, by agency and by all of them."""
        found: dict[Reader, list[Look]] = {}
        for look in sorted(self.looks, key=lambda one: one.at):
            found.setdefault(look.reader, []).append(look)
        late = {reader: filter(is_out_of_hours, looks) for reader, looks in found.items()}
        object.__setattr__(self, "by_reader", _together(found, self.limits.hour))
        object.__setattr__(self, "out_of_hours", _together(late, self.limits.run))
        happened: dict[tuple[UUID, LinkKind, str], list[datetime]] = {}
        for person_id, links in self.links.items():
            for link in sorted(links, key=lambda one: one.at):
                for agency in dict.fromkeys(("", link.agency)):
                    happened.setdefault((person_id, link.kind, agency), []).append(link.at)
        object.__setattr__(self, "_happened", happened)

    def times(self, look: Look, kind: LinkKind, agency: str = "") -> Sequence[datetime]:
        """When something of one kind happened about the child of a look, in order; by one agency, or any (empty)."""
        return self._happened.get((look.person_id, kind, agency), ())

    def tied(self, look: Look, tie: Tie) -> bool:
        """Whether the reader is tied so to the child."""
        return tie in self.ties.get((look.reader, look.person_id), frozenset())


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing that accounts for a look: a code, and whether it does."""

    code: str
    accounts: Callable[[Look, Known], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to ask about a look: a code, neutral words, whether it holds.

    `always`: it holds whatever accounts for the look.
    """

    code: str
    says: str
    holds: Callable[[Look, Known], bool]
    always: bool = False


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A look to ask about, with the reasons; the first is the one that weighs most."""

    look: Look
    reasons: tuple[Rule, ...]


def unexplained(known: Known, rules: tuple[Rule, ...], of: Iterable[Look] | None = None) -> tuple[Unexplained, ...]:
    """The looks (None: all that are known) that somebody should ask about, the newest first."""
    found: list[Unexplained] = []
    for look in known.looks if of is None else of:
        is_accounted_for = explanation(look, known) is not None
        asked = tuple(rule for rule in rules if (rule.always or not is_accounted_for) and rule.holds(look, known))
        if asked:
            found.append(Unexplained(look, asked))
    return tuple(sorted(found, key=lambda one: (one.look.at, one.look.decision_id), reverse=True))


def explanation(look: Look, known: Known) -> Explanation | None:
    """What accounts for a look; None where nothing that the hub knows does."""
    return next((one for one in EXPLANATIONS if one.accounts(look, known)), None)


def is_out_of_hours(look: Look) -> bool:
    """Whether it was in the evening, at night or at a weekend, by the clock in England."""
    local = look.at.astimezone(LONDON)
    return local.weekday() >= _SATURDAY or local.time() >= _EVENING or local.time() < _MORNING


def is_open(look: Look, known: Known) -> bool:
    """Whether some enquiry, plan or placement of the child had begun, and not all of them had ended."""
    begun = bisect_right(known.times(look, LinkKind.OPENED), look.at + known.limits.afterwards)
    return begun > bisect_right(known.times(look, LinkKind.CLOSED), look.at)


def _together(looks: Mapping[Reader, Iterable[Look]], span: timedelta) -> dict[Reader, Together]:
    return {reader: together(tuple((one.at, one.person_id) for one in each), span) for reader, each in looks.items()}


def _own_report(look: Look, known: Known) -> bool:
    """At the MASH everybody's agency has said something of nearly everybody: there it takes work that goes on."""
    return look.role not in _MASH and _lately(look, known, LinkKind.REPORTED, known.limits.own_report, look.agency)


def _sent(look: Look, known: Known) -> bool:
    return _lately(look, known, LinkKind.SENT, known.limits.own_report, look.agency)


def _asked(look: Look, known: Known) -> bool:
    return _lately(look, known, LinkKind.ASKED, known.limits.own_report, look.agency)


def _open_enquiry(look: Look, known: Known) -> bool:
    return look.role in _MASH and is_open(look, known)


def _new_report(look: Look, known: Known) -> bool:
    return look.role in _MASH and _lately(look, known, LinkKind.REPORTED, known.limits.new_report)


def _question(look: Look, known: Known) -> bool:
    is_theirs = look.role is StaffRole.MASH_DECISION_MAKER
    return is_theirs and _lately(look, known, LinkKind.QUESTIONED, known.limits.new_report)


def _lately(look: Look, known: Known, kind: LinkKind, before: timedelta, agency: str = "") -> bool:
    times = known.times(look, kind, agency)
    return bisect_left(times, look.at - before) < bisect_right(times, look.at + known.limits.afterwards)


def _assigned(look: Look, _known: Known) -> bool:
    return look.assigned


EXPLANATIONS: Final = (
    Explanation("assigned", _assigned),
    Explanation("own_report", _own_report),
    Explanation("sent_to_agency", _sent),
    Explanation("asked_by_agency", _asked),
    Explanation("open_enquiry", _open_enquiry),
    Explanation("new_report", _new_report),
    Explanation("in_question", _question),
)
