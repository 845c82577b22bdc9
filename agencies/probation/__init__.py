"""Northborough probation, invented: register entries about adults, in the shape of HMPPS domain events."""

from agencies.agency import Agency
from agencies.probation.translate import SOURCE, translate
from contracts.vocabulary import AgencyKind

AGENCY = Agency(
    name="probation",
    title="Northborough Probation",
    kind=AgencyKind.PROBATION,
    source=SOURCE,
    translate=translate,
    form="HMPPS domain event shape, registration (JSON)",
)
