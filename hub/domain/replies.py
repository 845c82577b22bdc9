"""What people say about an entry of their own record: a reply, kept beside the entry and shown wherever it is.

The entry is not changed by it: a fairly recorded opinion is not wrong because somebody disputes it. Source: UK GDPR
Arts 16, 19; DPA 2018 s46, s48(9).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID, uuid5

from contracts.compartment import Compartment
from contracts.event import Fact
from contracts.events.access import ReadDecided
from contracts.events.hub import AccessDecided, Actor, Cited, ReportLinked
from contracts.events.reply import MOST_WORDS, Disputes, ReplyAttached, Whose
from contracts.vocabulary import FieldClass, StaffRole
from hub.domain.access import Decision
from hub.domain.errors import HubError
from hub.domain.moment import is_by
from hub.domain.unread import NOBODY

REPLYING: Final = frozenset({StaffRole.MASH_DECISION_MAKER})
_NAMESPACE: Final = UUID("6c1f0d9e-52a7-5b0e-9a34-8e4d7c2b1f60")
_BESIDE: Final = frozenset({FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY, FieldClass.LOCATION, FieldClass.SOURCE})
_PLACES_AND_SOURCES: Final = frozenset({Compartment.REFUGE, Compartment.SOURCE})
_NOT_THEIRS: Final = Cited(
    rule="reply-to-what-one-sees",
    citation="UK GDPR Art 5(1)(d), (f), Art 16",
    says="A reply is written down by who decides about the child, beside an entry that they may see.",
)
UNFIT: Final[Mapping[str, str]] = {
    "words_missing": "Enter what they said",
    "words_too_long": f"What they said must be {MOST_WORDS} characters or fewer",
    "day_ahead": "The day on which it was said must be today or in the past",
    "agency_missing": "Say which agency it is that replies",
    "agency_given": "Name an agency only where it is the agency’s own reply",
}
Held = Literal["", "place", "entry"]


class ReplyUnfit(HubError):
    """The reply is not whole; the message is a code of `UNFIT`."""


@dataclass(frozen=True, slots=True)
class NewReply:
    """What somebody said about one report, whose words they are, and who writes them down; see the fact."""

    actor: Actor
    report_id: UUID
    whose: Whose
    disputes: Disputes
    said_on: date
    words: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as shown to one reader. `held`: why its words are not: they tell of a place, or the entry is cut.

    `moved`: the entry came to this record after it was said, so whose reply it is was said of another child's family.
    """

    attached: ReplyAttached
    held: Held = ""
    moved: bool = False

    @property
    def words(self) -> str:
        """What was said; empty where it is held back."""
        return "" if self.held else self.attached.words


def check(made: NewReply, today: date) -> None:
    """Nothing, where the reply is whole. Raises ReplyUnfit."""
    if not made.words.strip():
        raise ReplyUnfit("words_missing")
    if len(made.words) > MOST_WORDS:
        raise ReplyUnfit("words_too_long")
    if made.said_on > today:
        raise ReplyUnfit("day_ahead")
    if bool(made.agency) is not (made.whose is Whose.AGENCY):
        raise ReplyUnfit("agency_given" if made.agency else "agency_missing")


def decide_reply(
    made: NewReply, reading: Decision, at: datetime, ids: tuple[UUID, UUID]
) -> tuple[ReadDecided, ReplyAttached | None]:
    """That somebody wanted to attach it, to be kept whatever came of it, and the reply where they may.

    `reading` is what the same person may see of the child now; `ids` are those of the two facts. A child and a report
    that are not there come out as one that may not be seen.
    """
    fact = reading.fact
    sees = made.actor.role in REPLYING and reading.permitted and made.report_id in reading.shown
    asked = ReadDecided(
        decision_id=ids[0],
        at=at,
        actor=made.actor,
        purpose=fact.purpose,
        kind="page",
        what="attach_reply",
        effect="permitted" if sees else "refused",
        law=fact.law,
        grounds=fact.grounds if sees else (),
        bars=() if sees else _bars(fact),
        items=1 if sees else 0,
        subjects=(fact.person_id,) if fact.person_id != NOBODY else (),
    )
    if not sees:
        return asked, None
    return asked, ReplyAttached(
        reply_id=ids[1],
        at=at,
        person_id=fact.person_id,
        report_id=made.report_id,
        actor=made.actor,
        whose=made.whose,
        agency=made.agency,
        disputes=made.disputes,
        said_on=made.said_on,
        words=made.words,
    )


def _bars(fact: AccessDecided) -> tuple[Cited, ...]:
    return fact.bars if fact.effect == "refused" and fact.bars else (_NOT_THEIRS,)


def attached(facts: Iterable[Fact], day: date | None = None) -> tuple[ReplyAttached, ...]:
    """Every reply by the end of a day in England, oldest first; one that came with a moved report stands once."""
    found = {fact.reply_id: fact for fact in facts if isinstance(fact, ReplyAttached) and is_by(fact.at, day)}
    return tuple(sorted(found.values(), key=lambda one: one.at))


def came(facts: Iterable[Fact]) -> frozenset[UUID]:
    """The replies that were kept here first when their entry was moved here."""
    since: dict[UUID, datetime] = {}
    here: dict[UUID, bool] = {}
    for fact in facts:
        if isinstance(fact, ReportLinked) and fact.linked_at is not None:
            since[fact.report_id] = fact.linked_at
        elif isinstance(fact, ReplyAttached):
            here.setdefault(fact.reply_id, fact.report_id in since and fact.at < since[fact.report_id])
    return frozenset(one for one, from_elsewhere in here.items() if from_elsewhere)


def carried(facts: Iterable[Fact], report_id: UUID, to_person: UUID) -> tuple[ReplyAttached, ...]:
    """The replies to a report that is moved to another child, as they are to stand there."""
    mine = (one for one in attached(facts) if one.report_id == report_id)
    return tuple(one.model_copy(update={"person_id": to_person}) for one in mine)


def of_report(found: tuple[Reply, ...], *, whole: bool) -> tuple[Reply, ...]:
    """The replies to one report; `whole`: whoever is shown it is shown all that it says of what happened."""
    return tuple(replace(one, held=one.held or ("" if whole else "entry")) for one in found)


def is_whole(link: ReportLinked, shown: frozenset[FieldClass], apart: Iterable[Compartment]) -> bool:
    """Whether nothing is held back of what a report says, its places and who told aside: a reply may speak of all."""
    said = frozenset(link.classes) - _BESIDE
    return bool(shown - {FieldClass.ADMINISTRATIVE}) and said <= shown and _PLACES_AND_SOURCES.issuperset(apart)


def share_of(reply: ReplyAttached, recipient: str, taken_back: int) -> UUID:
    """The id of the share by which a recipient is sent it: the same however often it is worked out.

    `taken_back`: how often something about the child was taken back from that recipient, so that what is shared with it
    anew is followed anew.
    """
    return uuid5(_NAMESPACE, f"{reply.person_id} {recipient} {taken_back} {reply.reply_id}")
