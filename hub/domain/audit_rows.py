"""The record of access as tables: every line with all that is known of it, or the statutory log alone.

Statutory log: Data Protection Act 2018 s62(1) to (3), as amended by the Data (Use and Access) Act 2025 s82: date and
time of a consultation or disclosure and, as far as possible, who consulted, who disclosed, and the recipients.
"""

from datetime import UTC, datetime
from typing import Final

from hub.domain.access_line import AccessLine

COLUMNS: Final = (
    *("number", "at_utc", "kind", "what", "effect", "issuer", "subject", "agency", "role", "assurance", "via"),
    *("purpose", "decision", "people", "items", "recipients", "rules"),
)
STATUTORY: Final = ("operation", "date", "time_utc", "who", "agency", "recipients", "log_number")


def whole(line: AccessLine) -> tuple[str, ...]:
    """Everything that is known of a line, in the order of COLUMNS."""
    actor = line.actor
    who = (
        (actor.issuer, actor.subject, actor.agency, actor.role.value, actor.assurance, str(actor.via))
        if actor is not None
        else ("", "", line.source, "", "", "")
    )
    return (
        str(line.position),
        line.at.astimezone(UTC).isoformat(),
        line.kind,
        line.what,
        line.effect,
        *who,
        line.purpose.value if line.purpose is not None else "",
        str(line.decision_id) if line.decision_id is not None else "",
        " ".join(str(one) for one in line.people),
        str(line.items),
        " ".join(line.recipients),
        " ".join(line.rules),
    )


def statutory(line: AccessLine) -> tuple[str, ...] | None:
    """A line of the statutory log, in the order of STATUTORY; None for what is none of the six operations."""
    if line.operation is None:
        return None
    at = line.at.astimezone(UTC)
    who = f"{line.actor.issuer} {line.actor.subject}" if line.actor is not None else ""
    recipients = " ".join(line.recipients)
    return (
        line.operation.value,
        at.date().isoformat(),
        at.time().isoformat(),
        who,
        line.agency,
        recipients,
        str(line.position),
    )


def taken_out(by: str, at: datetime, number: int, columns: int) -> tuple[str, ...]:
    """The last row of a table: who took it out, when, and as which number of the log; as wide as the others."""
    told = ("Taken out", f"by {by}", f"at {at.astimezone(UTC).isoformat()}", f"on record as number {number}")
    return (*told, *("" for _ in range(columns - len(told))))
