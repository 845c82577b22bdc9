"""What was set aside, why, and from whom; the message itself stays in the store."""

from contracts.event import Fact
from contracts.events.hub import ReportQuarantined
from hub.views.view import View, ViewRow


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each message set aside."""
    if not isinstance(fact, ReportQuarantined):
        return ()
    return (
        ViewRow(
            str(position),
            {
                "position": position,
                "topic": fact.topic,
                "code": fact.code,
                "where": fact.where,
                "received": fact.received.isoformat(),
                "alarm": fact.alarm,
            },
        ),
    )


QUARANTINE = View("quarantine", 1, project)
