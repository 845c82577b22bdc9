"""Which records a human must look at: one person, or two."""

from contracts.event import Fact
from contracts.events.hub import IdentityQuestioned
from hub.views.view import Values, View, ViewRow


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each question."""
    if not isinstance(fact, IdentityQuestioned):
        return ()
    values: Values = {
        "person_id": str(fact.person_id),
        "report_id": str(fact.report_id),
        "why": fact.why,
        "position": position,
    }
    return (
        ViewRow(
            str(fact.report_id),
            {**values, "at": fact.at.isoformat(), "candidates": [str(candidate) for candidate in fact.candidates]},
        ),
    )


QUESTIONS = View("questions", 1, project)
