"""One line of the record of access for each kept fact: who did what, why, to whose record; codes and ids, no content.

The operations are those that must be logged, with who consulted or disclosed and who received: Data Protection Act 2018
s62(1) to (3), as amended by the Data (Use and Access) Act 2025 s82 (no justification is asked for; a purpose is kept).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.access import AccessReviewed, BreakGlassAsked, ReadDecided
from contracts.events.hub import AccessDecided, Actor, ReportLinked, ReportUnlinked, SearchMade, SessionOpened
from contracts.events.printing import PrintDecided
from contracts.events.quarantine import QuarantineAsked
from contracts.events.reply import ReplyAttached
from contracts.events.sharing import DisclosureDecided, ShareTakenBack, SharingRefused
from contracts.events.telling import TellingStated
from contracts.vocabulary import ChangeKind, LogOperation, Purpose
from hub.domain.who_is_meant import MEANT, is_to_answer

PERMITTED: Final = "permitted"
REFUSED: Final = "refused"
RECALLED_LATE: Final = "recall_resumed"  # a recall that had not left, decided again
COURT: Final = "court"  # whom a document is for, where that is no agency


@dataclass(frozen=True, slots=True)
class AccessLine:
    """What one fact says of an operation. `position` is where the store keeps it, which is its number in the log.

    `kind` and `what` are codes; `actor` is None where no member of staff acted, and `source` is then the agency that
    did; `operation` is None for what is none of the statutory six. `as_of` is by when it is to be reviewed.
    `of_people`: something that people did
    or tried, such as looking, and no report that came in.
    """

    position: int
    at: datetime
    kind: str
    what: str
    effect: str
    actor: Actor | None = None
    source: str = ""
    purpose: Purpose | None = None
    decision_id: UUID | None = None
    people: tuple[UUID, ...] = ()
    items: int = 0
    recipients: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    operation: LogOperation | None = None
    of_people: bool = True
    as_of: datetime | None = None

    @property
    def agency(self) -> str:
        """The agency that acted, by source; empty where nobody is known."""
        return self.actor.agency if self.actor is not None else self.source


def line_of(fact: Fact, position: int) -> AccessLine | None:
    """The line that a fact makes; None for facts that are about no operation on anybody's record."""
    match fact:
        case AccessDecided():
            return _decided(fact, position)
        case ReadDecided() | QuarantineAsked():
            return _read(fact, position)
        case DisclosureDecided():
            return _disclosed(fact, position)
        case SharingRefused():
            return AccessLine(
                position, fact.at, "not_shared", fact.reason, REFUSED, fact.actor, purpose=fact.purpose,
                decision_id=fact.refusal_id, people=(fact.person_id,), recipients=(fact.asked_by,),
            )  # fmt: skip
        case ShareTakenBack():
            return AccessLine(
                position, fact.at, "taken_back", "share", PERMITTED, fact.actor, decision_id=fact.disclosure_id,
                people=(fact.person_id,), recipients=(fact.recipient,),
            )  # fmt: skip
        case SearchMade():
            return AccessLine(
                position, fact.at, "search", fact.scheme, PERMITTED, fact.actor, purpose=fact.purpose,
                people=fact.hits, items=len(fact.hits), operation=LogOperation.CONSULTATION if fact.hits else None,
            )  # fmt: skip
        case SessionOpened():
            effect = PERMITTED if fact.effect == "opened" else REFUSED
            return AccessLine(position, fact.at, "sign_in", "sign_in", effect, fact.actor)
        case _:
            return _emergency(fact, position) or _changed(fact, position)


def _emergency(fact: Fact, position: int) -> AccessLine | None:
    """What was asked for in an emergency or put on paper, or what somebody made of a look."""
    if isinstance(fact, BreakGlassAsked):
        return AccessLine(
            position, fact.at, "break_glass", fact.reason.value, fact.effect, fact.actor, purpose=Purpose.EMERGENCY,
            decision_id=fact.decision_id, people=(fact.person_id,), as_of=fact.review_by,
        )  # fmt: skip
    if isinstance(fact, PrintDecided):
        return AccessLine(
            position, fact.at, "print", fact.product, fact.effect, fact.actor, purpose=fact.purpose,
            decision_id=fact.decision_id, people=(fact.person_id,), items=fact.items,
            recipients=(fact.recipient or COURT,), rules=tuple(one.rule for one in fact.bars),
            operation=LogOperation.DISCLOSURE if fact.effect == PERMITTED else None,
        )  # fmt: skip
    if isinstance(fact, AccessReviewed):
        return AccessLine(
            position, fact.at, "review", f"{fact.of}_{fact.finding.value}", PERMITTED, fact.by,
            decision_id=fact.decision_id, people=(fact.person_id,),
        )  # fmt: skip
    return None


def _decided(fact: AccessDecided, position: int) -> AccessLine:
    may = fact.effect == PERMITTED
    return AccessLine(
        position,
        fact.at,
        fact.operation.value,
        MEANT if is_to_answer(fact) else str(fact.what),
        fact.effect,
        fact.actor,
        purpose=fact.purpose,
        decision_id=fact.decision_id,
        people=(fact.person_id,),
        items=fact.items_shown,
        rules=tuple(one.rule for one in (fact.grounds if may else fact.bars)),
        operation=fact.operation if may else None,
    )


def _read(fact: ReadDecided | QuarantineAsked, position: int) -> AccessLine:
    may = fact.effect == PERMITTED
    kind, what, people = (
        (str(fact.kind), fact.what, fact.subjects)
        if isinstance(fact, ReadDecided)
        else ("list", f"quarantine_{fact.act}", ())
    )
    return AccessLine(
        position,
        fact.at,
        kind,
        what,
        fact.effect,
        fact.actor,
        purpose=fact.purpose,
        decision_id=fact.decision_id,
        people=people,
        items=fact.items,
        rules=tuple(one.rule for one in (fact.grounds if may else fact.bars)),
        operation=LogOperation.CONSULTATION if may else None,
    )


def _disclosed(fact: DisclosureDecided, position: int) -> AccessLine:
    may = fact.effect == PERMITTED
    return AccessLine(
        position,
        fact.at,
        LogOperation.DISCLOSURE.value,
        RECALLED_LATE if fact.cause == "resumed" and _is_recall(fact) else fact.cause,
        fact.effect,
        fact.actor,
        source=fact.sharer,
        purpose=fact.purpose,
        decision_id=fact.disclosure_id,
        people=(fact.person_id,),
        items=len(fact.items),
        recipients=(fact.recipient,),
        rules=tuple(one.rule for one in (fact.grounds if may else fact.bars)),
        operation=fact.operation if may else None,
    )


def _is_recall(fact: DisclosureDecided) -> bool:
    """Whether nothing but recalls was to go."""
    return bool(fact.items) and all(item.news == "recall" for item in fact.items)


def _changed(fact: Fact, position: int) -> AccessLine | None:
    """What was collected, altered or combined."""
    if isinstance(fact, ReportLinked):
        operation = LogOperation.COLLECTION if fact.change is ChangeKind.NEW else LogOperation.ALTERATION
        operation = LogOperation.COMBINATION if fact.linked_at is not None else operation
        at = fact.linked_at or fact.received
        what = fact.report_type.replace("-", "_").replace(".", "_")
        return AccessLine(
            position, at, operation.value, what, PERMITTED, source=fact.source, purpose=fact.purpose,
            people=(fact.person_id,), items=1, operation=operation, of_people=False,
        )  # fmt: skip
    if isinstance(fact, ReportUnlinked):
        operation = LogOperation.ALTERATION
        return AccessLine(
            position, fact.at, operation.value, "moved_away", PERMITTED, people=(fact.person_id, fact.moved_to),
            items=1, operation=operation, of_people=False,
        )  # fmt: skip
    if isinstance(fact, TellingStated):
        return AccessLine(
            position, fact.at, LogOperation.ALTERATION.value, "telling", PERMITTED, fact.actor,
            decision_id=fact.telling_id, people=(fact.person_id,), items=1, operation=LogOperation.ALTERATION,
            of_people=False,
        )  # fmt: skip
    if isinstance(fact, ReplyAttached):
        return AccessLine(
            position, fact.at, LogOperation.ALTERATION.value, "reply", PERMITTED, fact.actor,
            decision_id=fact.reply_id, people=(fact.person_id,), items=1, operation=LogOperation.ALTERATION,
            of_people=False,
        )  # fmt: skip
    return None
