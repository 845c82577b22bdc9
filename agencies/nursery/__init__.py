"""Little Oaks nursery, an invented voluntary nursery: concerns noted by its staff, in a made-up table."""

from agencies.agency import Agency
from agencies.nursery.accept import accept
from agencies.nursery.translate import SOURCE, translate
from contracts.vocabulary import AgencyKind

AGENCY = Agency(
    name="nursery",
    title="Little Oaks Nursery",
    kind=AgencyKind.VCSE_INDEPENDENT,
    source=SOURCE,
    translate=translate,
    form="Little Oaks concern table (CSV, made up)",
    accept=accept,
)
