"""Somebody whom an entry concerns said something about it: what they said is kept beside it, and follows it.

Who writes it down, and that they may see the entry, is decided first; decision and reply are kept in one write. A child
or report that is not there is answered as one that may not be seen.
"""

from dataclasses import dataclass, replace

from consent.decide import LawSettings
from contracts.events.reply import ReplyAttached
from contracts.vocabulary import Purpose
from hub.application.find_person import Finding
from hub.application.ports import Clock, Entry, History, IdentityIndex, Store, Stream, StreamKind
from hub.application.read_chronology import protects
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.stand_to import Deciding, Footing, acting, alarms
from hub.domain.access import Asked, Before, Decision, decide_chronology
from hub.domain.errors import AccessRefused, AlreadyKept, Conflict
from hub.domain.moment import day_in_london
from hub.domain.need_to_know import WORKS_WITH, stamped
from hub.domain.replies import NewReply, check, decide_reply
from hub.domain.three_factors import Sought
from hub.domain.told import as_told
from hub.domain.unread import NOBODY

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Attaching:
    """What attaching a reply needs."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    deciding: Deciding


def attach_reply(attaching: Attaching, child: Sought, purpose: Purpose, made: NewReply) -> ReplyAttached:
    """The reply as kept.

    Raises ReplyUnfit (nothing was asked), AccessRefused (on record), Conflict, StoreUnavailable, WaitsForWitnesses,
    Unreadable.
    """
    check(made, day_in_london(attaching.clock.now()))
    found = find_within_budget(attaching, child, made.actor, purpose)
    stands = acting(attaching, made.actor, purpose, found.person_id)
    for _ in range(ATTEMPTS):
        history = attaching.store.read_history(found.person_id or NOBODY)
        now, ids = attaching.clock.now(), (attaching.clock.new_id(), attaching.clock.new_id())
        reading = _reading(attaching, Asked(made.actor, purpose, now, assigned=_works(stands)), history, stands)
        asked, reply = decide_reply(made, reading, now, ids)
        look = Entry(Stream(StreamKind.READ, asked.decision_id.hex), asked.decision_id, asked, expected=0)
        kept = (look, *alarms(stands.ruling, made.actor, attaching.clock))
        if reply is not None:
            kept = (*kept, Entry(Stream.history(reply.person_id), reply.reply_id, reply, expected=history.version))
        try:
            _keep(attaching, found, kept)
        except (Conflict, AlreadyKept):
            continue
        if reply is None:
            raise AccessRefused
        return reply
    raise Conflict("the history would not hold still")


def _reading(attaching: Attaching, asked: Asked, history: History, stands: Footing) -> Decision:
    """What who writes it down may see of the child now; nothing of it is opened."""
    links = as_told(history.standing(), history.facts)
    before = Before(history.person_id, history.version, links, protects(history))
    decision = decide_chronology(asked, before, attaching.clock.new_id(), attaching.law)
    return replace(decision, fact=stamped(decision.fact, stands.ruling, stands.relations))


def _works(stands: Footing) -> bool:
    return bool(stands.relations & WORKS_WITH)


def _keep(attaching: Attaching, found: Finding, kept: tuple[Entry, ...]) -> None:
    keep_searched(attaching, found, lambda search: attaching.store.keep((search, *kept)))
