"""The DfE Single Unique Identifier forms: a custodian's file of records, or one bare record named for the person.

Source: DFE-Digital/single-unique-identifier, the stub custodians' data. A bare record holds no person: its file name
does, as ten digits. The `version` of a wrapped record is that of its schema, so it is no version of what it says.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agencies.agency import Outcome, Stated, ignored, quarantined
from agencies.formats.draft import outcome_of
from agencies.formats.native_json import members, read_as, read_file
from agencies.formats.sui_records import (
    CHILDRENS_SERVICES,
    CRIME,
    EDUCATION,
    HEALTH,
    PERSONAL,
    SHAPES,
    Contact,
    HealthRecord,
    SuiShape,
    Wrapper,
)
from agencies.formats.unsound import Unsound
from contracts.strict_json import Json

_ORG_TYPES = frozenset({"POLICE", "EDUCATION", "LOCAL_AUTHORITY", "HEALTH"})

__all__ = (
    "CHILDRENS_SERVICES",
    "CRIME",
    "EDUCATION",
    "HEALTH",
    "PERSONAL",
    "HealthRecord",
    "SuiRecord",
    "bare_type",
    "is_sui",
    "translate_sui",
    "translate_value",
)


@dataclass(frozen=True, slots=True)
class SuiRecord:
    """One record about one person. `payload` is the record itself, its keys as the shapes name them."""

    record_type: str
    person_id: str
    record_id: str
    system: str
    organisation: str | None
    contacts: tuple[Contact, ...]
    payload: Json


Reader = Callable[[SuiRecord], tuple[Stated, ...]]


def translate_sui(
    raw: bytes, file_name: str, readers: Mapping[str, Reader], org_type: str | None = None
) -> tuple[Outcome, ...]:
    """What became of each record in the file. `readers` holds, by record type, what this partner states from one.

    With `org_type`, a file that says it is of another kind of custodian is not this partner's to state.
    """
    try:
        value = read_file(raw)
    except Unsound as refused:
        return (quarantined("file", refused.code),)
    return translate_value(value, file_name, readers, org_type)


def translate_value(
    value: Json, file_name: str, readers: Mapping[str, Reader], org_type: str | None = None
) -> tuple[Outcome, ...]:
    """As `translate_sui`, for a file already read."""
    try:
        value = _fold_keys(value)
        if not is_sui(value) or not isinstance(value, dict):
            return (quarantined("file", "not_of_form"),)
        if "records" in value:
            stated = value.get("orgType")
            stranger = org_type is not None and isinstance(stated, str) and stated in _ORG_TYPES - {org_type}
            return _custodian(value, readers, "not_our_custodian" if stranger else "")
        if "recordType" in value:
            return (_wrapped("record 1", value, {}, readers),)
        return (_bare(value, file_name, readers),)
    except Unsound as refused:
        return (quarantined("file", refused.code),)


def is_sui(value: Json) -> bool:
    """Whether a value is a custodian's file, a wrapped record, or a bare record of a type known here."""
    if not isinstance(value, dict):
        return False
    custodian = isinstance(value.get("records"), list) and ("orgId" in value or "orgType" in value)
    return custodian or ("recordType" in value and "payload" in value) or bare_type(value) is not None


def bare_type(value: Json) -> str | None:
    """The record type whose fields make up at least half of the value's keys, the best first; None when none does."""
    if not isinstance(value, dict) or not value:
        return None
    keys = {_fold(key) for key in value}
    known = {name: len(keys & _wire_names(shape)) for name, shape in SHAPES.items()}
    best = max(known, key=lambda name: known[name])
    return best if known[best] * 2 >= len(keys) else None


def _wire_names(shape: type[SuiShape]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in shape.model_fields.items())


def _custodian(value: dict[str, Json], readers: Mapping[str, Reader], why_not: str) -> tuple[Outcome, ...]:
    wrapped = members(value["records"])
    if not wrapped:
        return (ignored("file", "no_records"),)
    if why_not:
        return tuple(ignored(f"record {place}", why_not) for place in range(1, len(wrapped) + 1))
    return tuple(_wrapped(f"record {place}", item, value, readers) for place, item in enumerate(wrapped, 1))


def _wrapped(place: str, item: Json, custodian: dict[str, Json], readers: Mapping[str, Reader]) -> Outcome:
    try:
        wrapper = read_as(Wrapper, item)
    except Unsound as refused:
        return quarantined(place, refused.code)
    person_id = (wrapper.person_id or "").strip()
    record_id = wrapper.record_id or f"{wrapper.record_type}/{person_id}"
    organisation = custodian.get("orgName")
    system = wrapper.system_id or custodian.get("orgId")
    record = SuiRecord(
        record_type=_plain_type(wrapper.record_type),
        person_id=person_id,
        record_id=record_id,
        system=system if isinstance(system, str) and system else "sui",
        organisation=organisation if isinstance(organisation, str) else None,
        contacts=wrapper.contact_details or (),
        payload=item.get("payload") if isinstance(item, dict) else None,
    )
    return _outcome(place, record, readers)


def _bare(value: dict[str, Json], file_name: str, readers: Mapping[str, Reader]) -> Outcome:
    found = set(re.findall(r"(?<![0-9])[0-9]{10}(?![0-9])", file_name))
    record_type = bare_type(value)
    if record_type is None:
        return quarantined("file", "not_of_form")
    if len(found) > 1:
        return quarantined("record 1", "person_ambiguous")
    person_id = next(iter(found), "")
    record = SuiRecord(
        record_type=record_type,
        person_id=person_id,
        record_id=f"{record_type}/{person_id}",
        system="sui",
        organisation=None,
        contacts=(),
        payload=value,
    )
    return _outcome("record 1", record, readers)


def _outcome(place: str, record: SuiRecord, readers: Mapping[str, Reader]) -> Outcome:
    reader = readers.get(record.record_type)
    if reader is None:
        known = record.record_type in SHAPES
        return ignored(place, "not_our_record_type") if known else quarantined(place, "unknown_record_type")
    if not record.person_id:
        return quarantined(place, "person_missing")
    return outcome_of(place, lambda: reader(record))


def _plain_type(text: str) -> str:
    return re.sub(r"\.record(\.v[0-9]+)?$", "", text.strip().casefold())


def _fold(key: str) -> str:
    return key[:1].lower() + key[1:]


def _fold_keys(value: Json) -> Json:
    """The value with the first letter of each key in lower case: some writers of these forms raise it."""
    if isinstance(value, list):
        return [_fold_keys(member) for member in value]
    if not isinstance(value, dict):
        return value
    folded = {_fold(key): _fold_keys(member) for key, member in value.items()}
    if len(folded) != len(value):
        raise Unsound("dup_key")
    return folded
