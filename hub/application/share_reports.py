"""Reports of a child move on to a recipient: decided and on record before one is opened, cut down, sealed, sent.

Nothing is sent that the store has not kept the decision for. What was decided and not sent, because a machine stopped
in between, is found again by `follow_disclosures` and decided afresh.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol
from uuid import UUID

from consent.decide import LawSettings
from consent.rules import abuser_in_reach
from contracts.events.hub import ReportLinked
from contracts.events.sharing import (
    DisclosedItem,
    DisclosureDecided,
    Origin,
    ReportShared,
    SharedContent,
    SharePrepared,
    ShareSent,
    ShareTakenBack,
    is_reply,
)
from contracts.identifiers import Identifier
from contracts.report import Place
from contracts.vocabulary import FieldClass, Purpose
from hub.application.find_person import Finding
from hub.application.open_shielded import open_shielded
from hub.application.permit import Act
from hub.application.ports import Clock, Entry, History, IdentityIndex, Kept, OpenedReport, Store, Stream
from hub.application.read_chronology import protects
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.shield_replies import shielded_replies
from hub.application.stand_to import Deciding, acting, alarms
from hub.domain.access import Before
from hub.domain.disclosing import Disclosing, Recalled
from hub.domain.disclosure import decide_disclosure, may_know
from hub.domain.errors import AccessRefused, Conflict, StoreUnavailable
from hub.domain.minimised import handling_of, minimised, notes_in, places_in, told_states, why_recalled, without_places
from hub.domain.replies import Reply, is_whole, of_report, share_of
from hub.domain.shared_reply import as_shared
from hub.domain.told import as_told

ATTEMPTS = 5


class Dispatch(Protocol):
    """The way out to an agency."""

    def reply_to(self, recipient: str) -> str:
        """The topic on which the recipient (a source) acknowledges. Raises NotEnrolled: it cannot be reached."""

    def send(self, person_id: UUID, shared: ReportShared) -> None:
        """Sign it, seal it to its recipient and put it on the recipient's topic; durable when this returns."""


class NotSentYet(StoreUnavailable):
    """It is decided and on record, and could not leave: `follow_disclosures` sends it once the road is back."""

    def __init__(self, decided: DisclosureDecided, code: str) -> None:
        """Hold the decision as kept, and what is away."""
        super().__init__(code)
        self.decided = decided


@dataclass(frozen=True, slots=True)
class SharingOn:
    """What sharing needs."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    dispatch: Dispatch
    deciding: Deciding


def share_reports(sharing: SharingOn, child: Identifier, asked: Disclosing) -> DisclosureDecided:
    """The decision, kept; what it permits is on its way.

    Raises AccessRefused (on record; a child who is not there is answered alike), NotEnrolled (the recipient cannot be
    reached, so nothing was asked), NotSentYet (it is on record, and leaves later), StoreUnavailable (nothing could be
    put on record, so nothing was sent), Conflict, Unreadable.
    """
    sharing.dispatch.reply_to(asked.recipient.source)
    actor = asked.actor
    if actor is None:
        raise AccessRefused
    found = find_within_budget(sharing, child, actor, asked.purpose)
    if found.person_id is None:
        stands = acting(sharing, actor, asked.purpose, None)
        told = alarms(stands.ruling, actor, sharing.clock)
        keep_searched(sharing, found, lambda search: sharing.store.keep((search, *told)))
        raise AccessRefused
    fact, send = _decide(sharing, found.person_id, asked, found)
    if not may_know(fact):
        raise AccessRefused
    try:
        send()
    except (StoreUnavailable, Conflict) as away:
        raise NotSentYet(fact, str(away)) from away
    return fact


def disclose(
    sharing: SharingOn, person_id: UUID, asked: Disclosing, also: tuple[ReportLinked, ...] = ()
) -> DisclosureDecided:
    """The decision about one person, kept; what it permits is sent before this returns.

    `also` are reports that no longer stand in the history and are to be spoken of. Raises as `share_reports` does, but
    StoreUnavailable and Conflict of the sending as they are.
    """
    fact, send = _decide(sharing, person_id, asked, also=also)
    send()
    return fact


def _decide(
    sharing: SharingOn,
    person_id: UUID,
    asked: Disclosing,
    found: Finding | None = None,
    also: tuple[ReportLinked, ...] = (),
) -> tuple[DisclosureDecided, Callable[[], None]]:
    """The decision, kept, and what sends whatever it permits."""
    told: tuple[Entry, ...] = ()
    if asked.actor is not None:
        stands = acting(sharing, asked.actor, asked.purpose, person_id)
        told = alarms(stands.ruling, asked.actor, sharing.clock)
        asked = replace(asked, kept_from=stands.ruling.bars)
    for _ in range(ATTEMPTS):
        history = sharing.store.read_history(person_id)
        links = as_told((*history.standing(), *also), history.facts)
        before = Before(person_id, history.version, links, protects(history))
        fact = decide_disclosure(asked, before, sharing.clock.new_id(), sharing.law)
        try:
            kept = _keep(sharing, found, (*told, *_entries(sharing, fact)), history)
        except Conflict:
            continue
        if fact.effect != "permitted":
            return fact, _nothing
        return fact, partial(_send, sharing, history, (fact, asked.recalled), kept)
    raise Conflict("the history would not hold still")


def _nothing() -> None:
    """Nothing is sent of what is not permitted."""


def _keep(sharing: SharingOn, found: Finding | None, entries: tuple[Entry, ...], history: History) -> Kept:
    seen = ((Stream.history(history.person_id), history.version),)
    if found is None:
        return sharing.store.keep(entries, seen=seen)
    return keep_searched(sharing, found, lambda search: sharing.store.keep((search, *entries), seen=seen))


def _entries(sharing: SharingOn, fact: DisclosureDecided) -> tuple[Entry, ...]:
    """The decision, and if it permits anything the pointer by which its acknowledgement will find it."""
    decided = Entry(Stream.access(fact.person_id), fact.disclosure_id, fact)
    if fact.effect != "permitted":
        return (decided,)
    prepared = SharePrepared(
        disclosure_id=fact.disclosure_id,
        at=fact.at,
        person_id=fact.person_id,
        recipient=fact.recipient,
        shares=tuple(item.share_id for item in fact.items),
    )
    return (decided, Entry(Stream.disclosure(fact.disclosure_id), sharing.clock.new_id(), prepared, expected=0))


def _send(sharing: SharingOn, history: History, decided: tuple[DisclosureDecided, Recalled | None], kept: Kept) -> None:
    """Send what was decided; a recall is dated by what it is about, since it may leave long after."""
    fact, recalled = decided
    found = open_shielded((sharing.store, sharing.index), history, kept.permit, Act.SHARE)
    opened = {one.linked.report_id: one for one in found}
    links = {link.report_id: link for link in as_told(history.linked(), history.facts)}
    reply_to = sharing.dispatch.reply_to(fact.recipient)
    hidden = _places(opened) if protects(history) else ()
    replies = _replies(sharing, history, fact)
    for item in fact.items:
        link, reply = links[item.report_id], replies.get(item.share_id)
        shared = _shared(fact, item, link, reply_to, (opened.get(item.report_id), hidden))
        if reply is not None:
            whole = is_whole(link, frozenset(item.classes), link.held_apart)
            (shown,) = of_report((reply,), whole=whole)
            shared = as_shared(shared, shown, hidden)
        if recalled is not None:
            said = handling_of((), why_recalled(recalled.why))
            shared = shared.model_copy(update={"at": recalled.until, "handling": said})
        sharing.dispatch.send(fact.person_id, shared)
    sent = ShareSent(disclosure_id=fact.disclosure_id, at=sharing.clock.now())
    sharing.store.keep((Entry(Stream.disclosure(fact.disclosure_id), sharing.clock.new_id(), sent, expected=1),))


def _replies(sharing: SharingOn, history: History, fact: DisclosureDecided) -> Mapping[UUID, Reply]:
    """The replies that go, by the id of the share of each."""
    if not any(is_reply(item.news, item.of, item.report_id) for item in fact.items):
        return {}
    reached = any(fix.rule == abuser_in_reach.LAW.id for fix in fact.fixes)
    found = shielded_replies(sharing.index, history, None, protected=reached or protects(history))
    kept = sharing.store.read_stream(Stream.access(fact.person_id))
    times = range(1 + sum(isinstance(one, ShareTakenBack) for one in kept))
    each = ((one, back) for replies in found.values() for one in replies for back in times)
    return {share_of(one.attached, fact.recipient, back): one for one, back in each}


def _shared(
    fact: DisclosureDecided,
    item: DisclosedItem,
    link: ReportLinked,
    reply_to: str,
    source: tuple[OpenedReport | None, tuple[Place, ...]],
) -> ReportShared:
    opened, hidden = source
    states = told_states(link)
    one = opened if item.news != "recall" else None
    classes = frozenset(item.classes)
    content = None
    if one is not None:
        content = minimised(one.report, classes, fact.purpose is Purpose.DOMESTIC_ABUSE_SCHOOL)
        if hidden:
            content = without_places(content, hidden)
    return ReportShared(
        share_id=item.share_id,
        disclosure_id=fact.disclosure_id,
        at=fact.at,
        news=item.news,
        of=item.of,
        origin=_origin(link),
        sharer=fact.sharer,
        recipient=fact.recipient,
        purpose=fact.purpose,
        need=fact.need,
        urgent=fact.urgent,
        classes=item.classes,
        partial=_is_partial(one, content) or bool(one is not None and link.held_apart),
        content=content,
        bases=item.bases,
        telling=states if item.news != "recall" else (),
        handling=handling_of(
            states if item.news != "recall" else (), notes_in(one.report, hidden) if one is not None else ()
        ),
        reply_to=reply_to,
        due_by=fact.due_by,
    )


def _places(opened: dict[UUID, OpenedReport]) -> tuple[Place, ...]:
    """Every place in what was opened: an address that is protected may not go in anybody's words either."""
    return tuple(place for one in opened.values() for place in places_in(one.report))


def _is_partial(one: OpenedReport | None, content: SharedContent | None) -> bool:
    """Whether the report holds more than what goes."""
    if one is None or content is None:
        return False
    whole = minimised(one.report, frozenset(FieldClass), least=False)
    return content != whole


def _origin(link: ReportLinked) -> Origin:
    return Origin(
        source=link.source,
        agency_kind=link.agency_kind,
        report_type=link.report_type,
        report_version=link.report_version,
        report_id=link.report_id,
        received=link.received,
    )
