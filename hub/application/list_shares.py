"""Who was sent what about a child, and who has not said that it was read; the look is on record before it is shown."""

from dataclasses import dataclass
from uuid import UUID

from contracts.events.hub import Actor
from contracts.events.sharing import DisclosureDecided, ShareSent
from contracts.identifiers import Identifier
from hub.application.ports import Entry, Store, Stream
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.share_reports import SharingOn
from hub.application.stand_to import acting, alarms
from hub.domain.errors import AccessRefused
from hub.domain.need_to_know import stamped
from hub.domain.shares import Share, asked_by, decide_shares_list, refused, shares
from hub.domain.taking_back import within_reach


@dataclass(frozen=True, slots=True)
class Shares:
    """Every share of one child's reports, every disclosure that was refused, and what the reader may still take back.

    Oldest first.
    """

    person_id: UUID
    shares: tuple[Share, ...]
    refused: tuple[DisclosureDecided, ...]
    within_reach: tuple[DisclosureDecided, ...] = ()


def list_shares(sharing: SharingOn, actor: Actor, child: Identifier) -> Shares:
    """What went to whom, and what came back.

    Raises AccessRefused (on record; a child who is not there is answered alike), StoreUnavailable, Unreadable.
    """
    asked = asked_by(actor, sharing.clock.now())
    found = find_within_budget(sharing, child, actor, asked.purpose)
    stands = acting(sharing, actor, asked.purpose, found.person_id)
    told = alarms(stands.ruling, actor, sharing.clock)
    if found.person_id is None:
        keep_searched(sharing, found, lambda search: sharing.store.keep((search, *told)))
        raise AccessRefused
    facts = sharing.store.read_stream(Stream.access(found.person_id))
    sent = sent_of(sharing.store, facts)
    listed = shares(facts, sent, asked.at)
    fact = decide_shares_list(asked, found.person_id, len(listed), sharing.clock.new_id(), sharing.law)
    decision = stamped(fact, stands.ruling, stands.relations)
    access = Entry(Stream.access(found.person_id), decision.decision_id, decision)
    keep_searched(sharing, found, lambda search: sharing.store.keep((search, access, *told)))
    if decision.effect != "permitted":
        raise AccessRefused
    return Shares(found.person_id, listed, refused(facts), within_reach(facts, sent, actor, asked.at))


def sent_of(store: Store, facts: tuple[object, ...]) -> frozenset[UUID]:
    """The permitted disclosures among these facts that have left. Raises StoreUnavailable, Unreadable."""
    return frozenset(
        one.disclosure_id
        for one in facts
        if isinstance(one, DisclosureDecided)
        and one.effect == "permitted"
        and any(isinstance(fact, ShareSent) for fact in store.read_stream(Stream.disclosure(one.disclosure_id)))
    )
