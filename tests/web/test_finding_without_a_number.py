"""Does the page that asks for three things find a child, say nothing of who is there, and repeat nothing typed?"""

import pytest

from contracts.events.hub import SearchMade
from hub.commands import staff
from hub.domain.three_factors import FACTORS
from hub.wiring import Hub
from tests.support.pages import send, signed_in

ROBIN = {
    "family": "Exemplar",
    "given": "Robin",
    "born-day": "14",
    "born-month": "3",
    "born-year": "2019",
    "purpose": "s47",
}
NOBODY = {**ROBIN, "given": "Quentin"}


def searches(hub: Hub) -> list[SearchMade]:
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 100_000)]
    return [fact for fact in facts if isinstance(fact, SearchMade) and fact.scheme == FACTORS]


def test_the_first_page_leads_there_and_the_child_is_found_on_record(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    assert 'href="/find"' in browser.get("/").text
    assert browser.get("/find").status_code == 200
    before = len(searches(hub))
    answer = send(browser, "/find", ROBIN)
    assert (answer.status_code, "Robin Exemplar" in answer.text) == (200, True)
    assert len(searches(hub)) == before + 1
    assert "This view is on record" in answer.text


def test_who_is_not_there_and_who_may_not_be_seen_are_answered_by_the_same_bytes(hub: Hub) -> None:
    browser = signed_in(hub, staff.IG_OFFICER)
    forbidden, absent = send(browser, "/find", ROBIN), send(browser, "/find", NOBODY)
    assert (forbidden.status_code, forbidden.content) == (absent.status_code, absent.content)
    assert forbidden.status_code == 403
    same = {name: value for name, value in forbidden.headers.items() if name != "date"}
    assert same == {name: value for name, value in absent.headers.items() if name != "date"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"family": ""}, "Enter the family name"),
        ({"given": ""}, "Enter a given name or a postcode"),
        ({"postcode": "ZZ99 3CZ"}, "Enter a given name or a postcode"),
        ({"given": "", "postcode": "QUOKKA"}, "a postcode in full"),
        ({"born-year": ""}, "The day must include"),
        ({"born-day": "", "born-month": "", "born-year": ""}, "Enter the whole date of birth"),
        ({"born-year": "2999"}, "Enter the whole date of birth"),
        ({"purpose": ""}, "Select why you need"),
    ],
)
def test_less_than_three_things_is_no_search_and_nothing_typed_is_repeated(
    hub: Hub, wrong: dict[str, str], says: str
) -> None:
    before = len(searches(hub))
    answer = send(signed_in(hub, staff.DECISION_MAKER), "/find", {**ROBIN, "family": "Quokkabury", **wrong})
    assert (answer.status_code, says in answer.text) == (422, True)
    assert "uokka" not in answer.text.lower()
    assert len(searches(hub)) == before
