"""Recording a sharing decision: four questions on one screen, nothing chosen for anyone, the law's answer at once."""

from dataclasses import dataclass
from uuid import uuid5

from starlette.responses import Response

from consent.myths import REPLIES
from consent.refusals import GROUNDS
from contracts.agreement import Agreement
from contracts.events.hub import Actor
from contracts.events.sharing import NOTE_CHARACTERS, DisclosureDecided, SharingRefused
from contracts.vocabulary import Purpose
from hub.application.follow_disclosures import RECEIPT_WORKING_DAYS
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.application.refuse_to_share import RefusingToShare, refuse_to_share
from hub.application.share_reports import NotSentYet, share_reports
from hub.application.stand_to import enquiries_of
from hub.domain.chronology import Chronology
from hub.domain.disclosing import Disclosing, Wish
from hub.domain.disclosure import THEIR_OWN
from hub.domain.enquiries import asked_in, open_enquiries
from hub.domain.moment import day_in_london
from hub.domain.refusal import Asker, NotShared
from hub.domain.relied_basis import Party
from hub.domain.school_day import end_of_working_day
from hub.domain.snapshot import snapshot
from hub.domain.taking_back import TAKEN_BACK_WITHIN
from hub.domain.unsafe_to_tell import cautions
from hub.web import decision_words
from hub.web.decision_form import FAMILY, MOST_TICKED, TO_ASKED, WHAT, WHY, Answered, again, field_of, read_decision
from hub.web.forms import Search, Wrong, read_number, read_search
from hub.web.page import Page, Visit
from hub.web.pages import find
from hub.web.pages.to_do import DECIDING

REASONS = (
    *((one.reason.value, one.title) for one in GROUNDS),
    *{one.myth.value: one.title for one in REPLIES}.items(),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What was decided about one recipient, as kept; `waits`: it could not leave yet, and leaves later.

    `before`: what the same form, sent before, let go to them; nothing was decided or sent anew.
    """

    recipient: str
    shared: DisclosureDecided | None = None
    refused: SharingRefused | None = None
    waits: bool = False
    before: DisclosureDecided | None = None

    @property
    def went(self) -> bool:
        """Whether anything has left."""
        return self.shared is not None and bool(self.shared.items) and not self.waits


def ask(visit: Visit) -> Response:
    """The four questions. Raises AccessRefused (on record), StoreUnavailable, Conflict, Unreadable."""
    read = _read(visit)
    return read if isinstance(read, Response) else _form(visit, *read, {})


def keep(visit: Visit) -> Response:
    """The decision, on record, with the law's answer; what may go is sent. Raises as `ask` does, and NotEnrolled."""
    read = _read(visit)
    if isinstance(read, Response):
        return read
    shown, purpose = read
    offered = tuple(entry.report_id for entry in shown.entries)
    made = read_decision(visit.fields, offered, _reachable(visit))
    if not isinstance(made, Answered):
        return _form(visit, shown, purpose, made, 422)
    results = tuple(_one(visit, shown, made, to) for to in made.recipients)
    decided = tuple(each.shared for each in results if each.shared is not None)
    held = _held(decided, made)
    return visit.show(
        "decided.html",
        results=results,
        made=made,
        shown=shown,
        snap=snapshot(shown, day_in_london(visit.parts.clock.now())),
        purpose=purpose,
        decided=decision_words.DECIDED[visit.field("what")],
        went_to=tuple(one.recipient for one in results if one.went),
        waits_for=tuple(one.recipient for one in results if one.waits),
        had_before=tuple(one.recipient for one in results if one.before is not None),
        held=held,
        sent=_sent(visit, results, held),
        unheard=_unheard(visit),
        why=WHY,
        family=FAMILY,
        to_weigh=decision_words.to_weigh(decided),
        told_of=decision_words.told_of(entry for entry in shown.entries if entry.report_id in made.reports),
        chosen=tuple(entry for entry in shown.entries if entry.report_id in made.reports),
        of_whom=decision_words.of_whom,
        unsafe=decision_words.unsafe(cautions(shown.entries)) if made.family in decision_words.TELLS else (),
        how_much=decision_words.how_much,
        stayed=decision_words.held,
        take_back_within=TAKEN_BACK_WITHIN,
    )


def _held(decided: tuple[DisclosureDecided, ...], made: Answered) -> tuple[str, ...]:
    """The warnings for which nothing went, and that nobody has weighed yet."""
    waits = (one for one in decided if one.effect == "refused" and not one.bars and one.asked_for)
    others = (one for one in waits if any(each.reason != THEIR_OWN for each in one.withheld))
    return tuple(dict.fromkeys(each.rule for one in others for each in one.warnings if each.rule not in made.seen))


def _sent(visit: Visit, results: tuple[Result, ...], held: tuple[str, ...]) -> dict[str, str]:
    """The same answers again for those to whom nothing went, with the warnings that somebody has now weighed."""
    gone = {one.recipient for one in results if one.shared is not None and one.shared.items}
    return again(visit.fields, held, {one.agency for one in visit.parts.agreements if one.source in gone})


def _read(visit: Visit) -> tuple[Chronology, Purpose] | Response:
    today = day_in_london(visit.parts.clock.now())
    asked = read_search(visit.fields, today)
    if not isinstance(asked, Search):
        return find.form(visit, asked, 422)
    return read_chronology(visit.parts.reading(), visit.member.actor, asked.child, asked.purpose), asked.purpose


def _form(visit: Visit, shown: Chronology, purpose: Purpose, wrong: Wrong, status: int = 200) -> Response:
    reachable, own = _reachable(visit), visit.member.actor.agency
    beyond = tuple(one for one in visit.parts.agreements if one.source != own and one not in reachable)
    asked, found = _asked(visit, shown), cautions(shown.entries)
    return visit.show(
        "decide.html",
        status,
        shown=shown,
        snap=snapshot(shown, day_in_london(visit.parts.clock.now())),
        purpose=purpose,
        wrong=wrong,
        entries=shown.entries[::-1],
        field_of=field_of,
        most=MOST_TICKED,
        most_note=NOTE_CHARACTERS,
        agencies=reachable,
        everyone=tuple(one for one in reachable if one.source in asked),
        asked_beyond=tuple(one for one in beyond if one.source in asked),
        to_asked=TO_ASKED,
        picked=any(visit.field(f"to-{one.agency}") for one in reachable),
        beyond=beyond,
        unheard=_unheard(visit),
        what=WHAT,
        why=WHY,
        family=decision_words.hints(FAMILY, found),
        unsafe=decision_words.unsafe(found),
        reasons=REASONS,
        given=dict(visit.fields) if wrong else {},
        form_number=read_number(visit.field("form")) or visit.parts.clock.new_id(),
    )


def _reachable(visit: Visit) -> tuple[Agreement, ...]:
    """The agreements of those whom something can be sent to."""
    connected = {one.source for one in visit.parts.reading().partners if one.connected}
    return tuple(one for one in visit.parts.agreements if one.source in connected - {visit.member.actor.agency})


def _unheard(visit: Visit) -> frozenset[str]:
    """The sources from which nothing has ever come."""
    return frozenset(one.source for one in visit.parts.reading().partners if one.feed is None)


def _asked(visit: Visit, shown: Chronology) -> frozenset[str]:
    """The sources that were asked about the child in an enquiry that is open; where none is, at any time."""
    return asked_in(open_enquiries(visit.parts.store.read_stream(enquiries_of(shown.person_id))), shown.requests)


def _one(visit: Visit, shown: Chronology, made: Answered, to: Agreement) -> Result:
    child = find.by_reference(shown.person_id)
    actor = visit.member.actor
    if not made.reports:
        parts = visit.parts
        reading = parts.reading()
        refusing = RefusingToShare(parts.store, parts.index, parts.clock, reading.law, reading.deciding)
        return Result(to.source, refused=refuse_to_share(refusing, _not_shared(actor, made, to), child))
    asked = _disclosing(visit, made, to)
    before = _before(visit, shown, asked.wishes)
    if before is not None:
        return Result(to.source, before=before)
    try:
        return Result(to.source, shared=share_reports(visit.parts.sharing(), child, asked))
    except NotSentYet as away:  # it is on record, and what goes to others is decided all the same
        return Result(to.source, shared=away.decided, waits=True)


def _wishes(visit: Visit, made: Answered, to: Agreement) -> tuple[Wish, ...]:
    """What is to go; the same form names its shares alike each time that it is sent, as a page loaded again does."""
    number, clock = read_number(visit.field("form")), visit.parts.clock
    return tuple(
        Wish(one, uuid5(number, f"{to.source} {one}") if number is not None else clock.new_id()) for one in made.reports
    )


def _before(visit: Visit, shown: Chronology, wishes: tuple[Wish, ...]) -> DisclosureDecided | None:
    """The disclosure by which the same form let something go to the same recipient."""
    named = {one.share_id for one in wishes}
    facts = visit.parts.store.read_stream(Stream.access(shown.person_id))
    kept = (one for one in facts if isinstance(one, DisclosureDecided))
    return next((one for one in kept if any(item.share_id in named for item in one.items)), None)


def _disclosing(visit: Visit, made: Answered, to: Agreement) -> Disclosing:
    actor, clock = visit.member.actor, visit.parts.clock
    now = clock.now()
    day = day_in_london(now)
    return Disclosing(
        cause="asked",
        sharer=Party(actor.agency, actor.agency_kind),
        recipient=Party(to.source, to.agency_kind),
        agreement=to,
        purpose=made.purpose,
        at=now,
        wishes=_wishes(visit, made, to),
        due_by=end_of_working_day(now, RECEIPT_WORKING_DAYS),
        actor=actor,
        urgent=made.urgent,
        acknowledged=made.seen,
        closed=frozenset(one.source for one in visit.parts.agreements if one.is_due_for_review(day)),
        family=made.family,
        note=made.note,
    )


def _not_shared(actor: Actor, made: Answered, to: Agreement) -> NotShared:
    if made.reason is None:
        raise ValueError("a decision not to share has a reason")
    return NotShared(
        actor=actor,
        asker=Asker(to.source, to.agency_kind),
        asked_for="What the hub holds about the child",
        purpose=made.purpose,
        reason=made.reason,
        words=made.words,
        approved_by=made.approved_by,
        review_on=made.review_on,
        urgent=made.urgent,
        note=made.note,
    )


PAGES = (Page("POST", "/decide", ask, DECIDING), Page("POST", "/decide/keep", keep, DECIDING))
