"""Northborough Housing, an invented council service: noise complaints, in a made-up table."""

from agencies.agency import Agency
from agencies.housing.translate import SOURCE, translate
from contracts.vocabulary import AgencyKind

AGENCY = Agency(
    name="housing",
    title="Northborough Housing",
    kind=AgencyKind.LOCAL_AUTHORITY,
    source=SOURCE,
    translate=translate,
    form="Northborough noise complaint table (CSV, made up)",
)
