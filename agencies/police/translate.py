"""Police files turned into facts: DfE crime records in either shape, and the force's own notices."""

from agencies.agency import Outcome, quarantined
from agencies.formats.bases import law_enforcement
from agencies.formats.draft import Desk, outcome_of
from agencies.formats.native_json import read_file
from agencies.formats.sui import CRIME, PERSONAL, translate_value
from agencies.formats.sui_facts import described
from agencies.formats.unsound import Unsound
from agencies.police.crime import crime_facts
from agencies.police.native import FORM
from agencies.police.notice import notice_facts
from contracts.strict_json import Json
from contracts.vocabulary import Gateway

SOURCE = "urn:childhub:agency:police"
_AUTHORITY = "Children Act 2004 s11"
_DESK = Desk(
    source=SOURCE,
    adapter="police",
    basis=lambda person, special: law_enforcement(person, special, Gateway.CA04_S11, _AUTHORITY),
)
_READERS = {
    CRIME: lambda record: crime_facts(_DESK, record),
    PERSONAL: lambda record: described(_DESK, record),
}


def translate(raw: bytes, file_name: str) -> tuple[Outcome, ...]:
    """What became of each record in the file."""
    try:
        value = read_file(raw)
    except Unsound as refused:
        return (quarantined("file", refused.code),)
    notices = value if isinstance(value, list) else [value]
    if notices and all(_is_notice(item) for item in notices):
        return tuple(_notice(place, item) for place, item in enumerate(notices, 1))
    return translate_value(value, file_name, _READERS, "POLICE")


def _is_notice(item: Json) -> bool:
    return isinstance(item, dict) and item.get("form") == FORM


def _notice(place: int, item: Json) -> Outcome:
    return outcome_of(f"notice {place}", lambda: notice_facts(_DESK, item))
