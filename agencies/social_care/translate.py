"""Social care files turned into facts: the DfE daily JSON, and DfE children's services records in either shape."""

import re

from agencies.agency import Outcome, Stated, ignored, quarantined
from agencies.formats.draft import outcome_of
from agencies.formats.native_json import read_as, read_file
from agencies.formats.sui import CHILDRENS_SERVICES, PERSONAL, translate_value
from agencies.formats.sui_facts import described
from agencies.formats.unsound import Unsound
from agencies.social_care.child import child_facts, person_of
from agencies.social_care.episode import episode_facts
from agencies.social_care.native import Child
from agencies.social_care.services import services_facts
from agencies.social_care.told import DESK, Told, purged
from contracts.events.shared import PersonDescribed
from contracts.strict_json import Json

OWN_LA_CODE = "999"
_CHILD_KEYS = frozenset({"la_child_id", "mis_child_id", "child_details", "social_care_episodes"})
_READERS = {
    CHILDRENS_SERVICES: services_facts,
    PERSONAL: lambda record: described(DESK, record),
}


def translate(raw: bytes, file_name: str) -> tuple[Outcome, ...]:
    """What became of each record in the file: in the daily form, each child's object is a record."""
    try:
        value = read_file(raw)
        found = _children(value)
        if found is None:
            return translate_value(value, file_name, _READERS, "LOCAL_AUTHORITY")
        la_code, notes = _la_code(value, file_name)
    except Unsound as refused:
        return (quarantined("file", refused.code),)
    if not found:
        return (ignored("file", "no_records"),)
    return tuple(_child(place, item, la_code, notes) for place, item in enumerate(found, 1))


def _children(value: Json) -> list[Json] | None:
    """The child objects of a file of the daily form, whichever way they are wrapped; None for another form."""
    if isinstance(value, dict):
        inner = value.get("Children", value.get("children"))
        if inner is not None:
            return inner if isinstance(inner, list) else [inner]
        return [value] if _CHILD_KEYS & value.keys() else None
    if isinstance(value, list) and (
        not value or any(isinstance(each, dict) and _CHILD_KEYS & each.keys() for each in value)
    ):
        return value
    return None


def _la_code(value: Json, file_name: str) -> tuple[str, tuple[str, ...]]:
    given = value.get("la_code") if isinstance(value, dict) else None
    if given is not None:
        if isinstance(given, bool) or not isinstance(given, int | str) or not re.fullmatch("[0-9]{3}", str(given)):
            raise Unsound("wrong_type")
        return str(given), ()
    named = re.search(r"(?i)(?<![a-z])la[-_]?([0-9]{3})(?![0-9])", file_name)
    if named is not None:
        return named[1], ("la_code_from_file_name",)
    return OWN_LA_CODE, ("la_code_assumed",)


def _child(place: int, item: Json, la_code: str, notes: tuple[str, ...]) -> Outcome:
    return outcome_of(f"child {place}", lambda: _facts(item, la_code, notes))


def _facts(item: Json, la_code: str, notes: tuple[str, ...]) -> tuple[Stated, ...]:
    child = read_as(Child, item)
    person = person_of(la_code, child)
    if person is None:
        raise Unsound("person_missing")
    number = (child.la_child_id or "").strip() or f"mis:{(child.mis_child_id or '').strip()}"
    told = Told(child=person, path=f"{la_code}/{number}", notes=notes)
    if purged(child):
        return told.retract(PersonDescribed, "of_all_below")
    return (
        *child_facts(told, child),
        *(fact for episode in child.social_care_episodes or () for fact in episode_facts(told, episode)),
    )
