"""What waits for somebody who decides at the MASH, counted: no child is named, and the look is on record first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from consent.telling_due import Due
from contracts.events.hub import Actor
from contracts.strict_json import Json
from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, Store
from hub.domain.feed import FeedKind, Partner, may_be_missing, not_known_in_full, untimed
from hub.domain.moment import day_in_london
from hub.domain.requests import Request
from hub.views import moves, openings, quarantine, questions
from hub.views.enquiries import Escalated, escalated
from hub.views.shares import overdue
from hub.views.telling import LATE, by_child, to_tell

ROLES = frozenset({StaffRole.MASH_DECISION_MAKER})


@dataclass(frozen=True, slots=True)
class WorklistViews:
    """The rows of the views that are counted, every request made of agencies, and the agencies of the partnership.

    `undecided` is how many open enquiries are past the time for a first decision.
    """

    telling: Iterable[dict[str, Json]]
    shares: Iterable[dict[str, Json]]
    questions: Iterable[dict[str, Json]]
    quarantine: Iterable[dict[str, Json]]
    requests: Iterable[Request]
    enquiries: Iterable[dict[str, Json]]
    moves: Iterable[dict[str, Json]]
    openings: Iterable[dict[str, Json]]
    partners: tuple[Partner, ...]
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Worklist:
    """How much waits, by kind: to be told (and late), not read in time, in question, set aside, asked and owed.

    `asked` are the replies that agencies owe, each agency once for each of `asked_children`.

    `missing` are the agencies from which something may not have come, `not_known` those and whoever is not connected,
    as every chronology says it, with `lacks` saying of how many of them each thing holds; `untimed` are others, whose
    silence cannot be told from nothing to say; `escalated` are emergencies
    about children of the reader's agency that nobody reviewed in time; `to_agree` are reports that somebody else
    proposed to move, and `to_open` openings that take two people and that somebody else asked for: the reader may be
    the second person; `undecided` are enquiries on which nobody decided in time; `tell_first` is what is due first of
    all that is to be told. Each of those is one person in one report, whom nobody can count as people, since each
    report has labels of its own; `tell_late_children` are the children about whom something of it is late.
    """

    to_tell: int
    tell_late: int
    tell_late_children: int
    tell_first: Due | None
    unread: int
    questions: int
    set_aside: int
    alarms: int
    missing: int
    not_known: int
    lacks: tuple[tuple[FeedKind, int], ...]
    untimed: int
    asked: int
    asked_children: int
    asked_late: int
    owed: int
    escalated: int
    to_agree: int
    to_open: int
    undecided: int

    @property
    def late(self) -> tuple[int, ...]:
        """How much of each kind should not wait."""
        asked = (self.asked_late, self.owed)
        return (
            self.escalated,
            self.undecided,
            self.tell_late,
            self.unread,
            self.questions,
            self.to_open,
            self.to_agree,
            self.alarms,
            self.missing,
            *asked,
        )

    @property
    def pressing(self) -> int:
        """How many kinds of thing should not wait."""
        return sum(1 for one in self.late if one)


def read_worklist(store: Store, clock: Clock, actor: Actor, views: WorklistViews) -> Worklist:
    """The counts. Raises AccessRefused (on record), StoreUnavailable."""
    keep_read(store, clock, actor, ("count", "worklist"), ROLES)
    now = clock.now()
    still = [one for one in views.requests if one.is_open]
    asked = [one for one in still if one.asked_by == actor.agency]
    telling = to_tell(views.telling, day_in_london(now))
    not_known = not_known_in_full(views.partners, now)
    kinds = Counter(finding.kind for one in not_known for finding in one.findings)
    aside = [one for one in quarantine.in_order(views.quarantine) if one.state == "open"]
    return Worklist(
        to_tell=len(telling),
        tell_late=sum(one.due.standing in LATE for one in telling),
        tell_late_children=sum(one.late > 0 for one in by_child(telling)),
        tell_first=telling[0].due if telling else None,
        unread=len(overdue(views.shares, now)),
        questions=len(questions.in_order(views.questions)),
        set_aside=len(aside),
        alarms=sum(one.to_look_at for one in aside),
        missing=len(may_be_missing(views.partners, now)),
        not_known=len(not_known),
        lacks=tuple((kind, kinds[kind]) for kind in FeedKind if kinds[kind]),
        untimed=len(untimed(views.partners, now)),
        asked=len(asked),
        asked_children=len({one.person_id for one in asked}),
        asked_late=sum(one.due < now for one in asked),
        owed=sum(one.source == actor.agency for one in still),
        escalated=sum(_answers(actor, one) for one in escalated(views.enquiries)),
        to_agree=len(moves.to_agree(actor, views.moves, now)),
        to_open=len(openings.to_agree(actor, views.openings, now)),
        undecided=views.undecided,
    )


def _answers(actor: Actor, one: Escalated) -> bool:
    """Whether it is for this reader to review: one of their agency's children, and not their own opening."""
    return actor.agency in one.owners and actor.subject != one.subject
