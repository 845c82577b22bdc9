"""When each agency was last heard, so that silence can be told from nothing."""

from contracts.event import Fact
from contracts.events.hub import ReportLinked, ReportQuarantined
from hub.views.view import Values, View, ViewRow


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each source: when it was last heard and where."""
    if not isinstance(fact, ReportLinked | ReportQuarantined) or fact.source is None:
        return ()
    values: Values = {"source": fact.source, "last_heard": fact.received.isoformat(), "position": position}
    return (ViewRow(fact.source, {**values, "what": fact.TYPE}),)


FEEDS = View("feeds", 1, project)
