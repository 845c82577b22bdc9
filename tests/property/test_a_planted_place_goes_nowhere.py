"""Does a protected place, written into any text of any report, in any way of writing it, leave by any way out?"""

import re
from pathlib import Path

import pytest

from contracts.events.access import EmergencyReason
from contracts.events.printing import PrintReason
from contracts.identifiers import Identifier, parse_identifier
from contracts.report import Person, Report
from contracts.vocabulary import AgencyKind, Purpose, SensitivityTag, StaffRole
from hub.application.break_glass import break_glass
from hub.application.export_audit import Days, Form
from hub.application.ports import Stream
from hub.application.print_chronology import Printed, print_chronology
from hub.application.read_chronology import read_chronology
from hub.commands import chronology, staff
from hub.commands.audit_export import write
from hub.commands.one_line import in_json
from hub.domain.emergency import Opening
from hub.domain.family_answer import Asker
from hub.domain.printing import Printing
from hub.web.app import create_app
from hub.wiring import Hub, all_agreements
from tests.support.families import asked as family_asks
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.house import house, say
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in, signed_in
from tests.support.planted_places import (
    POSTCODES,
    SAFE,
    TELEPHONES,
    places_for_words,
    sampled,
    strings,
    text_at,
    told,
    ways,
)
from tests.support.sharers import SharingHub
from tests.web.test_nothing_unrecorded import answers
from tests.web.test_strangers import every_route

SEED, ALONE = 32, 8
FORMS: tuple[Form, ...] = ("fhir", "csv", "s62")
KEEP_OUT = {("GET", "/sign-out"), ("POST", "/sign-out"), ("POST", "/sign-in"), ("POST", "/sessions")}  # they end it
_REPORT = re.compile(r'name="report" value="([^"]+)"')
SAM = an_actor("sam", "school", AgencyKind.MAINTAINED_SCHOOL, StaffRole.PRACTITIONER)
OTHER = a_child(WREN, given="Wren")
OF = {"the child's own reports": (ROBIN, None, ()), "another child's": (WREN, OTHER, (*POSTCODES, *TELEPHONES))}


class Planted(SharingHub):
    """A hub that knows where Robin was brought to safety, and was then sent that place in every text of every kind."""

    reports: tuple[Report, ...] = ()
    nhs: str = ROBIN

    def plant(self, nhs: str, child: Person | None, how: tuple[str, ...]) -> None:
        """They arrive, each accepted: agencies that do not know of the danger wrote them."""
        self.nhs, self.reports = nhs, tuple(sampled(SEED, ALONE, child, how))[:: 1 if child is None else 2]
        for report in self.reports:
            assert self.receive(report).outcome == "accepted"


@pytest.fixture(scope="module", params=OF)
def hub(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The same for every way out."""
    made = Planted(tmp_path_factory.mktemp("planted"))
    fled = a_child().model_copy(update={"address": SAFE})
    made.receive(a_concern("C-0", fled, tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    made.plant(*OF[request.param])
    return made


def child(hub: Planted) -> Identifier:
    return parse_identifier(f"nhs:{hub.nhs}")


def test_it_was_written_into_every_kind_of_text_and_stands_apart(hub: Planted) -> None:
    """Were it not there, its absence elsewhere would say nothing."""
    kinds = {report.TYPE for report in hub.reports if told(strings(report))}
    assert kinds == {report.TYPE for report in hub.reports}
    fields = {leaf[0] for report in hub.reports for leaf in places_for_words(report) if told([text_at(report, leaf)])}
    assert fields >= {"record", "change", "people", "statements", "place", "handling", "bases", "telling", "provenance"}


def test_the_chronology_as_shown_and_as_json(hub: Planted) -> None:
    shown = read_chronology(hub.reading(), an_actor(), child(hub), Purpose.SECTION_47)
    assert len(shown.entries) > len(hub.reports) // 2
    assert told(strings(shown)) == []
    assert told([in_json(chronology.as_object(shown)), *chronology.lines(shown, hub.clock.now().date())]) == []


def test_what_is_opened_in_an_emergency(hub: Planted) -> None:
    opened = break_glass(hub.reading(), Opening(SAM, EmergencyReason.HURT, hub.clock.now()), child(hub))
    assert len(opened.chronology.entries) > len(hub.reports) // 2
    assert told(strings(opened.chronology)) == []


@pytest.mark.parametrize("to", [None, "urn:childhub:agency:school"])
def test_paper(hub: Planted, to: str | None) -> None:
    asking = Printing(
        actor=an_actor(),
        purpose=Purpose.SECTION_47,
        product="meeting_pack" if to is not None else "court_chronology",
        reason=PrintReason.STRATEGY if to is not None else PrintReason.PROCEEDINGS,
        at=hub.clock.now(),
        meant_for="Safeguarding lead",
        recipient=next((one for one in all_agreements() if one.source == to), None),
    )
    found = print_chronology(hub.reading(), asking, child(hub))
    assert isinstance(found, Printed)
    assert found.chronology.entries
    assert told(strings(found.chronology)) == []


@pytest.mark.parametrize("to", ["health", "care"])
def test_what_goes_to_another_agency(hub: Planted, to: str) -> None:
    hub.caught.sent.clear()
    fact = hub.share(hub.asked(*hub.reports, to=getattr(hub, to)), child(hub))
    assert told(strings(fact)) == []
    assert len(hub.caught.sent) > len(hub.reports) // 2
    assert told(text for sent in hub.caught.sent for text in strings(sent)) == []


def test_the_familys_letter(hub: Planted) -> None:
    answer = family_asks(hub, child(hub), Asker("child", "child", "document_seen"))
    assert told([answer.letter, answer.outgoing.decode()]) == []


def test_what_the_hub_states_itself_on_record(hub: Planted) -> None:
    """The link to each report, each decision and each look: all that is read without opening a report."""
    (person,) = hub.index.people_with("nhs", hub.nhs)
    history = hub.store.read_history(person)
    access = hub.store.read_stream(Stream.access(person))
    assert len(history.linked()) > len(hub.reports) // 2
    assert told(text for fact in (*history.facts, *access) for text in strings(fact)) == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub with its pages, to which agencies wrote it in some kinds of report."""
    made = house(tmp_path_factory.mktemp("house"))
    fled = a_child().model_copy(update={"address": SAFE})
    say(made, "police", a_concern("C-0", fled, tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    say(made, "police", *tuple(sampled(SEED, 0))[::4])
    made.follow()
    return made


def test_every_page_and_one_entry(whole: Hub) -> None:
    app = create_app(parts_of(whole))
    for member in (staff.DECISION_MAKER, staff.IG_OFFICER):
        browser = browsing(app)
        sign_in(browser, whole, member)
        for method, path in sorted(every_route(app.routes) - KEEP_OUT):
            if member is staff.IG_OFFICER and not path.startswith(("/audit", "/who-looked")):
                continue
            assert told(page.text for page in answers(browser, method, path)) == []
    browser = signed_in(whole, staff.DECISION_MAKER)
    listed = send(browser, "/chronology", ASKING)
    reports = tuple(dict.fromkeys(_REPORT.findall(listed.text)))
    assert len(reports) > 5
    for report in reports:
        page = send(browser, "/entry", {**ASKING, "report": report})
        assert (page.status_code, told([page.text])) == (200, [])


@pytest.mark.parametrize("form", FORMS)
def test_exports_of_the_record(whole: Hub, tmp_path: Path, form: Form) -> None:
    out = tmp_path / "out"
    write(whole, "ivy", form, Days(), out)
    assert len(out.read_text()) > 100
    assert told([out.read_text()]) == []


def test_every_way_of_writing_it_would_be_found() -> None:
    assert [one for one in ways() if not told([one])] == []
    assert told(["<b>ZE9</b> 4QZ"]) != []
    assert told(["9 Elsewhere Road, ZE9 4QY, 01632 960124"]) == []
