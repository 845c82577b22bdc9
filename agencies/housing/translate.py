"""Noise complaints turned into facts: one concern for each child of the household, the neighbour a protected source."""

from agencies.agency import Outcome, Stated
from agencies.formats.bases import public_task
from agencies.formats.concern_table import Row, translate_table
from agencies.formats.dates import time_or_unknown
from agencies.formats.draft import Content, Desk, Item, says, state
from agencies.formats.people import child, names
from agencies.housing.native import CHILDREN, FORM
from contracts.events.shared import ConcernRaised
from contracts.report import Code, Person, Place, Statement
from contracts.vocabulary import Gateway, PersonRole, SensitivityTag, StatementKind

SOURCE = "urn:childhub:agency:housing"
_DESK = Desk(
    source=SOURCE, adapter="housing", basis=lambda person, special: public_task(person, special, Gateway.CA04_S10)
)


def translate(raw: bytes, file_name: str) -> tuple[Outcome, ...]:
    """What became of each row of the file; its name says nothing here."""
    return translate_table(raw, FORM, _complaint)


def _complaint(row: Row) -> tuple[Stated, ...]:
    """One fact for each child named; none when the complaint names no child."""
    named = tuple(ref for ref in CHILDREN if _is_named(row, ref))
    return tuple(_about(row, ref, named) for ref in named)


def _is_named(row: Row, ref: str) -> bool:
    return any(row.get(f"{ref}_{part}") for part in ("nhs", "given", "family", "born"))


def _about(row: Row, subject: str, named: tuple[str, ...]) -> Stated:
    siblings = tuple(_child(row, ref, PersonRole.SIBLING) for ref in named if ref != subject)
    content = Content(
        people=(_child(row, subject, PersonRole.CHILD), *siblings, *_adults(row)),
        statements=_statements(row),
        happened=time_or_unknown(row.time("heard_from")),
        ended=row.time("heard_to"),
        recorded=time_or_unknown(row.time("received_at")),
        place=_place(row),
        tags=(SensitivityTag.INFORMANT,),
        notes=row.notes,
    )
    record_id = f"{row.required('complaint_ref')}/{subject}"
    return state(_DESK, ConcernRaised, Item(FORM.system, record_id, row.native, row.get("version")), content)


def _child(row: Row, ref: str, role: PersonRole) -> Person:
    return child(
        ref,
        role,
        given=row.get(f"{ref}_given"),
        family=row.get(f"{ref}_family"),
        born=row.time(f"{ref}_born"),
        nhs_number=row.get(f"{ref}_nhs"),
    )


def _adults(row: Row) -> tuple[Person, ...]:
    tenant = names(row.get("tenant_given"), row.get("tenant_family"))
    other = names(None, None, row.get("other_adult"))
    cares = (row.get("tenant_is_carer") or "").casefold() == "yes"
    role = PersonRole.PARENT_OR_CARER if cares else PersonRole.OTHER
    tenants = (
        Person(ref="tenant", role=role, names=tenant, birth_date=row.time("tenant_born"), relationship="tenant"),
    )
    return (
        *(tenants if tenant else ()),
        *((Person(ref="adult1", role=PersonRole.OTHER, names=other),) if other else ()),
    )


def _statements(row: Row) -> tuple[Statement, ...]:
    third = StatementKind.THIRD_PARTY
    kind = row.get("reporter_kind")
    source = None if kind is None else Code(system="northborough-noise:reported-by", code=kind)
    return (
        *says("category", StatementKind.FACT_RECORDED, "noise complaint"),
        *says("what_happened", third, row.get("heard"), said_by=kind),
        *says("reported_by", third, row.get("reporter_name"), code=source),
        *says("professional_view", StatementKind.PROFESSIONAL_OPINION, row.get("confirmed"), by="housing officer"),
        *says("action_taken", StatementKind.FACT_RECORDED, row.get("action")),
    )


def _place(row: Row) -> Place | None:
    text, postcode, uprn = row.get("address"), row.get("postcode"), row.get("uprn")
    return Place(text=text, postcode=postcode, uprn=uprn) if text or postcode or uprn else None
