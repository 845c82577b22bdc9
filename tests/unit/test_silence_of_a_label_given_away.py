"""Does a silence stay on the list of who is still to be told where a correction gives its label to somebody else?"""

from datetime import date

import pytest

from contracts.event_id import event_id
from contracts.events.hub import ReportLinked
from contracts.report import RoleOf, Told
from contracts.vocabulary import ChangeKind, PersonRole, Telling
from contracts.when import on_day
from hub.views.telling import project, to_tell
from tests.support.given import NOW, a_concern
from tests.support.read_life import link_of

POLICE, ADULT = "urn:childhub:agency:police", "adult1"
REVIEW = date(2026, 10, 1)


def linked(record: str, role: PersonRole, state: Telling, corrects: ReportLinked | None = None) -> ReportLinked:
    """A report that names one adult, and says this of telling them; a correction, where it corrects another."""
    report = a_concern(record, telling=())
    return link_of(report, POLICE, event_id(POLICE, report), NOW).model_copy(
        update={
            "roles": (RoleOf(person=ADULT, role=role),),
            "telling": (Told(person=ADULT, state=state, review_on=on_day(REVIEW)),),
            "change": ChangeKind.CORRECTION if corrects is not None else ChangeKind.NEW,
            "changes": corrects.report_id if corrects is not None else None,
        }
    )


@pytest.mark.parametrize(("role", "stays"), [(PersonRole.ADULT_OF_CONCERN, True), (PersonRole.PARENT_OR_CARER, False)])
def test_it_stays_unless_the_label_has_the_same_role_still(role: PersonRole, stays: bool) -> None:
    first = linked("C-1", PersonRole.PARENT_OR_CARER, Telling.NOT_TOLD_SAFETY)
    facts = (first, linked("C-2", role, Telling.TOLD_AFTER, first))
    rows = [row.values for position, fact in enumerate(facts) for row in project(fact, position)]
    found = [(one.role, one.state) for one in to_tell(rows, date(2027, 1, 1))]
    assert found == ([(PersonRole.PARENT_OR_CARER, Telling.NOT_TOLD_SAFETY)] if stays else [])
