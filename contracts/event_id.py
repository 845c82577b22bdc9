"""The id of a fact an agency states: made from its source and record, so that the same statement has the same id.

The hub checks it, so no agency can state something under the id of another's report.
"""

from uuid import UUID, uuid5

from contracts import strict_json
from contracts.report import Report
from contracts.strict_json import Json

_NAMESPACE = UUID("6f1d4c5e-6f0b-5c3a-9d0e-3a5a0f6f7d11")


def event_id(source: str, report: Report) -> UUID:
    """The id of a fact (RFC 9562 version 5), made from its source, record, record version, part, type and mapping.

    The version of the mapping counts, because another mapping may make other bytes of the same record: those are then
    a newer statement about the record and not a changed one under the old id.
    """
    record, mapping = report.record, report.provenance.adapter_version
    named: list[Json] = [source, record.system, record.record_id, record.record_version, record.part]
    return uuid5(_NAMESPACE, strict_json.write({"of": [*named, report.TYPE, mapping]}).decode())
