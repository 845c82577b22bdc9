"""The trust's files turned into facts: FHIR R4 resources, and DfE health records."""

from agencies.agency import Outcome
from agencies.formats.draft import Desk
from agencies.formats.fhir_basis import health_care
from agencies.formats.fhir_facts import translate_fhir
from agencies.formats.sui import HEALTH, PERSONAL, translate_value
from agencies.formats.sui_facts import described
from agencies.health.native import sui_value
from agencies.health.record import health_facts
from contracts.vocabulary import Gateway

SOURCE = "urn:childhub:agency:health"
_DESK = Desk(source=SOURCE, adapter="health", basis=lambda person, _: health_care(person, Gateway.CA04_S11))
_READERS = {
    HEALTH: lambda record: health_facts(_DESK, record),
    PERSONAL: lambda record: described(_DESK, record),
}


def translate(raw: bytes, file_name: str) -> tuple[Outcome, ...]:
    """What became of each record in the file."""
    value = sui_value(raw)
    if value is not None:
        return translate_value(value, file_name, _READERS)
    return translate_fhir(raw, _DESK)
