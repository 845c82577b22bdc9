"""Finding a person by one exact identifier; the search itself is a fact, with everybody it found."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.events.hub import Actor, SearchMade
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.ports import IdentityIndex
from hub.domain.identity import index_term


@dataclass(frozen=True, slots=True)
class Finding:
    """The one person found, or None (nobody, or several); and the search, to be kept."""

    person_id: UUID | None
    fact: SearchMade


def find_person(
    index: IdentityIndex, child: Identifier, actor: Actor, purpose: Purpose | None, at: datetime
) -> Finding:
    """Who the identifier leads to. An agency's own number counts within the agency."""
    scheme, value = index_term(child, actor.agency)
    hits = index.people_with(scheme, value)
    fact = SearchMade(
        at=at, actor=actor, purpose=purpose, scheme=scheme, token=index.token(scheme, value).hex(), hits=hits
    )
    return Finding(hits[0] if len(hits) == 1 else None, fact)
