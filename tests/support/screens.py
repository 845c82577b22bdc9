"""`python -m tests.support.screens FOLDER`: a picture of every page, of invented people, and the list of them."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from consent.packs import LawSettings
from consent.refusals import Reason
from contracts.events.access import TieKind
from contracts.events.need import Assignee, Part
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, SensitivityTag, StaffRole, Telling
from hub.application.enrol import enrol_staff
from hub.application.lead_enquiry import Rated, assign_enquiry, open_enquiry, rate_enquiry
from hub.application.refuse_to_share import RefusingToShare, refuse_to_share
from hub.application.tie_staff import tie_staff
from hub.commands import demo, invented_desk, serve, staff
from hub.commands.demo_story import StoryClock, StoryHub
from hub.domain.clocks import Clocks, Hours, Limit, Rating
from hub.domain.moment import day_in_london
from hub.domain.own_area import duty_desk
from hub.domain.refusal import Asker, NotShared
from hub.settings import Settings
from hub.web.app import create_app
from hub.web.parts import Parts
from hub.wiring import Hub
from tests.support.asked import question_to
from tests.support.at_the_door import AtTheDoor
from tests.support.browser import browser, served
from tests.support.camera import Camera
from tests.support.families import about_father
from tests.support.forged import forge
from tests.support.given import POLICE, ROBIN, WREN, StoppedClock, a_child, a_concern, an_actor
from tests.support.house import house, proved, say
from tests.support.long_life import a_house, busy, parts_over
from tests.support.pages import ASKING, parts_of, send, signed_in
from tests.support.screen_checks import ANN, checking
from tests.support.screen_list import files, index
from tests.support.screen_shut_out import practising
from tests.support.screen_walks import Walk, deciding, skimming, touring
from tests.support.story import tell_story

TOUR_DAY = datetime(2026, 11, 20, 14, 15, tzinfo=UTC)
# An area as many are: the most pressing enquiries have four hours that run past closing.
CLOCKS = Clocks(
    Hours(time(8, 30), time(17)),
    (
        Rating("Red", Limit(4, "hours", runs_on=True)),
        Rating("Amber", Limit(1, "working_days")),
        Rating("Green", Limit(3, "working_days")),
    ),
    is_set=True,
)


def main(folder: Path) -> None:
    """Write the pictures and the list; whatever else lay in the folder is gone. Raises KeyError if one is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    with tempfile.TemporaryDirectory() as made, browser() as running:
        go_round(Path(made), lambda address: Camera(running.new_context().new_page(), address, folder))
    missing = set(files()) ^ {path.name for path in folder.iterdir()}
    if missing:
        raise KeyError(*sorted(missing))
    (folder / "README.md").write_text(index(), encoding="utf-8")


def go_round(made: Path, sent: Callable[[str], Camera]) -> None:
    """Every walk there is, each by whoever is sent to the address of its pages; its hubs are made in the folder."""
    (made / "busy").mkdir()
    home, clock = a_home(made / "house"), StoppedClock(datetime.now(UTC), "screens")
    told, own = a_told_story(made / "story"), parts_of(home, clock=clock)
    own = replace(own, door=AtTheDoor(home), late=lambda: (), clocks=CLOCKS)
    own = replace(own, about={**own.about, "duty_number": duty_desk(invented_desk.NUMBER)})
    full = replace(parts_over(home, a_house(made / "busy", busy(300))), about=own.about)
    walks: tuple[tuple[Parts, Walk, Hub], ...] = (
        (replace(serve.parts(told), late=lambda: ()), touring, told), (full, skimming, home),
        (own, deciding(clock), home), (own, practising(clock), home), (own, checking, home),
    )  # fmt: skip
    for over, walk, hub in walks:
        with served(create_app(over)) as address:
            walk(sent(address), hub)


def a_told_story(folder: Path) -> StoryHub:
    """The hub that `make demo` serves, as it stands on one day, whichever day it is made on."""
    told = demo.enrolled(Settings(home=folder), StoryClock(StoppedClock(TOUR_DAY, "tour")))
    for _ in told.receive_story():
        pass
    return told


def a_home(folder: Path) -> Hub:
    """A hub with something on every list: two families, a question, a message set aside, an agency asked, a refusal."""
    folder.mkdir()
    home = house(folder)
    checker = an_actor(ANN.subject, "social-care", AgencyKind.LOCAL_AUTHORITY, StaffRole.IG_OFFICER)
    checker = checker.model_copy(update={"issuer": staff.ISSUER})
    enrol_staff(home.store, home.clock, checker, ANN.name, home.phrases.hashed(staff.phrase(home, ANN)))
    tell_story(home)
    wren = a_child(WREN, given="Wren")
    for record in ("C-1", "C-3"):  # one of which somebody is told on the way
        say(home, "police", about_father(record, Telling.NOT_TOLD_SAFETY, child=wren))
    say(home, "health", a_concern("H-9", a_child(family="Quite", given="Else", born="2015-01-02")))
    say(home, "social_care", a_concern("C-9", wren, tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    say(home, "housing", a_concern("T-10", wren, "She is staying with her aunt beyond the river"))
    forge(home, "C-2")
    _open_enquiry(home)
    send(signed_in(home, staff.DECISION_MAKER), "/ask/keep", question_to("police", "gp"))
    _leave_waiting(home)
    home.work()
    return home


def _open_enquiry(home: Hub) -> None:
    """An enquiry about Robin, which is the decision-maker's own."""
    lena, robin = proved(home, staff.DECISION_MAKER), parse_identifier(f"nhs:{ROBIN}")
    open_enquiry(home.reading(), lena, robin, Purpose.SECTION_47)
    whom = Assignee(part=Part.WORKER, name=lena.subject)
    assign_enquiry(home.reading(), lena, robin, Purpose.SECTION_47, whom)
    rate_enquiry(home.reading(), lena, robin, Purpose.SECTION_47, Rated("Amber"))


def _leave_waiting(home: Hub) -> None:
    """What no walk would leave: a share nobody read, sharing refused by the law and by people, a look to ask about.

    The look is of somebody who told the hub afterwards that the child is theirs.
    """
    robin = parse_identifier(f"nhs:{ROBIN}")
    staff.enrol(home, (staff.SECOND_DECISION_MAKER,))
    noor = signed_in(home, staff.SECOND_DECISION_MAKER, clock=StoppedClock(home.clock.now() - timedelta(days=9), "ago"))
    for why in ("s47", "early_help"):
        answered = {"what": "all", "to-gp": "1", "why": why, "family": "to_be_told"}
        send(noor, "/decide/keep", {**ASKING, **answered})
    tied = proved(home, staff.SECOND_DECISION_MAKER)
    tie_staff(home.store, home.clock, tied, tied.subject, (TieKind.CHILD, f"nhs:{ROBIN}"))
    refusing = RefusingToShare(home.store, home.index, home.clock, LawSettings(), home.deciding())
    refuse_to_share(refusing, NotShared(
        proved(home, staff.DECISION_MAKER), Asker(POLICE, AgencyKind.POLICE), "Who reported it", Purpose.SECTION_17,
        Reason.NO_CONSENT, "They said no", "Lead", day_in_london(home.clock.now()) - timedelta(days=1),
    ), robin)  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
