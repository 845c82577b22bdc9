"""Can a newcomer to the demo try what takes two people: is there a question to settle, and somebody else who agrees?"""

from pathlib import Path

from contracts.vocabulary import StaffRole
from hub.commands import demo, send, staff
from hub.views import questions
from tests.support.house import house
from tests.support.pages import parts_of, signed_in


def test_one_report_of_the_story_is_in_question_and_two_people_decide(tmp_path: Path) -> None:
    hub = house(tmp_path)
    staff.enrol(hub, demo.EVERYBODY)
    story = tuple(demo.story_files())
    for agency, path in (story[1], story[-1]):
        send.send(hub, agency, [path])
    hub.follow()
    (found,) = questions.in_order(parts_of(hub).rows_of("questions"))
    assert (found.why, len(found.candidates)) == ("birth_date_differs", 1)
    deciding = tuple(one for one in demo.EVERYBODY if one.role is StaffRole.MASH_DECISION_MAKER)
    assert [one.subject for one in deciding] == ["priya", "noor"]
    second = signed_in(hub, staff.SECOND_DECISION_MAKER)
    assert "1 report may be about a child the hub knows" in second.get("/").text
    assert [line.split()[0] for line in demo.people(hub)] == [one.subject for one in demo.EVERYBODY]
