"""What every reader of a FHIR resource needs: whom it is about, when, where, and a way to say that it is not shared."""

from datetime import date

from agencies.formats.fhir_build import Item
from agencies.formats.fhir_bundle import resolve
from agencies.formats.fhir_people import Party, is_of_person, party_at
from agencies.formats.fhir_r4 import Body
from agencies.formats.fhir_values import member, members, text, when
from contracts.errors import NotReadable
from contracts.identifiers import Scheme, identifier
from contracts.report import Code, Statement
from contracts.vocabulary import CheckState, PersonRole, StatementKind
from contracts.when import When, unknown_time

_ODS = ("https://fhir.nhs.uk/id/ods-organization-code", "https://fhir.nhs.uk/id/ods-site-code")


class Left(Exception):
    """The record is sound and is not shared. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        """Hold the reason."""
        super().__init__(reason)
        self.reason = reason


def time_of(*values: str | None) -> When:
    """The first time given; unknown when none is. Raises NotReadable: bad_date."""
    return next((when(value) for value in values if value is not None), unknown_time())


def subject(reference: Body, item: Item) -> Party | None:
    """The patient whom a reference names; None when it names something else, such as a place or a clinician.

    Raises NotReadable: person_missing (it names a patient, and nothing tells who that is), and as `party_at`.
    """
    party = party_at(reference, item.body, item.file)
    if party is not None and party.is_known():
        return party
    if party is not None or is_of_person(reference):
        raise NotReadable("person_missing")
    return None


def required_subject(item: Item, name: str = "subject") -> Party:
    """The patient under the element `name`. Raises NotReadable: person_missing, and as `party_at`."""
    party = subject(member(item.body, name), item)
    if party is None:
        raise NotReadable("person_missing")
    return party


def escorts(item: Item, day: date | None) -> tuple[tuple[Party, PersonRole], ...]:
    """The people other than staff who took part in an Encounter."""
    found = (party_at(member(one, "individual"), item.body, item.file) for one in members(item.body, "participant"))
    return tuple((one, one.role_on(day)) for one in found if one is not None and one.is_known())


def site(reference: Body, item: Item) -> tuple[tuple[Statement, ...], tuple[Body, ...]]:
    """Where it was: the organisation's ODS code and name as a statement; and the resource that this was drawn from."""
    said = text(reference, "reference")
    found = resolve(said, item.body, item.file) if said is not None else None
    given = (member(reference, "identifier"), *(members(found, "identifier") if found is not None else ()))
    name = text(reference, "display") or (text(found, "name") if found is not None else None)
    code = next((made for one in given if (made := _ods(one)) is not None), None)
    drawn = (found,) if found is not None else ()
    if code is None and name is None:
        return (), drawn
    return (Statement(field="site", kind=StatementKind.FACT_RECORDED, value=name, code=code),), drawn


def _ods(one: Body) -> Code | None:
    system, value = (text(one, "system") or "").lower(), text(one, "value")
    if system not in _ODS or value is None:
        return None
    found = identifier(Scheme.ODS, value)
    return Code(system="ods", code=found.value, recognised=found.check is CheckState.NO_CHECK_RULE)
