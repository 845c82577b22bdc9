"""Fenwold Hospitals NHS Trust, invented: FHIR R4 (UK Core), and DfE health records."""

from agencies.agency import Agency
from agencies.health.translate import SOURCE, translate
from contracts.vocabulary import AgencyKind

AGENCY = Agency(
    name="health",
    title="Fenwold Hospitals NHS Trust",
    kind=AgencyKind.NHS,
    source=SOURCE,
    translate=translate,
    form="FHIR R4 UK Core (XML or JSON); DfE SUI health record (JSON)",
)
