"""Whoever shared something takes it back: on record, and its recipient is told by what follows the store.

What went is gone: taking it back has the recipient's own machine remove what nobody there has opened, and tells them.
"""

from dataclasses import dataclass
from uuid import UUID

from contracts.events.hub import Actor
from contracts.events.sharing import DisclosureDecided, ShareTakenBack
from contracts.identifiers import Identifier
from hub.application.list_shares import Shares, list_shares, sent_of
from hub.application.ports import Entry, Stream
from hub.application.share_reports import ATTEMPTS, SharingOn
from hub.domain.errors import Conflict
from hub.domain.shares import refused, shares
from hub.domain.taking_back import WhyNot, why_not, within_reach, yours


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Who was sent what, as it stands now, and why it was not taken back (None: it was); `recipient` is a source."""

    shares: Shares
    why_not: WhyNot | None
    recipient: str = ""


def take_back(sharing: SharingOn, actor: Actor, child: Identifier, disclosure_id: UUID) -> TakenBack:
    """What came of it; the look that this takes is on record first.

    Raises AccessRefused (on record; a child who is not there is answered alike), Conflict, StoreUnavailable,
    Unreadable.
    """
    person_id = list_shares(sharing, actor, child).person_id
    for _ in range(ATTEMPTS):
        facts = sharing.store.read_stream(Stream.access(person_id))
        sent, now = sent_of(sharing.store, facts), sharing.clock.now()
        reason = why_not(facts, sent, disclosure_id, actor, now)
        made = next((one for one in yours(facts, actor) if one.disclosure_id == disclosure_id), None)
        if reason is None and made is not None:
            back = _back(made, actor, sharing)
            entry = Entry(Stream.access(person_id), sharing.clock.new_id(), back, expected=len(facts))
            try:
                sharing.store.keep((entry,))
            except Conflict:
                continue
            facts = (*facts, back)
        listed = Shares(person_id, shares(facts, sent, now), refused(facts), within_reach(facts, sent, actor, now))
        return TakenBack(listed, reason, made.recipient if made is not None else "")
    raise Conflict("the record of access would not hold still")


def _back(made: DisclosureDecided, actor: Actor, sharing: SharingOn) -> ShareTakenBack:
    return ShareTakenBack(
        disclosure_id=made.disclosure_id,
        at=sharing.clock.now(),
        person_id=made.person_id,
        actor=actor,
        recipient=made.recipient,
    )
