"""What the hub's registry holds of one member of staff that bears on whose record they may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from contracts.event import Fact
from contracts.events.access import StaffTied, TieKind
from contracts.events.hub import Actor
from contracts.events.need import ConflictDeclared, ConflictKind, ConflictWithdrawn, TeamChanged
from contracts.identifiers import parse_identifier
from hub.domain import registry
from hub.domain.identity import index_term
from hub.domain.need_to_know import Relation

_AT_HOME = (ConflictKind.FAMILY, ConflictKind.HOUSEHOLD)
_OF_TIE = {TieKind.CHILD: Relation.RELATIVE, TieKind.OWN_RECORD: Relation.OWN_RECORD}


@dataclass(frozen=True, slots=True)
class Kept:
    """A child from whom somebody is kept: an identifier as `scheme:value`, and the agency whose number it may be."""

    relation: Relation
    child: str
    agency: str


@dataclass(frozen=True, slots=True)
class KnownOfStaff:
    """The teams that somebody is in, and the children from whom they are kept."""

    teams: frozenset[str]
    kept_from: tuple[Kept, ...]


def known_of(actor: Actor, registered: Iterable[Fact]) -> KnownOfStaff:
    """What the registry holds of who acts."""
    teams: set[str] = set()
    kept: list[Kept] = []
    facts = tuple(registered)
    for fact in facts:
        match fact:
            case TeamChanged() if _is(actor, fact.issuer, fact.subject):
                (teams.add if fact.change == "joined" else teams.discard)(fact.team)
            case StaffTied() if _is(actor, fact.issuer, fact.subject) and fact.kind in _OF_TIE:
                kept.append(Kept(_OF_TIE[fact.kind], fact.value, actor.agency))
            case _:
                pass
    for conflict in standing_conflicts(facts):
        if _is(actor, conflict.issuer, conflict.subject):
            kept.append(Kept(Relation.CONFLICT, conflict.child, conflict.by.agency))
    return KnownOfStaff(frozenset(teams), tuple(dict.fromkeys(kept)))


def teams_of(registered: Iterable[Fact]) -> tuple[str, ...]:
    """The teams in which somebody is, in the order of their names."""
    members: dict[str, set[tuple[str, str]]] = {}
    for fact in registered:
        if isinstance(fact, TeamChanged):
            of = members.setdefault(fact.team, set())
            (of.add if fact.change == "joined" else of.discard)((fact.issuer, fact.subject))
    return tuple(sorted(team for team, of in members.items() if of))


def standing_conflicts(registered: Iterable[Fact]) -> tuple[ConflictDeclared, ...]:
    """The conflicts of interest that are declared and not withdrawn, in order."""
    found: dict[UUID, ConflictDeclared] = {}
    for fact in registered:
        if isinstance(fact, ConflictDeclared):
            found[fact.conflict_id] = fact
        elif isinstance(fact, ConflictWithdrawn):
            found.pop(fact.conflict_id, None)
    return tuple(found.values())


def of_staff(registered: Iterable[Fact]) -> frozenset[tuple[str, str]]:
    """The identifiers (as they are indexed) of staff, and of children who are theirs or of their household."""
    facts = tuple(registered)
    agencies = {(one.actor.issuer, one.actor.subject): one.actor.agency for one in registry.ever_staff(facts).values()}
    ties = (one for one in facts if isinstance(one, StaffTied) and one.kind in _OF_TIE)
    told = {(tie.value, agencies.get((tie.issuer, tie.subject), "")) for tie in ties}
    told |= {(one.child, one.by.agency) for one in standing_conflicts(facts) if one.kind in _AT_HOME}
    return frozenset(index_term(parse_identifier(value), agency) for value, agency in told)


def _is(actor: Actor, issuer: str, subject: str) -> bool:
    return (actor.issuer, actor.subject) == (issuer, subject)
