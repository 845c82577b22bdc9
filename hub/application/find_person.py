"""Finding a person by one exact identifier, or by three factors; the search is a fact, with everybody it found."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.events.hub import Actor, SearchMade
from contracts.vocabulary import Purpose
from hub.application.hold_apart import PROTECTED
from hub.application.ports import IdentityIndex, Stream
from hub.domain.identity import index_term
from hub.domain.three_factors import FACTORS, Factors, Sought
from hub.domain.unread import NOBODY


@dataclass(frozen=True, slots=True)
class Finding:
    """The one person found, or None (nobody, or several); and the search, to be kept.

    `hour` is where it is to be kept and at which version that stood when there was room for it.
    """

    person_id: UUID | None
    fact: SearchMade
    hour: tuple[Stream, int] | None = None


def find_person(index: IdentityIndex, child: Sought, actor: Actor, purpose: Purpose | None, at: datetime) -> Finding:
    """Who the identifier, or the three factors, lead to. An agency's own number counts within the agency."""
    scheme, value = (FACTORS, child.key) if isinstance(child, Factors) else index_term(child, actor.agency)
    hits = index.people_with(scheme, value)
    if isinstance(child, Factors) and child.by_place:
        hits = _not_protected(index, hits)
    fact = SearchMade(
        at=at, actor=actor, purpose=purpose, scheme=scheme, token=index.token(scheme, value).hex(), hits=hits
    )
    return Finding(hits[0] if len(hits) == 1 else None, fact)


def _not_protected(index: IdentityIndex, hits: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Those whose address nothing protects; as much is asked where nobody was found."""
    protected = index.known(PROTECTED, tuple(one.hex for one in hits or (NOBODY,)))
    return tuple(one for one in hits if one.hex not in protected)
