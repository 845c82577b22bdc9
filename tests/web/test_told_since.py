"""Does the page say what was stated at the hub of telling somebody, beside what the agency said, and escaped?"""

from pathlib import Path

from consent.packs import LawSettings
from contracts.vocabulary import Telling
from hub.application.sign_in import act_as
from hub.application.state_telling import StatingTelling, state_telling
from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.domain.told import NowTold
from tests.support.families import THERE, about_father
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in


def test_the_page_says_who_was_told_since_by_whom_and_how(tmp_path: Path) -> None:
    hub = house(tmp_path)
    (report_id,) = say(hub, "police", about_father("C-1", Telling.NOT_TOLD_SAFETY))
    stating = StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding())
    made = NowTold(
        act_as(hub.store, "priya"), report_id, "father", Telling.TOLD_AFTER, day_in_london(hub.clock.now()),
        "in_person", "Social worker <b>Ada</b>", child_agrees="agrees", child_words="Tell him I am well",
    )  # fmt: skip
    assert state_telling(stating, THERE, made).stands
    text = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING).text
    assert "Since then, " in text
    assert "<strong>Not told, for someone&#39;s safety</strong>" in text
    assert "<strong>Told afterwards</strong>" in text
    assert "in person, by Social worker &lt;b&gt;Ada&lt;/b&gt;" in text
    assert "the child says: Tell him I am well" in text
    assert "<b>Ada" not in text
    assert faults(text) == ()
