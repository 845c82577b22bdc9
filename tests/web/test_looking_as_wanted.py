"""Do filters, ranges and a past day change only how it is looked at: on record, out of the address, no hindsight?"""

import re
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.vocabulary import NeedLevel
from hub.commands import staff
from hub.domain.about import About
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.html import faults
from tests.support.long_life import Said, a_house, add, life, of_old, parts_over
from tests.support.pages import ASKING, browsing, send, sign_in
from tests.support.small_hub import SmallHub
from tests.web.test_chronology_page import words_of

KNOWN_ON = {**ASKING, "day-day": "2", "day-month": "10", "day-year": "2025"}
# What differs from look to look, whatever is known: the number of the look, and the key of the forms.
EACH_TIME = re.compile(r'(number |Number |value=")(\d+|[0-9a-f]{64})(?=[ <"])')


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> SmallHub:
    """A hub that was told of three years."""
    return a_house(tmp_path_factory.mktemp("life"), life())


def browser_before(hub: Hub, told: SmallHub) -> TestClient:
    """A decision-maker before the child's pages."""
    browser = browsing(create_app(parts_over(hub, told)))
    sign_in(browser, hub, staff.DECISION_MAKER)
    return browser


@pytest.fixture(scope="module")
def browser(hub: Hub, told: SmallHub) -> TestClient:
    """The browser, for all tests of this file that add nothing."""
    return browser_before(hub, told)


def marks(text: str) -> int:
    """How many marks the picture has that lead somewhere."""
    return len(re.findall(r'<a href="#e-\d+" aria-label', text))


def test_a_filter_shortens_the_list_fades_the_picture_and_says_so(browser: TestClient) -> None:
    whole = send(browser, "/chronology", ASKING).text
    some = send(browser, "/chronology", {**ASKING, "from-police": "1", "kind-harm": "1"}).text
    assert not faults(some)
    assert "1 of 28 entries" in words_of(some)
    assert "Filtered" in words_of(some)
    assert marks(some) == 1
    assert marks(some) + len(re.findall(r'cy="[0-9.]+" r="3"', some)) == marks(whole)
    assert 'id="from-police" name="from-police" value="1" checked' in some


def test_a_filter_that_leaves_nothing_does_not_say_that_nothing_happened(browser: TestClient) -> None:
    said = words_of(send(browser, "/chronology", {**ASKING, "from-probation": "1"}).text)
    assert "No entries match these filters. This does not mean that nothing happened." in said
    assert "What 1 agency holds is not known in full here." in said


def test_every_filter_at_once_is_read_and_what_is_not_offered_is_not(browser: TestClient) -> None:
    every = {f"from-{one}": "1" for one in ("care", "police", "health", "school", "housing", "help", "probation")}
    kinds = {f"kind-{one}": "1" for one in ("harm", "serious", "concern", "background", "strength", "restricted")}
    kinds |= {f"about-{one.code}": "1" for one in About}
    rest = {"least": "all", "order": "oldest", "look": "brief", "range": "12", "show-range": "6"}
    answer = send(browser, "/chronology", {**ASKING, **every, **kinds, **rest})
    assert answer.status_code == 200
    assert not faults(answer.text)
    assert "28 of 28 entries" in words_of(answer.text)
    assert 'value="6" aria-pressed="true"' in answer.text
    odd = send(browser, "/chronology", {**ASKING, "from-nobody": "1", "kind-x": "1", "least": "x", "show-range": "x"})
    assert "Filtered" not in words_of(odd.text)


def test_what_it_is_about_fades_the_picture_and_each_filter_is_taken_away_by_itself(browser: TestClient) -> None:
    whole = send(browser, "/chronology", ASKING).text
    wanted = {"about-care": "1", "from-help": "1", "from-care": "1"}
    some = send(browser, "/chronology", {**ASKING, **wanted}).text
    assert not faults(some)
    assert "6 of 28 entries" in words_of(some)
    assert marks(some) + len(re.findall(r'cy="[0-9.]+" r="3"', some)) == marks(whole)
    assert 'id="about-care" name="about-care" value="1" checked' in some
    assert 'id="about-missing"' not in some, "nothing of this child is about it"
    (form,) = re.findall(r'<form class="chips .*?</form>', some, re.DOTALL)
    assert re.findall(r'name="without" value="([a-z-]+)"', form) == ["from-care", "from-help", "about-care"]
    assert 'class="chips' not in whole
    sent = dict(re.findall(r'<input type="hidden" name="([a-z-]+)" value="([^"]*)"', form))
    fewer = send(browser, "/chronology", {**ASKING, **sent, "without": "from-help"}).text
    assert "4 of 28 entries" in words_of(fewer)
    assert ('name="without" value="from-care"' in fewer, 'name="without" value="from-help"' in fewer) == (True, False)


def test_oldest_first_turns_the_list_and_keeps_every_entrys_own_place(browser: TestClient) -> None:
    newest = re.findall(r'<li id="(e-\d+)"', send(browser, "/chronology", ASKING).text)
    oldest = re.findall(r'<li id="(e-\d+)"', send(browser, "/chronology", {**ASKING, "order": "oldest"}).text)
    assert oldest == [f"e-{number}" for number in range(1, 29)]
    assert newest == oldest[::-1]


def test_no_address_on_the_page_holds_an_identifier(browser: TestClient) -> None:
    text = send(browser, "/chronology", ASKING).text
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', text)
    ours = re.compile(r"#[a-z0-9-]+|/static/[a-z.]+\?v=[a-p]{12}|/[a-z/-]*")
    assert [one for one in addresses if not ours.fullmatch(one)] == []
    assert not re.search(r"method=.?get", text, re.IGNORECASE)


def test_each_look_through_a_filter_is_on_record_before_it_is_shown(browser: TestClient) -> None:
    first = send(browser, "/chronology", ASKING).text
    second = send(browser, "/chronology", {**ASKING, "own-words": "1"}).text
    numbers = [int(re.findall(r"as number (\d+) in the order", one)[0]) for one in (first, second)]
    assert numbers[1] == numbers[0] + 2  # the search and the look, each of its own


def test_a_past_day_is_byte_for_byte_the_same_whatever_is_added_later(hub: Hub, tmp_path: Path) -> None:
    told = a_house(tmp_path, life())
    browser = browser_before(hub, told)
    before = send(browser, "/chronology", KNOWN_ON).text
    today = told.clock.now()
    old = next(one for one in told.senders if one.name == "school")
    add(told, old, 900, Said("school", date(2024, 1, 8), "Told only now.", need=NeedLevel.SIGNIFICANT_HARM,
                             seen="seen alone", voice="“Now.”", sent=today.date()))  # fmt: skip
    new = of_old("gp", old.kind)
    told.senders = (*told.senders, new)
    add(told, new, 901, Said("gp", date(2025, 1, 8), "A surgery speaks for the first time.", sent=today.date()))
    told.clock.at = today
    after = send(browser, "/chronology", KNOWN_ON).text
    assert EACH_TIME.sub("", after) == EACH_TIME.sub("", before)
    assert "Told only now." in send(browser, "/chronology", ASKING).text


def test_a_past_day_counts_only_what_was_known_then(browser: TestClient) -> None:
    text = send(browser, "/chronology", KNOWN_ON).text
    said = words_of(text)
    assert not faults(text)
    assert "6 years, born 14 March 2019" in said
    assert re.search(r"1 entry shared over 30 days late \d+ \w{3} \d{4}, Larkfield Primary School", said)
    assert "Not known on this date" in said
    assert "Nobody named as working with Robin" in said
    glance = said.partition("At a glance")[2].partition("Timeline picture")[0]
    assert "connected" not in glance
    assert "Nobody asked through the hub by then" in glance
    assert "1 of 7 not known in full then" in glance
    assert "Not connected then: not known" in said


def test_the_first_screen_answers_five_questions(browser: TestClient) -> None:
    said = words_of(send(browser, "/chronology", ASKING).text)
    glance = said.partition("At a glance")[2].partition("Timeline picture")[0]
    for one in (
        "148 days longest between times recorded seen Last recorded seen 20 Nov 2026. 24 Jun 2026 to 19 Nov 2026. "
        "Before 6 Dec 2023, not known.",
        "Records begin 4 Sep 20",
        "9 times Robin ’s own words recorded",
        "4 entries shared over 30 days late",
        "Nobody asked through the hub Ask agencies, on record. 1 of 7 not known in full: Northborough Probation.",
        "01632 960 114 Assessment team",
    ):
        assert one in glance


def test_what_was_shared_late_is_named_and_all_of_it_is_one_press_away(browser: TestClient) -> None:
    text = send(browser, "/chronology", ASKING).text
    (late,) = re.findall(
        r"<strong>4 entries</strong> shared over 30 days late <span>(.*?)</span>\n</li>", text, re.DOTALL
    )
    led_to = re.findall(r'<a href="#(e-\d+)">\d+ \w{3} \d{4}</a>, ([^;<]+)', late)
    assert len(led_to) == 2
    for target, who in led_to:
        entry = text.partition(f'<li id="{target}"')[2].partition("</article>")[0]
        assert "Received more than 30 days after it happened" in entry
        assert who.strip(" .") in entry
    assert '<button class="as-text no-print" form="late-alone">All 4<' in late
    (form,) = re.findall(r'<form id="late-alone".*?</form>', text, re.DOTALL)
    sent = dict(re.findall(r'name="([a-z-]+)" value="([^"]*)"', form))
    only = words_of(send(browser, "/chronology", {**ASKING, **sent}).text)
    assert "4 of 28 entries" in only
