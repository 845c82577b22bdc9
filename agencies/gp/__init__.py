"""Fen Row Surgery, invented: FHIR R4 (UK Core)."""

from agencies.agency import Agency
from agencies.gp.translate import SOURCE, translate
from contracts.vocabulary import AgencyKind

AGENCY = Agency(
    name="gp",
    title="Fen Row Surgery",
    kind=AgencyKind.GP,
    source=SOURCE,
    translate=translate,
    form="FHIR R4 UK Core (XML or JSON)",
)
