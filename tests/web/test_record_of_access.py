"""Do the pages of the record of access show who did what, prove each entry, show no record, and nothing unrecorded?"""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from fastapi.testclient import TestClient

from contracts.events.access import ReadDecided
from contracts.events.hub import AccessDecided
from contracts.events.sharing import Cause
from hub.commands import staff
from hub.commands.staff import Member
from hub.domain import access_words
from hub.domain.access_line import AccessLine
from hub.web.app import create_app
from hub.web.refusals import MISSING
from hub.web.rendering import number
from hub.wiring import Hub
from tests.support.browser import browser, hindrances, served
from tests.support.given import ROBIN
from tests.support.house import house
from tests.support.html import faults
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in, signed_in
from tests.support.story import SECRETS, tell_story
from tests.web.test_chronology_page import words_of
from tests.web.test_nothing_unrecorded import NotingStore
from tests.web.test_quarantine_pages import CUT

PAGES = (
    "/audit",
    "/audit/looks",
    "/audit/refused",
    "/audit/staff",
    "/audit/emergencies",
    "/audit/telling",
    "/audit/sharing",
    "/audit/policies",
    "/audit/subject-reports",
)
Reads = Callable[[], list[tuple[str, str, tuple[str, ...]]]]
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def signed(hub: Hub) -> TestClient:
    """The information-governance officer, after two people looked at Robin's record, of whom one was refused."""
    for member in (staff.NURSERY_LEAD, staff.DECISION_MAKER):
        send(signed_in(hub, member), "/chronology", ASKING)
    return signed_in(hub, staff.IG_OFFICER)


@pytest.fixture
def ivy(hub: Hub, signed: TestClient) -> TestClient:
    """The same, with all that was kept so far sealed."""
    hub.follow()
    return signed


@pytest.fixture
def reads(hub: Hub) -> Reads:
    """What was read of the record since the test began: what, how it came out, and by what it was narrowed down."""
    start = max(row.position for row in hub.store.rows_after(0, 100_000))

    def since() -> list[tuple[str, str, tuple[str, ...]]]:
        facts = [hub.store.open_row(row) for row in hub.store.rows_after(start, 100_000)]
        return [(fact.what, fact.effect, fact.sought) for fact in facts if isinstance(fact, ReadDecided)]

    return since


def position_of(hub: Hub, effect: str) -> int:
    """Where the newest decision about a chronology that came out so is on record."""
    rows = reversed(hub.store.rows_after(0, 100_000))
    facts = ((row.position, hub.store.open_row(row)) for row in rows)
    return next(
        position
        for position, fact in facts
        if isinstance(fact, AccessDecided) and fact.what == "chronology" and fact.effect == effect
    )


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_well_made_and_shows_no_word_of_a_record(ivy: TestClient, path: str) -> None:
    answer = ivy.get(path)
    assert answer.status_code == 200
    assert not faults(answer.text)
    assert not [secret for secret in SECRETS if secret in answer.text]
    assert "complete" not in answer.text.lower().replace('autocomplete="off"', "")


@pytest.mark.parametrize(
    "path", [*PAGES, "/audit/entry/{number}", "/audit/entry/{number}/proof", "/audit/staff/{number}"]
)
def test_another_role_is_refused_and_the_try_is_on_record(hub: Hub, path: str, reads: Reads) -> None:
    number = hub.store.rows_after(0, 1)[0].position
    answer = signed_in(hub, staff.UNRELATED).get(path.format(number=number))
    assert answer.status_code == 403
    assert "This look is on record" not in answer.text
    if path != "/audit/telling":  # that list is kept in the record of each child on it
        assert [effect for _, effect, _ in reads()] == ["refused"]


@pytest.mark.parametrize(
    "path", [*PAGES, "/audit/entry/{number}", "/audit/entry/{number}/proof", "/audit/staff/{number}"]
)
def test_what_cannot_be_put_on_record_is_not_shown(hub: Hub, path: str) -> None:
    store = NotingStore(hub.store)
    browser = browsing(create_app(replace(parts_of(hub, store), kept=hub.store)))
    sign_in(browser, hub, staff.IG_OFFICER)
    store.full = True
    answer = browser.get(path.format(number=hub.store.rows_after(0, 1)[0].position))
    form_alone = path == "/audit/staff"
    assert answer.status_code == (200 if form_alone else 503), answer.text
    assert "On record" not in answer.text


def test_the_looks_are_found_by_agency_purpose_and_outcome(ivy: TestClient, reads: Reads) -> None:
    everything = ivy.get("/audit/looks")
    assert "Priya Anand" in everything.text
    assert "Lena Marsh" in everything.text
    by_nursery = send(ivy, "/audit/looks", {"agency": "urn:childhub:agency:nursery", "period": "7"})
    assert "Lena Marsh" in by_nursery.text
    assert "Priya Anand" not in by_nursery.text
    refused = send(ivy, "/audit/looks", {"effect": "refused", "purpose": "s47", "kind": "consultation"})
    assert "Lena Marsh" in refused.text
    assert "Permitted" not in re.sub("<option.*?</option>", "", refused.text, flags=re.S)
    before = send(ivy, "/audit/looks", {"day-day": "1", "day-month": "2", "day-year": "2020"})
    assert "No entry in these days is of that kind." in before.text
    assert [what for what, _, _ in reads()] == ["accesses", "accesses", "accesses_refused", "accesses"]
    assert "urn:childhub:agency:nursery" in reads()[1][2]


def test_what_one_person_did_is_found_by_name_and_by_an_entry(hub: Hub, ivy: TestClient, reads: Reads) -> None:
    by_name = send(ivy, "/audit/staff", {"subject": "lena", "period": "7"})
    by_entry = ivy.get(f"/audit/staff/{position_of(hub, 'refused')}")
    for answer in (by_name, by_entry):
        assert 'Sign-in name <span class="code"><bdi>lena</bdi></span>' in answer.text
        assert "Priya Anand" not in answer.text
        assert re.search(r"about (1 child|\d+ children),", answer.text)  # the hub is shared by the tests of pages
        assert not faults(answer.text)
    assert [(what, sought[0]) for what, _, sought in reads()] == [("accesses_of_staff", "lena")] * 2
    assert send(ivy, "/audit/staff", {"subject": "nobody"}).status_code == 422


def test_an_entry_is_proved_in_front_of_the_reader(hub: Hub, ivy: TestClient, reads: Reads) -> None:
    number = position_of(hub, "permitted")
    answer = ivy.get(f"/audit/entry/{number}")
    assert answer.status_code == 200
    assert "Proved: nothing changed or removed" in answer.text
    assert "No witnesses are set for this hub" in answer.text
    assert "What this log does not show" in answer.text
    assert "Looked at: Chronology" in answer.text
    assert "Priya Anand" in answer.text
    assert not faults(answer.text)
    assert not [secret for secret in SECRETS if secret in answer.text]
    assert reads() == [("entry_proof", "permitted", (str(number),))]


def test_what_is_not_sealed_yet_waits(hub: Hub, ivy: TestClient) -> None:
    send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    number = position_of(hub, "permitted")
    answer = ivy.get(f"/audit/entry/{number}")
    assert "Waiting to be sealed" in answer.text
    assert "Proved" not in answer.text
    assert ivy.get(f"/audit/entry/{number}/proof").status_code == 404


def test_the_proof_that_is_downloaded_is_verified_without_the_hub(hub: Hub, ivy: TestClient, tmp_path: Path) -> None:
    answer = ivy.get(f"/audit/entry/{position_of(hub, 'permitted')}/proof")
    assert answer.headers["content-type"] == "application/zip"
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    words = ["proof", "entry.tlog-proof", "--entry", "entry", "--body", "body.json", "--policy", "policy.txt"]
    done = verify(tmp_path, words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the body is the one that the entry stands for" in done.stdout
    other = ivy.get(f"/audit/entry/{position_of(hub, 'refused')}/proof")
    (tmp_path / "body.json").write_bytes(zipfile.ZipFile(io.BytesIO(other.content)).read("body.json"))
    done = verify(tmp_path, words)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "NOT VERIFIED")


def verify(folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """The answer of the stand-alone verifier."""
    command = [sys.executable, "-m", "audit", *words]
    return subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("rest", ["0", "x", "99999999", "1/2", "01", "9" * 19, "1/proof/"])
def test_there_is_nothing_at_any_other_number(ivy: TestClient, rest: str) -> None:
    answer = ivy.get(f"/audit/entry/{rest}")
    assert answer.status_code == 404
    assert not faults(answer.text)
    assert "<h1" in answer.text
    assert MISSING in answer.text


def test_who_looked_is_narrowed_down_without_the_child_in_an_address(hub: Hub, ivy: TestClient) -> None:
    whole = send(ivy, "/who-looked", {"child": ASKING["child"]})
    child = re.search('name="child" value="(hub:[0-9a-f-]{36})"', whole.text)
    assert child is not None
    nursery = send(ivy, "/who-looked", {"child": child[1], "agency": "urn:childhub:agency:nursery"})
    assert "Lena Marsh" in nursery.text
    assert "Priya Anand" not in nursery.text
    assert "on record that you did not ask for" in nursery.text
    assert not faults(nursery.text)


@pytest.mark.parametrize("member", [staff.IG_OFFICER], ids=lambda member: member.subject)
@pytest.mark.usefixtures("ivy")
def test_in_a_browser_they_fit_and_nothing_is_in_anybodys_way(hub: Hub, member: Member) -> None:
    number = position_of(hub, "permitted")
    with browser() as running, served(create_app(parts_of(hub))) as address:
        page = running.new_page()
        page.goto(f"{address}/sign-in")
        page.fill("#subject", member.subject)
        page.fill("#phrase", staff.phrase(hub, member))
        with page.expect_navigation():
            page.click("main button")
        for path in (*PAGES, f"/audit/entry/{number}", f"/audit/staff/{number}"):
            page.goto(f"{address}{path}")
            for width in (320, 390, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                assert not page.evaluate(CUT), f"a table is wider than the page: {path} at {width}"
                assert not hindrances(page), path
        page.close()


def test_the_page_of_a_child_says_what_waits_and_draws_when_people_looked(tmp_path: Path) -> None:
    hub = house(tmp_path)
    tell_story(hub)
    send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    opening = {**ASKING, "reason": "hurt", "understood": "1"}
    assert send(signed_in(hub, staff.UNRELATED), "/emergency", opening).status_code == 200
    hub.follow()
    ivy = signed_in(hub, staff.IG_OFFICER)
    asked = {"child": ASKING["child"]}
    page = send(ivy, "/who-looked", asked)
    assert not faults(page.text)
    assert ["1 to review" in page.text, page.text.count('<li class="card')] == [True, 1]
    assert "Reason chosen: The child is hurt" in page.text
    said = words_of(page.text)
    assert "Has looked 1 time in all. Their agency told the hub something about this child within a day of it." in said
    assert "by 3 people of 2 agencies, newest first" in said
    waiting = re.findall(r'<tr role="row" class="waits">.*?</tr>', page.text, re.DOTALL)
    assert ["To review" in row and "Sam Whitlow" in row for row in waiting] == [True]
    assert "What it cannot show" in said
    assert "How an entry is proved" in said
    drawn = re.findall(r"<title>([A-Z][^<]*)</title>(<path|<circle)", page.text)
    assert [(says.split(",")[0], shape) for says, shape in drawn] == [
        ("Priya Anand", "<circle"),
        ("Sam Whitlow", "<path"),
    ]
    decision = re.findall(r'name="decision" value="([0-9a-f-]{36})"', page.text)[0]
    send(ivy, "/audit/review", {"decision": decision, "finding": "confirm", "list": "emergency"})
    hub.follow()
    after = send(ivy, "/who-looked", asked).text
    assert "to review" not in after.lower().replace("waits for a review", "")
    assert "Has looked" not in after
    assert not [secret for secret in SECRETS if secret in page.text + after]


@pytest.mark.parametrize("cause", get_args(Cause))
def test_why_something_was_shared_is_said_in_words(cause: str) -> None:
    line = AccessLine(1, datetime(2026, 11, 22, tzinfo=UTC), "disclosure", cause, "permitted")
    said = access_words.done(line)
    done, why = said.split(": ")
    assert done == ("Recalled" if cause in ("moved", "taken_back") else "Shared")
    assert len(why.split()) > 2, said


def test_who_looked_names_each_decision_by_its_short_number(signed: TestClient, hub: Hub) -> None:
    said = words_of(send(signed, "/who-looked", {"child": ROBIN}).text)
    assert not re.findall(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", said)
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 100_000))
    looked = [fact for fact in facts if isinstance(fact, AccessDecided) and fact.what == "chronology"]
    assert number(looked[-1].decision_id) in said
