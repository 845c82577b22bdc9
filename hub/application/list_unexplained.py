"""The looks that nothing the hub knows accounts for, for those who check; their looking is itself on record first.

Family names, addresses and ties are compared under the index's key, for one reader and one child at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from contracts.events.access import Finding, StaffTied, TieKind
from contracts.events.hub import Actor, StaffEnrolled
from contracts.identifiers import Scheme, parse_identifier
from contracts.strict_json import Json
from hub.application.look_at_audit import Checking, keep_audit_look, refuse_others
from hub.application.ports import IdentityIndex, Stream
from hub.domain.access_runs import ROWS
from hub.domain.audit_look import AuditLook
from hub.domain.explained import Known, Link, Look, Reader, Tie, Unexplained, unexplained
from hub.domain.explained_rules import rules_but
from hub.domain.identity import Evidence, fold, index_term
from hub.domain.known_of_staff import standing_conflicts
from hub.domain.lives_at import LIVES_AT, bound
from hub.domain.moment import day_in_london
from hub.views.looks import Emergency, emergencies, findings, links, looks

WHAT = "unexplained"
_SETTLED = frozenset({Finding.CONFIRM, Finding.REFER})


@dataclass(frozen=True, slots=True)
class ListingUnexplained:
    """What the list needs. `rows` are those of the looks view; `off` the rules that are switched off."""

    checking: Checking
    index: IdentityIndex
    rows: Iterable[dict[str, Json]]
    off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Staff:
    """What the hub holds of a member of staff to compare: words of the name, and what they told it of ties."""

    agency: str
    names: frozenset[str]
    children: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, str], ...] = ()  # with whom, and the agency whose number it may be


def list_unexplained(listing: ListingUnexplained, actor: Actor, since: date | None = None) -> tuple[Unexplained, ...]:
    """The looks since a day (None: all) that somebody should ask about, the newest first; settled ones are left out.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    refuse_others(listing.checking, actor, AuditLook(WHAT))
    found = _found(listing, since)
    _keep_shown(listing, actor, found)
    return found


@dataclass(frozen=True, slots=True)
class UnexplainedPage:
    """One page of the looks to ask about, the newest first, of how many in all, and whether there are older ones."""

    looks: tuple[Unexplained, ...]
    of: int
    more: bool


def page_unexplained(listing: ListingUnexplained, actor: Actor, before: datetime | None = None) -> UnexplainedPage:
    """The newest looks to ask about that are older than a moment (None: all); only what is shown goes on record so.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    refuse_others(listing.checking, actor, AuditLook(WHAT))
    every = _found(listing, None)
    page = first_page(every, before)
    _keep_shown(listing, actor, page.looks)
    return page


def first_page(every: tuple[Unexplained, ...], before: datetime | None) -> UnexplainedPage:
    """The newest ROWS of the looks that are older than a moment; looks of one moment stand on one page."""
    older = tuple(one for one in every if before is None or one.look.at < before)
    shown = older[:ROWS]
    shown += tuple(one for one in older[ROWS:] if one.look.at == shown[-1].look.at)
    return UnexplainedPage(shown, len(every), len(older) > len(shown))


def _keep_shown(listing: ListingUnexplained, actor: Actor, found: tuple[Unexplained, ...]) -> None:
    people = tuple(dict.fromkeys(one.look.person_id for one in found))
    keep_audit_look(listing.checking, actor, AuditLook(WHAT, items=len(found), subjects=people))


@dataclass(frozen=True, slots=True)
class ToReview:
    """What somebody has still to look at: looks to ask about, openings in an emergency, and what else happened."""

    asked: tuple[Unexplained, ...] = ()
    opened: tuple[Emergency, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def decisions(self) -> frozenset[UUID]:
        """The decisions that let these looks be."""
        return frozenset((*(one.look.decision_id for one in self.asked), *(one.decision_id for one in self.opened)))


def to_review_about(listing: ListingUnexplained, person_id: UUID) -> ToReview:
    """What waits about one person, the newest first. Ask once a look at that person's record of access is on record.

    Raises StoreUnavailable, Unreadable.
    """
    rows = tuple(listing.rows)
    waiting = (one for one in emergencies(rows) if one.permitted and one.finding not in _SETTLED)
    opened = tuple(one for one in waiting if one.person_id == person_id)
    known_of = {one.decision_id for one in opened}
    asked = _found(replace(listing, rows=rows), None, person_id)
    rest = tuple(one for one in asked if one.look.decision_id not in known_of)
    return ToReview(rest, opened, links(rows).get(person_id, ()))


def _found(listing: ListingUnexplained, since: date | None, person_id: UUID | None = None) -> tuple[Unexplained, ...]:
    rows = tuple(listing.rows)
    every, reviewed = looks(rows), findings(rows)
    of_one = (one for one in every if person_id in (None, one.person_id))
    asked = tuple(one for one in of_one if since is None or day_in_london(one.at) >= since)
    waiting = tuple(one for one in asked if reviewed.get(one.decision_id) not in _SETTLED)
    known = Known(every, links(rows), ties_of(listing, waiting))
    return unexplained(known, rules_but(listing.off), waiting)


def ties_of(listing: ListingUnexplained, asked: tuple[Look, ...]) -> dict[tuple[Reader, UUID], frozenset[Tie]]:
    """What ties each reader to each child looked at. Raises StoreUnavailable, Unreadable."""
    staff = staff_of(listing)
    children = {
        (reader, person_id)
        for reader, one in staff.items()
        for child in one.children
        for person_id in _led_to(listing.index, child, one.agency)
    }
    conflicts = {
        (reader, person_id)
        for reader, one in staff.items()
        for child, agency in one.conflicts
        for person_id in _led_to(listing.index, child, agency)
    }
    ties: dict[tuple[Reader, UUID], frozenset[Tie]] = {}
    for reader, person_id in {(one.reader, one.person_id) for one in asked}:
        one = staff.get(reader)
        if one is None:
            continue
        found = {Tie.CHILD} if (reader, person_id) in children else set()
        found |= {Tie.CONFLICT} if (reader, person_id) in conflicts else set()
        others = {other for other, child in children if child == person_id and other != reader}
        found |= {Tie.COLLEAGUE} if any(staff[other].agency == one.agency for other in others) else set()
        found |= {Tie.NAME} if any(_is_named(listing.index, person_id, name) for name in one.names) else set()
        found |= {Tie.ADDRESS} if any(_lives(listing.index, person_id, at) for at in one.addresses) else set()
        if found:
            ties[reader, person_id] = frozenset(found)
    return ties


def staff_of(listing: ListingUnexplained) -> dict[Reader, Staff]:
    """What the registry holds of each member of staff. Raises StoreUnavailable, Unreadable."""
    found: dict[Reader, Staff] = {}
    told: list[StaffTied] = []
    registered = listing.checking.store.read_stream(Stream.registry())
    standing = standing_conflicts(registered)
    for fact in registered:
        if isinstance(fact, StaffEnrolled):
            word = fold(fact.name.split()[-1]) if fact.name.split() else ""
            names = frozenset({word} - {""})
            found[fact.actor.issuer, fact.actor.subject] = Staff(fact.actor.agency, names)
        elif isinstance(fact, StaffTied):
            told.append(fact)
    for reader, one in found.items():
        own = tuple(tie for tie in told if (tie.issuer, tie.subject) == reader)
        names = one.names | {tie.value for tie in own if tie.kind is TieKind.FAMILY_NAME}
        children = tuple(tie.value for tie in own if tie.kind is TieKind.CHILD)
        addresses = tuple(tie.value for tie in own if tie.kind is TieKind.ADDRESS)
        conflicts = tuple((each.child, each.by.agency) for each in standing if (each.issuer, each.subject) == reader)
        found[reader] = Staff(one.agency, names, children, addresses, conflicts)
    return found


def _led_to(index: IdentityIndex, child: str, agency: str) -> tuple[UUID, ...]:
    return index.people_with(*index_term(parse_identifier(child), agency))


def _is_named(index: IdentityIndex, person_id: UUID, name: str) -> bool:
    evidence = Evidence(((Scheme.HUB, person_id.hex.upper()),), birth_date=None, family_name=name)
    return any(one.says("family_name") is True for one in index.look_up(evidence) if one.person_id == person_id)


def _lives(index: IdentityIndex, person_id: UUID, key: str) -> bool:
    return person_id in index.people_with(LIVES_AT, bound(person_id, key))
