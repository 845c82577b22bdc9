"""Hexley Police, an invented force: DfE crime records, and child-concern notices in a made-up form of its own."""

from agencies.agency import Agency
from agencies.police.accept import accept
from agencies.police.translate import SOURCE, translate
from contracts.vocabulary import AgencyKind

AGENCY = Agency(
    name="police",
    title="Hexley Police",
    kind=AgencyKind.POLICE,
    source=SOURCE,
    translate=translate,
    form="DfE SUI crime record (JSON); Hexley incident notice (JSON, made up)",
    accept=accept,
)
