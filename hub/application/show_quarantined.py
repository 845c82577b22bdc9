"""One message that was set aside: why, what its sender can do, and what became of it since; never what it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from contracts.events.hub import Actor, AgencyEnrolled
from contracts.events.quarantine import QuarantineReplayed
from contracts.strict_json import Json
from contracts.vocabulary import Purpose
from hub.application.kept_rows import KeptRows
from hub.application.look_at_quarantine import Looking, keep_look
from hub.application.ports import Stream
from hub.application.set_aside_messages import Tried, read_set_aside
from hub.domain.access import Asked
from hub.domain.quarantine_look import Look
from hub.domain.reason_codes import Explained, explained
from hub.views.quarantine import SetAside, by_itself, in_order

Told = Literal["told", "nobody_to_tell"]


@dataclass(frozen=True, slots=True)
class ShowingQuarantined:
    """What showing needs. `topics`: whose topic each is (sources by topic)."""

    looking: Looking
    kept: KeptRows
    rows: Iterable[dict[str, Json]]
    topics: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShownQuarantined:
    """The message's row, what its code means, whom the topic belongs to, and every try since.

    `told`: the answer went to whoever held the topic, before the message was done with; or nobody was enrolled there.
    """

    message: SetAside
    explained: Explained
    topic_of: str | None
    told: Told
    replays: tuple[QuarantineReplayed, ...]


def show_quarantined(
    showing: ShowingQuarantined, actor: Actor, number: int, purpose: Purpose | None
) -> ShownQuarantined:
    """The message under a number. Raises AccessRefused and NotSetAside (the asking is on record), StoreUnavailable.

    Raises Unreadable when its record does not open.
    """
    asked = Asked(actor, purpose, showing.looking.clock.now())
    keep_look(showing.looking, asked, Look("show", numbers=(number,)), 1)
    tried = read_set_aside(showing.kept, showing.looking.store, number)
    followed = next((one for one in in_order(showing.rows) if one.number == number), None)
    message = followed or by_itself(tried.fact, number)
    topic_of = showing.topics.get(tried.fact.topic)
    return ShownQuarantined(
        message, explained(tried.fact.code), topic_of, _told(showing, tried, topic_of), tried.replays
    )


def _told(showing: ShowingQuarantined, tried: Tried, topic_of: str | None) -> Told:
    facts = showing.looking.store.read_stream(Stream.registry())
    enrolled = (one for one in facts if isinstance(one, AgencyEnrolled) and one.source == topic_of)
    return "told" if any(one.at <= tried.fact.received for one in enrolled) else "nobody_to_tell"
