"""Facts that any custodian's record may state, whoever the custodian is: who the person is, and who works with them."""

from agencies.agency import Stated, digest
from agencies.formats.draft import Content, Desk, Item, says, state
from agencies.formats.native_json import known_part, read_as
from agencies.formats.sui import SuiRecord
from agencies.formats.sui_records import Address, PersonalRecord, RelatedPerson, StatusAndPlan
from contracts.events.shared import InvolvementStated, PersonDescribed
from contracts.identifiers import Scheme, identifier
from contracts.report import Code, Name, Person, Place, Statement
from contracts.strict_json import Json
from contracts.vocabulary import PersonRole, Sex, StatementKind

_SEX = {"female": Sex.FEMALE, "male": Sex.MALE, "other": Sex.OTHER, "indeterminate": Sex.OTHER, "unknown": Sex.UNKNOWN}
_PARENTS = ("mother", "father", "parent", "carer", "guardian")
_SIBLINGS = ("brother", "sister", "sibling")


def child(record: SuiRecord) -> Person:
    """The person the record is about, known by the NHS number alone; the form does not say that it was traced."""
    return Person(ref="child", role=PersonRole.CHILD, identifiers=(identifier(Scheme.NHS_NUMBER, record.person_id),))


def part_of(record: SuiRecord, part: str, native: Json, key: str = "") -> Item:
    """One item of a record: `part` says which, and `key` which of several; an item of a list is known by its digest."""
    whole: Json = {"type": record.record_type, "person": record.person_id, "part": part, "item": native}
    return Item(record.system, f"{record.record_id}/{part}/{key or digest(whole)[:16]}", whole)


def involvements(
    desk: Desk, record: SuiRecord, statuses: tuple[StatusAndPlan, ...], services: tuple[str, ...] = ()
) -> tuple[Stated, ...]:
    """The services that know the person, the statuses and plans, and the team that holds the record, one fact each."""
    facts = [
        _involvement(desk, record, part_of(record, "service", name), says("service", StatementKind.FACT_RECORDED, name))
        for name in services
        if name
    ]
    for held in statuses:
        status = says("status", StatementKind.FACT_RECORDED, held.status)
        said = (*status, *says("plan", StatementKind.FACT_RECORDED, held.plan))
        if said:
            item = part_of(record, "status", {"status": held.status, "plan": held.plan})
            facts.append(_involvement(desk, record, item, said, held.notes))
    return (*facts, *_holder(desk, record))


def _holder(desk: Desk, record: SuiRecord) -> tuple[Stated, ...]:
    lines: list[Json] = []
    for contact in record.contacts:
        parts = (contact.name, contact.description, contact.telephone, contact.email, contact.address)
        lines.append(", ".join(part for part in parts if part))
    if not any(lines):
        return ()
    service = says("service", StatementKind.FACT_RECORDED, record.organisation)
    contacts = [says("contact", StatementKind.FACT_RECORDED, line) for line in lines if isinstance(line, str)]
    item = part_of(record, "holder", {"organisation": record.organisation, "contacts": lines}, "1")
    return (_involvement(desk, record, item, (*service, *(each for line in contacts for each in line))),)


def _involvement(
    desk: Desk, record: SuiRecord, item: Item, said: tuple[Statement, ...], notes: tuple[str, ...] = ()
) -> Stated:
    content = Content(people=(child(record),), statements=said, notes=("state_without_a_date", *notes))
    return state(desk, InvolvementStated, item, content)


def described(desk: Desk, record: SuiRecord) -> tuple[Stated, ...]:
    """Who the person is: one fact, with the people recorded as related to the child."""
    personal = read_as(PersonalRecord, record.payload)
    related = tuple(
        _related(person, f"adult{number}") for number, person in enumerate(personal.related_people or (), 1)
    )
    said = (
        *_characteristics(personal),
        *(
            each
            for name in personal.names_of_individuals_residing_at_main_address or ()
            for each in says("household_member", StatementKind.THIRD_PARTY, name)
        ),
        *(each for _, risks in related for each in risks),
        *(each for name in personal.not_known() for each in says("not_known", StatementKind.FACT_RECORDED, name)),
    )
    item = part_of(record, "person", known_part(personal, record.payload), "1")
    content = Content(
        people=(_described(record, personal), *(person for person, _ in related)), statements=said, notes=personal.notes
    )
    return (state(desk, PersonDescribed, item, content),)


def _described(record: SuiRecord, personal: PersonalRecord) -> Person:
    named = personal.first_name or personal.last_name
    sex = _SEX.get((personal.birth_assigned_sex or "").strip().casefold(), Sex.UNKNOWN)
    return Person(
        ref="child",
        role=PersonRole.CHILD,
        identifiers=child(record).identifiers,
        names=(Name(family=personal.last_name, given=personal.first_name),) if named else (),
        birth_date=personal.date_of_birth,
        sex=sex,
        address=place_of(personal.address),
    )


def _characteristics(personal: PersonalRecord) -> tuple[Statement, ...]:
    return tuple(
        each
        for name, value in personal.characteristics()
        if value is not None
        for each in says(
            "characteristic", StatementKind.FACT_RECORDED, value, code=Code(system="sui:personal.details", code=name)
        )
    )


def _related(person: RelatedPerson, ref: str) -> tuple[Person, tuple[Statement, ...]]:
    relationship = person.relationship_to_the_child
    found = Person(
        ref=ref,
        role=related_role(relationship),
        names=(Name(text=person.name),) if person.name else (),
        birth_date=person.dob,
        relationship=relationship,
    )
    risks = tuple(
        each
        for risk in person.risk or ()
        for each in says("related_person_risk", StatementKind.PROFESSIONAL_OPINION, risk, about=ref)
    )
    return found, risks


def related_role(relationship: str | None) -> PersonRole:
    """The role that a relationship in words names outright; anything else is another person, never guessed at."""
    words = (relationship or "").casefold().replace("-", " ").split()
    if words and words[-1] in _PARENTS and words[0] not in ("former", "ex"):
        return PersonRole.PARENT_OR_CARER
    if words and words[-1] in _SIBLINGS:
        return PersonRole.SIBLING
    return PersonRole.OTHER


def place_of(address: Address | None) -> Place | None:
    """The address as one place; None when it holds nothing."""
    if address is None:
        return None
    lines = (address.line1, address.line2, address.town_or_city, address.county)
    text = ", ".join(line for line in lines if line)
    if not text and not address.postcode:
        return None
    return Place(text=text or None, postcode=address.postcode or None)
