"""The surgery's files turned into facts: FHIR R4 resources."""

from agencies.agency import Outcome
from agencies.formats.draft import Desk
from agencies.formats.fhir_basis import health_care
from agencies.formats.fhir_facts import translate_fhir
from contracts.vocabulary import Gateway

SOURCE = "urn:childhub:agency:gp"
_DESK = Desk(source=SOURCE, adapter="gp", basis=lambda person, _: health_care(person, Gateway.CA04_S10))


def translate(raw: bytes, file_name: str) -> tuple[Outcome, ...]:
    """What became of each record in the file, whatever its name."""
    return translate_fhir(raw, _DESK)
