"""Does each row of the record of access say how far its entry is proved, and alarm when it is not as it was sealed?"""

import io
import re
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from hub.commands import staff
from hub.wiring import Hub
from tests.support.given import a_concern
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in

CHILD = {"child": ASKING["child"]}
LISTS = ("/audit/looks", "/audit/refused", "/audit/emergencies", "/audit/sharing")


@pytest.fixture(scope="module")
def house_of_looks(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub in which one look was let, one refused and one an emergency; all of it is sealed."""
    hub = house(tmp_path_factory.mktemp("hub"))
    say(hub, "police", a_concern("C-1"))
    send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    send(signed_in(hub, staff.NURSERY_LEAD), "/chronology", ASKING)
    send(signed_in(hub, staff.UNRELATED), "/emergency", {**ASKING, "reason": "hurt", "understood": "1"})
    hub.follow()
    return hub


@pytest.fixture(scope="module")
def ivy(house_of_looks: Hub) -> TestClient:
    """The officer who checks."""
    return signed_in(house_of_looks, staff.IG_OFFICER)


def rows_of(page: str) -> list[str]:
    """The rows of the tables on a page."""
    return re.findall(r'<tr role="row"[^>]*>\s*<th role="rowheader".*?</tr>', page, re.DOTALL)


def test_each_row_says_proved_with_a_sign_and_leads_to_its_proof(house_of_looks: Hub, ivy: TestClient) -> None:
    house_of_looks.follow()
    page = send(ivy, "/who-looked", CHILD).text
    own, *rows = rows_of(page)
    assert "Waits to be sealed, by " in own
    assert '#proof-waiting"' in own
    assert len(rows) >= 4
    for row in rows:
        found = re.findall(r'href="(/audit/entry/\d+/proof)" download>Proved<span class="vh">: .*on record', row)
        assert len(found) == 1, row
        assert '<use href="#proof-proved"/>' in row
    proof = zipfile.ZipFile(io.BytesIO(ivy.get(found[0]).content))
    assert "entry.tlog-proof" in proof.namelist()
    assert f"{len(rows)} of the {len(rows) + 1} entries on this page are proved" in page
    assert "No witnesses are set for this hub" in page
    assert not faults(page)


def test_a_page_that_shows_a_number_says_which_number_it_is(house_of_looks: Hub, ivy: TestClient) -> None:
    """Its place in all that is kept, and its place in the year's log, counted from 0: never the same number."""
    house_of_looks.follow()
    listed = send(ivy, "/who-looked", CHILD).text
    assert "in the order of all that the hub keeps, which is not its number in a year’s sealed log." in listed
    (number, *_) = re.findall(r'href="/audit/entry/(\d+)/proof"', listed)
    page = ivy.get(f"/audit/entry/{number}").text
    told = f"{number} is its number in the order of all that the hub keeps. In the sealed log of its year it is no. "
    (leaf,) = re.findall(rf"{told}(\d+), counted from 0", page)
    assert f"No. {leaf} of " in page
    assert leaf != number


@pytest.mark.parametrize("path", LISTS)
def test_each_list_says_how_far_its_entries_are_proved(house_of_looks: Hub, ivy: TestClient, path: str) -> None:
    house_of_looks.follow()
    page = ivy.get(path).text
    rows = rows_of(page)
    assert rows or path == "/audit/sharing"
    assert all("Proved<span" in row or "All proved" in row for row in rows)
    assert "do-not-rely" not in page
    assert not faults(page)


def test_what_is_not_as_sealed_is_said_before_all_else_with_what_to_do(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern("C-1"))
    send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    hub.follow()
    for file in (hub.log_folder / "tile" / "0").rglob("*"):
        if file.is_file():
            file.write_bytes(bytes(file.stat().st_size))
    ivy = signed_in(hub, staff.IG_OFFICER)
    whole, looks = send(ivy, "/who-looked", CHILD).text, ivy.get("/audit/looks").text
    numbers = re.findall(r'<strong>Failed</strong></span>\s*<a href="/audit/entry/(\d+)"', whole)
    assert numbers
    entry = ivy.get(f"/audit/entry/{numbers[0]}").text
    for page in (whole, looks, entry):
        assert page.index('<div class="do-not-rely" role="alert">') < page.index("<h1")
        assert "Call whoever runs this hub, and your data-protection officer, now." in page
        assert f'<a href="/audit/entry/{numbers[0]}">Entry no. {numbers[0]}' in page
        assert "are proved" not in page
        assert not faults(page)
