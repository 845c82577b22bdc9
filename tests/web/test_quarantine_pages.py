"""Do the pages of what was set aside say why and what to do, mark alarms in words, and show nothing off the record?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.events.quarantine import QuarantineAsked
from hub.commands import staff
from hub.views.quarantine import QUARANTINE, in_order
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.browser import browser, hindrances, served
from tests.support.forged import forge
from tests.support.given import a_concern
from tests.support.house import house, say
from tests.support.pages import parts_of, signed_in
from tests.web.test_nothing_unrecorded import NotingStore

Looks = Callable[[], list[tuple[str, str, tuple[int, ...]]]]
CUT = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth).length"
SECRETS = ("Exemplar", "Robin", "9990001006", "crying")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub that took two messages in and set a forged one aside; what tests add is only looks."""
    made = house(tmp_path_factory.mktemp("hub"))
    say(made, "police", a_concern("C-1"))
    forge(made, "C-2")
    say(made, "police", a_concern("C-2"))
    return made


def number(hub: Hub) -> int:
    return in_order(hub.view_rows.read(QUARANTINE))[0].number


@pytest.fixture
def looks(hub: Hub) -> Looks:
    """What was asked since the test began."""
    start = max(row.position for row in hub.store.rows_after(0, 10_000))

    def since() -> list[tuple[str, str, tuple[int, ...]]]:
        facts = [hub.store.open_row(row) for row in hub.store.rows_after(start, 10_000)]
        return [(fact.act, fact.effect, fact.numbers) for fact in facts if isinstance(fact, QuarantineAsked)]

    return since


def test_the_feeds_page_leads_there_and_shows_nothing_of_it(hub: Hub, looks: Looks) -> None:
    answer = signed_in(hub, staff.IG_OFFICER).get("/feeds")
    assert answer.status_code == 200
    assert '<a href="/quarantine">' in answer.text
    (aside,) = in_order(hub.view_rows.read(QUARANTINE))[:1]
    assert aside.code not in answer.text
    assert f"/quarantine/{aside.number}" not in answer.text
    assert looks() == []


@pytest.mark.parametrize("member", [staff.IG_OFFICER, staff.DECISION_MAKER], ids=lambda member: member.subject)
def test_the_list_says_what_is_an_alarm_in_words_and_is_on_record(hub: Hub, member: staff.Member, looks: Looks) -> None:
    answer = signed_in(hub, member).get("/quarantine")
    assert answer.status_code == 200
    assert "<strong>Alarm.</strong> The signature does not prove who stated it" in answer.text
    assert "Alarms to look at first" in answer.text
    assert f'<a href="/quarantine/{number(hub)}">' in answer.text
    assert "This look is on record." in answer.text
    assert looks() == [("list", "permitted", ())]
    assert not [secret for secret in SECRETS if secret in answer.text]


def test_one_message_says_why_what_to_do_and_who_was_told(hub: Hub, looks: Looks) -> None:
    answer = signed_in(hub, staff.IG_OFFICER).get(f"/quarantine/{number(hub)}")
    assert answer.status_code == 200
    assert "Who it says sent it (not proved)" in answer.text
    assert "a signed receipt with this code went to" in answer.text
    assert "Call the agency on a number that you know already" in answer.text
    assert looks() == [("show", "permitted", (number(hub),))]
    assert not [secret for secret in SECRETS if secret in answer.text]


@pytest.mark.parametrize("path", ["", "/{number}"])
def test_another_role_is_refused_on_record(hub: Hub, path: str, looks: Looks) -> None:
    answer = signed_in(hub, staff.UNRELATED).get(f"/quarantine{path.format(number=number(hub))}")
    assert answer.status_code == 403
    assert "sig_bytes" not in answer.text
    assert [effect for _, effect, _ in looks()] == ["refused"]


@pytest.mark.parametrize("path", ["", "/{number}"])
def test_what_cannot_be_put_on_record_is_not_shown(hub: Hub, path: str) -> None:
    store = NotingStore(hub.store)
    browser = signed_in(hub, staff.IG_OFFICER, store)
    store.full = True
    answer = browser.get(f"/quarantine{path.format(number=number(hub))}")
    assert answer.status_code == 503
    assert "sig_bytes" not in answer.text


@pytest.mark.parametrize("rest", ["0", "999999", "x", "1/2", "01", "9" * 19, "%31"])
def test_there_is_nothing_at_any_other_address(hub: Hub, rest: str) -> None:
    assert signed_in(hub, staff.IG_OFFICER).get(f"/quarantine/{rest}").status_code == 404


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    hub = house(tmp_path)
    answer = signed_in(hub, staff.IG_OFFICER).get("/quarantine")
    assert "Nothing that reached the hub has been set aside." in answer.text
    assert "Nothing has been received yet." in answer.text
    rows = [hub.store.open_row(row) for row in hub.store.rows_after(0, 1_000)]
    assert [row.effect for row in rows if isinstance(row, QuarantineAsked)] == ["permitted"]


def test_in_a_browser_they_fit_and_nothing_is_in_anybodys_way(hub: Hub) -> None:
    with browser() as running, served(create_app(parts_of(hub))) as address:
        page = running.new_page()
        page.goto(f"{address}/sign-in")
        page.fill("#subject", staff.IG_OFFICER.subject)
        page.fill("#phrase", staff.phrase(hub, staff.IG_OFFICER))
        with page.expect_navigation():
            page.click("main button")
        for path in ("/quarantine", f"/quarantine/{number(hub)}"):
            page.goto(f"{address}{path}")
            for width in (320, 390, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, "has to be pushed sideways"
                assert not page.evaluate(CUT), "a table is wider than the page"
                assert not hindrances(page)
        page.close()


def test_the_list_says_that_what_an_edge_could_not_read_lies_at_that_edge(hub: Hub) -> None:
    said = signed_in(hub, staff.IG_OFFICER).get("/quarantine").text
    assert "could not read is not here: it lies at that edge" in said.partition("<table")[0]
