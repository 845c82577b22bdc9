"""Fenwold Community Health Visiting, invented: FHIR R4 (UK Core)."""

from agencies.agency import Agency
from agencies.health_visiting.translate import SOURCE, translate
from contracts.vocabulary import AgencyKind

AGENCY = Agency(
    name="health_visiting",
    title="Fenwold Community Health Visiting",
    kind=AgencyKind.NHS,
    source=SOURCE,
    translate=translate,
    form="FHIR R4 UK Core (XML or JSON)",
)
