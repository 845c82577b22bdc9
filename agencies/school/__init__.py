"""Northborough Primary School, invented: DfE education records."""

from agencies.agency import Agency
from agencies.school.accept import accept
from agencies.school.translate import SOURCE, translate
from contracts.vocabulary import AgencyKind

AGENCY = Agency(
    name="school",
    title="Northborough Primary School",
    kind=AgencyKind.MAINTAINED_SCHOOL,
    source=SOURCE,
    translate=translate,
    form="DfE SUI education record (JSON)",
    accept=accept,
)
