"""From the people and statements of one FHIR resource to reports, with basis and telling for each person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from agencies.agency import Stated, digest, stated
from agencies.formats import draft, fhir_local
from agencies.formats.draft import Content, Desk
from agencies.formats.fhir_bundle import File, resolve
from agencies.formats.fhir_local import Local, LocalBasis, LocalStatement, LocalTelling
from agencies.formats.fhir_people import Party, is_protected, party_at
from agencies.formats.fhir_r4 import Body, has_narrative, type_of
from agencies.formats.fhir_values import member, members, text, updated, when
from contracts.errors import NotReadable
from contracts.events.shared import RecordRetracted
from contracts.report import LawfulBasis, Place, Report, Statement, Told
from contracts.strict_json import Json
from contracts.vocabulary import PersonRole, Purpose, SensitivityTag, StatementKind
from contracts.when import When, unknown_time

SYSTEM = "fhir-r4"
_PERSON_PARTS = ("identifier", "name", "birthDate", "gender", "address", "relationship", "extension")
_WHEREABOUTS = frozenset({"address", "telecom", "text", "contact", "generalPractitioner", "photo"})


@dataclass(frozen=True, slots=True)
class Item:
    """One native record to be read. `shielded` says that somebody's whereabouts in the file must not be shown."""

    body: Body
    file: File
    desk: Desk
    shielded: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A person of the message under the label that its reports use."""

    ref: str
    role: PersonRole
    party: Party


@dataclass(frozen=True, slots=True)
class Case:
    """A native record with its people, its own extensions and its place in the sender's system."""

    item: Item
    people: tuple[Named, ...]
    local: Local
    record: draft.Item
    tags: tuple[SensitivityTag, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """What a report says: when, and what. `part` tells apart reports of one type from one record."""

    happened: When
    ended: When | None = None
    statements: tuple[Statement, ...] = ()
    part: str = ""


def open_case(item: Item, people: tuple[Named, ...], others: tuple[Body, ...] = ()) -> Case:
    """The record with those people and any whom its own extensions name besides; `others` are resources it draws on.

    Raises NotReadable: local_extension, and what resolving a reference raises.
    """
    local = fhir_local.read(item.body)
    said = (
        *(one.about for one in local.statements),
        *(one.person for one in local.tellings),
        *(one.person for one in local.bases),
    )
    for reference in dict.fromkeys(one for one in said if one is not None):
        if _named(reference, item, people) is None:
            people = (*people, _newcomer(reference, item, people))
    drawn = (*others, *(one.party.described_by for one in people if one.party.described_by is not None))
    return Case(item, people, local, _record(item, drawn))


def _newcomer(reference: str, item: Item, people: tuple[Named, ...]) -> Named:
    party = party_at({"reference": reference}, item.body, item.file)
    if party is None:
        raise NotReadable("local_extension")
    role = party.role or PersonRole.OTHER
    return Named(_label(role, people), role, party)


def label_people(found: Iterable[tuple[Party, PersonRole]]) -> tuple[Named, ...]:
    """The people with their labels, each person once."""
    people: tuple[Named, ...] = ()
    for party, role in found:
        if all(_is_other(party, one.party) for one in people):
            people = (*people, Named(_label(role, people), role, party))
    return people


def _is_other(party: Party, known: Party) -> bool:
    if party.numbers() & known.numbers():
        return False
    if party.described_by is not None and known.described_by is not None:
        return party.described_by != known.described_by
    return party.said != known.said or not party.said


def _label(role: PersonRole, people: tuple[Named, ...]) -> str:
    match role:
        case PersonRole.CHILD:
            stem = "child"
        case PersonRole.UNBORN_CHILD:
            stem = "unborn"
        case PersonRole.SIBLING:
            stem = "sibling"
        case PersonRole.PROFESSIONAL:
            stem = "professional"
        case PersonRole.OTHER:
            stem = "person"
        case _:
            stem = "adult"
    taken = {one.ref for one in people}
    if stem not in taken and stem not in ("adult", "professional"):
        return stem
    first = 1 if stem in ("adult", "professional") else 2
    return next(f"{stem}{number}" for number in range(first, len(people) + 3) if f"{stem}{number}" not in taken)


def _named(reference: str, item: Item, people: tuple[Named, ...]) -> Named | None:
    found = next((one for one in people if one.party.said == reference), None)
    if found is not None:
        return found
    body = resolve(reference, item.body, item.file)
    return next((one for one in people if body is not None and one.party.described_by == body), None)


def _record(item: Item, drawn: tuple[Body, ...]) -> draft.Item:
    """Where the sender keeps it. Its version moves when any resource it draws on does, so one id has one content."""
    inside = members(item.body, "contained")
    native = _without_whereabouts(item.body) if item.shielded else item.body
    others: list[Json] = [_essence(one, item) for one in drawn if one not in inside and one != item.body]
    if item.shielded:
        others.append({"shielded": True})
    version = text(member(item.body, "meta"), "versionId")
    if version is not None and others:
        version = f"{version}+{digest(others)[:8]}"
    elif others:
        version = digest([native, *others])[:16]
    return draft.Item(SYSTEM, record_id(item.body), native, version)


def _without_whereabouts(body: Body) -> Body:
    """The record less where anyone lives: a digest over that beside what is shown could be tried out until it fits."""
    bare = {name: part for name, part in body.items() if name not in _WHEREABOUTS}
    inside = members(bare, "contained")
    return bare | {"contained": [_without_whereabouts(one) for one in inside]} if inside else bare


def _essence(resource: Body, item: Item) -> Json:
    parts = {name: resource[name] for name in _PERSON_PARTS if name in resource}
    return (_without_whereabouts(parts) if item.shielded else parts) | {"protected": is_protected(resource)}


def record_id(body: Body) -> str:
    """The record's number at its sender: resource id, else its business identifier, else a digest of it."""
    name = type_of(body)
    own = text(body, "id")
    if own is not None:
        return f"{name}/{own}"
    given = body.get("identifier")
    business = given if isinstance(given, dict) else next(iter(members(body, "identifier")), {})
    value = text(business, "value")
    return f"{name}/{text(business, 'system') or ''}|{value}" if value else f"{name}/{digest(body)[:32]}"


def report(case: Case, kind: type[Report], about: Named, happening: Happening, *, whole: bool = True) -> Stated:
    """The report of that kind about that person. A partner's own statements go along: all, or those the kind may carry.

    Raises pydantic's ValidationError when what the message holds cannot be a fact of that kind.
    """
    own = tuple(_statement(one, case, about) for one in case.local.statements if _concerns(one, case, about))
    fields = {rule.name for rule in kind.FIELDS}
    said = (*happening.statements, *(one for one in own if whole or one.field in fields))
    content = replace(
        _content(case, about, happening.happened), happened=happening.happened, ended=happening.ended, statements=said
    )
    return _state(case, kind, content, happening.part)


def retraction(case: Case, kind: type[Report], about: Named, part: str = "") -> Stated:
    """The statement that the report of that kind should not stand, whichever version of it was sent."""
    content = _content(case, about, unknown_time())
    change = draft.of_any_version(case.item.desk, kind, case.record, content.people[0], "entered-in-error")
    return _state(
        case,
        RecordRetracted,
        replace(
            content,
            statements=draft.says("why_withdrawn", StatementKind.FACT_RECORDED, "entered-in-error"),
            change=change,
            notes=(*content.notes, "of_any_version"),
        ),
        part,
    )


def _state(case: Case, kind: type[Report], content: Content, part: str) -> Stated:
    made = draft.state(case.item.desk, kind, case.record, content)
    return stated(case.item.desk.source, made.report, part) if part else made


def _content(case: Case, about: Named, happened: When) -> Content:
    """All that the case says whatever the kind of report: people (the one it is about first), handling, law."""
    people = (about, *(one for one in case.people if one != about))
    return Content(
        people=tuple(_shielded(one, case).as_person(one.ref, one.role, _shows_address(one, case)) for one in people),
        recorded=when(updated(case.item.body)),
        purpose=case.local.purpose or Purpose.SECTION_17,
        tags=_tags(case, about, happened),
        need=case.local.need,
        urgent=case.local.urgent,
        telling=tuple(told for one in people for told in _told(one, case)),
        bases=tuple(basis for one in people for basis in _basis(one, case)),
        notes=("narrative_dropped",) if has_narrative(case.item.body) else (),
    )


def _shows_address(one: Named, case: Case) -> bool:
    """Only a Patient's own record, and the mark of a protected one, carry where someone lives."""
    return one.party.protected or one.party.described_by == case.item.body


def _shielded(one: Named, case: Case) -> Party:
    if not case.item.shielded or one.party.address is None:
        return one.party
    return replace(one.party, address=Place(withheld=True, withheld_reason="protected_by_source"))


def _concerns(one: LocalStatement, case: Case, about: Named) -> bool:
    """A statement about one child is left out of the report about another."""
    whom = _named(one.about, case.item, case.people) if one.about is not None else None
    return whom is None or whom.role is not PersonRole.CHILD or whom.ref == about.ref


def _statement(one: LocalStatement, case: Case, about: Named) -> Statement:
    whom = _named(one.about, case.item, case.people) if one.about is not None else about
    ref = whom.ref if whom is not None else about.ref
    return Statement(field=one.field, kind=one.kind, value=one.value, about=ref, by=one.by, said_by=one.said_by)


def _tags(case: Case, about: Named, happened: When) -> tuple[SensitivityTag, ...]:
    tags = {SensitivityTag.HEALTH, *case.tags, *case.local.sensitivity}
    if case.item.shielded or any(one.party.protected for one in case.people):
        tags.add(SensitivityTag.ADDRESS_PROTECTED)
    grown = about.party.age_on(happened.day() or when(updated(case.item.body)).day()) == "adult"
    about_an_adult = about.role is PersonRole.OTHER and grown
    if about_an_adult or any(one.role is PersonRole.ADULT_OF_CONCERN for one in case.people):
        tags.add(SensitivityTag.THIRD_PARTY_ADULT)
    return tuple(tags)


def _basis(one: Named, case: Case) -> tuple[LawfulBasis, ...]:
    """The basis that the message states for the person, on top of the sender's usual one; nothing when it states none.

    Raises pydantic's ValidationError.
    """
    given = [said for said in case.local.bases if _is_for(said, one, case)]
    if not given:
        return ()
    best = next((said for said in given if said.person is not None), given[0])
    usual = case.item.desk.basis(one.ref, True)
    changed = usual.model_dump() | dict(best.codes)
    changed |= {"confidence": best.confidence} if best.confidence is not None else {}
    changed |= {"consent": best.consent} if best.consent is not None else {}
    return (LawfulBasis.model_validate(changed),)


def _told(one: Named, case: Case) -> tuple[Told, ...]:
    given = [said for said in case.local.tellings if _is_for(said, one, case)]
    if not given or one.role is PersonRole.PROFESSIONAL:
        return ()
    best = next((said for said in given if said.person is not None), given[0])
    return (
        Told(
            person=one.ref,
            state=best.state,
            reason=best.reason,
            decided_by=best.decided_by,
            approved_by=best.approved_by,
            on=when(best.on) if best.on is not None else None,
            review_on=when(best.review_on) if best.review_on is not None else None,
        ),
    )


def _is_for(said: LocalBasis | LocalTelling, one: Named, case: Case) -> bool:
    return said.person is None or _named(said.person, case.item, case.people) == one
