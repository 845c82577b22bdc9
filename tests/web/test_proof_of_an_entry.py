"""Does whoever may see an entry see how far it is proved, and get a proof that tells nothing of any other entry?"""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.events.hub import ReportLinked
from contracts.identifiers import parse_identifier
from hub.application.ports import Stream
from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import SECRETS

ROOT = Path(__file__).parent.parent.parent
HELD = {"READ-ME.txt", "entry", "entry.tlog-proof", "policy.txt"}
REPORT = re.compile(r'name="report" value="([0-9a-f]{32})"')


@pytest.fixture
def sealed(hub: Hub) -> Hub:
    """The hub, with all that it kept so far sealed."""
    hub.follow()
    return hub


@pytest.fixture
def priya(sealed: Hub) -> TestClient:
    """Somebody who may read the child's record."""
    return signed_in(sealed, staff.DECISION_MAKER)


def first_of(browser: TestClient) -> Mapping[str, str]:
    """What asks for one entry that the reader is shown."""
    return {**ASKING, "report": REPORT.findall(send(browser, "/chronology", ASKING).text)[0]}


def looks(hub: Hub) -> int:
    """How many decisions on Robin's record are kept."""
    (person,) = hub.index.people_with("nhs", parse_identifier(f"nhs:{ROBIN}").value)
    return hub.store.versions((Stream.access(person),))[0]


def test_each_version_says_how_far_it_is_proved_and_under_what(sealed: Hub, priya: TestClient) -> None:
    asked = first_of(priya)
    page = send(priya, "/entry", asked).text
    row = re.findall(r'data-label="Number on record">.*?</td>', page, re.DOTALL)
    assert row
    for one in row:
        assert '<use href="#proof-proved"/>' in one
        assert "Take its proof, on record" in one
    assert f"against the checkpoint of {sealed.bodies.last()[0]} entries" in page
    assert "python -m audit proof entry.tlog-proof --entry entry --policy policy.txt" in page
    assert "/audit/entry/" not in page
    assert not faults(page)


def test_its_proof_is_verified_without_the_hub_and_says_nothing_of_what_else_there_is(
    sealed: Hub, priya: TestClient, tmp_path: Path
) -> None:
    asked, before = first_of(priya), looks(sealed)
    answer = send(priya, "/entry/proof", asked)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert looks(sealed) == before + 1
    held = zipfile.ZipFile(io.BytesIO(answer.content))
    assert set(held.namelist()) == HELD
    given = b"".join(held.read(name) for name in held.namelist()).decode()
    assert not [secret for secret in SECRETS if secret in given]
    assert not re.search(r"\bversion\b|\bstream\b", given)  # the place of a row among the others of the child
    held.extractall(tmp_path)
    words = ["proof", "entry.tlog-proof", "--entry", "entry", "--policy", "policy.txt"]
    done = subprocess.run(
        [sys.executable, "-m", "audit", *words],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("Verified: this is entry ")


def test_it_is_the_entry_of_that_report_and_of_no_other(sealed: Hub, priya: TestClient) -> None:
    asked = first_of(priya)
    page = send(priya, "/entry", asked).text
    number = re.search(r"No\. (\d+)<br>", page)
    assert number is not None
    (row, link) = sealed.store.rows_after(int(number[1]) - 1, 2)
    fact = sealed.store.open_row(link)
    assert sealed.store.open_row(row) is None, "what an agency signed is opened by a permit alone"
    assert isinstance(fact, ReportLinked)
    assert fact.report_id.hex == asked["report"]


def test_who_may_not_see_it_gets_no_proof_and_the_try_is_on_record(sealed: Hub, priya: TestClient) -> None:
    asked, before = first_of(priya), looks(sealed)
    answer = send(signed_in(sealed, staff.NURSERY_LEAD), "/entry/proof", asked)
    assert answer.status_code == 403
    assert "zip" not in answer.headers["content-type"]
    assert looks(sealed) == before + 1
    unknown = send(priya, "/entry/proof", {**asked, "report": "00000000000040008000000000000000"})
    assert unknown.status_code == 404


def test_as_it_was_known_on_a_day_nothing_of_today_is_said_of_it(priya: TestClient) -> None:
    today = day_in_london(datetime.now(UTC))
    day = {"day-day": str(today.day), "day-month": str(today.month), "day-year": str(today.year)}
    page = send(priya, "/entry", {**first_of(priya), **day}).text
    assert "As the hub knew it on" in page
    assert "Number on record" not in page
    assert "#proof-" not in page
