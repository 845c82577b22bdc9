"""Northborough children's social care, an invented council: the DfE daily JSON and children's services records."""

from agencies.agency import Agency
from agencies.social_care.told import SOURCE
from agencies.social_care.translate import translate
from contracts.vocabulary import AgencyKind

AGENCY = Agency(
    name="social_care",
    title="Northborough Children's Social Care",
    kind=AgencyKind.LOCAL_AUTHORITY,
    source=SOURCE,
    translate=translate,
    form="DfE daily children's social care JSON; DfE SUI children's services record (JSON)",
)
