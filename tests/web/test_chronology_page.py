"""Does the chronology say what it must: the kinds of statement apart, the silences apart, what is held back?"""

import re

import pytest

from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.web.picture.shapes import PAPER, PLACE, PLAN
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.pages import ASKING, send, signed_in


def words_of(text: str) -> str:
    """The page as read aloud: no markup, single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).replace(" ,", ",").replace(" .", ".")


@pytest.fixture(scope="module")
def page(hub: Hub) -> str:
    """What the decision-maker reads."""
    return words_of(send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING).text)


def entry(page: str, title: str) -> str:
    """From one entry's title on, in the list."""
    listed = page.rpartition("newest first, by when it happened")[2]
    return listed.partition(title)[2][:2600]


@pytest.mark.parametrize(
    "said",
    [
        "This view is on record.",
        "in the order of all that the hub keeps, which is not its number in a year’s sealed log. Decided by the law",
        "born 14 March 2019 NHS number 999 000 1006 Another day Make a document Record a decision, on record Ask agenc",
        "September 2026 Age 7 Northborough Primary School",
        "Not known when Northborough Children&#39;s Social Care",
        "18 November 2026, 22:40 Age 7 Hexley Police",
        "Public task; safeguarding condition (Sch 1 para 18), consent could not reasonably be obtained",
        "Kit Ansell (adult of concern) : Not told, for someone&#39;s safety, decided by Detective Sergeant",
        "to be looked at again on 1 December 2026",
        "Location: held back. The address is protected",
        "Basis to be corrected. Consent is named as the basis",
        "Received more than 30 days after it happened",
        "Withdrawn by its agency. It stays readable",
        "Corrected by its agency",
        "Exact match on NHS number",
        "Alleged, not proved, about Dana Exemplar",
        "Child present Upstairs, in bed Recorded as a fact Professional view",
        "Lawful basis for sharing Not stated",
        "None of these means that nothing happened.",
        "Little Oaks Nursery Enrolled since",
        "and nothing from it has ever come; what it holds is not known here.",
        "were not connected to the hub: of that time, only what was sent since is known here.",
        "Not known when last seen No entry here says that anybody saw Robin. Records begin September 2026",
        "Northborough Probation Sends nothing to the hub yet; what it holds is not known here.",
    ],
)
def test_the_page_says(page: str, said: str) -> None:
    assert said in page


def test_fact_view_and_the_childs_words_stand_apart_and_an_empty_one_says_so(page: str) -> None:
    told = entry(page, "Domestic abuse incident")
    order = [
        told.index(one)
        for one in ("What happened", "shouting", "Professional view", "High risk", "What Robin said", "loud")
    ]
    assert order == sorted(order)
    assert "Professional view Not recorded What Robin said Not recorded" in page


def test_on_one_line_the_childs_words_come_before_any_others(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    lines = re.findall(r'class="line-text">(.*?)</p>', send(browser, "/chronology", {**ASKING, "look": "brief"}).text)
    assert any(words_of(line).strip().startswith("Child’s words: ") for line in lines), lines


def test_what_is_withdrawn_is_readable_beside_what_withdrew_it(page: str) -> None:
    withdrawn = entry(page, "3 December 2025 Age 6 Northborough Housing")
    assert withdrawn.index("left alone overnight") < withdrawn.index("Reason: Wrong flat")


def test_another_day_and_a_document_are_led_to_before_anything_else_of_the_child(hub: Hub) -> None:
    text = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING).text
    for place in ("again-title", "paper-title"):
        assert text.index(f'href="#{place}"') < text.index('class="glance"') < text.index(f'id="{place}"')


def test_each_sign_stands_once_in_the_key_to_the_picture(hub: Hub) -> None:
    text = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING).text
    key = re.search(r'<ul class="picture-key".*?</ul>', text, re.DOTALL)
    assert key is not None
    signs = re.findall(r'href="#g-([a-z]+)"', key[0])
    assert len(signs) == len(set(signs)) > 8
    assert "padlock" not in signs, "the lock of an entry and the lock of a lane look alike"
    for bar, dashes in ((PLAN, ""), (PLACE, ""), (PAPER, ' stroke-dasharray="4 3"')):
        assert len(re.findall(f'height="12" fill="{bar}" stroke="#[0-9a-f]{{6}}"{dashes}/>', key[0])) == 1


def test_nobodys_child_is_scored(page: str) -> None:
    assert not re.search(r"\b(score|risk level|red|amber|rated)\b", page, re.IGNORECASE)


def test_as_known_on_is_a_state_of_the_whole_page(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    early = {**ASKING, "day-day": "1", "day-month": "2", "day-year": "2026"}
    answer = send(browser, "/chronology", early)
    assert "You are looking at what the hub knew on 1 February 2026" in words_of(answer.text)
    assert "0 entries" in words_of(answer.text)
    assert "Hexley Police Was not connected to the hub by that day; what it held then is not known here." in words_of(
        answer.text
    )
    assert "had sent nothing about this person" not in words_of(answer.text).lower()
    assert not [secret for secret in ("Exemplar", "loud", "2019") if secret in answer.text]


def test_as_known_today_is_all_there_is(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    today = day_in_london(hub.clock.now())
    boxes = {"day-day": str(today.day), "day-month": str(today.month), "day-year": str(today.year)}
    answer = send(browser, "/chronology", {**ASKING, **boxes})
    assert "5 entries" in words_of(answer.text)


def test_a_practitioner_is_told_that_it_is_not_the_whole(hub: Hub) -> None:
    said = words_of(send(signed_in(hub, staff.UNRELATED), "/chronology", ASKING).text)
    assert "This is not the whole chronology." in said
    assert "1 entry" in said
    assert "Agencies of whom nothing is shown" not in said
    assert "shouting" not in said


def test_who_looked_shows_each_try_with_its_ground_and_never_says_complete(hub: Hub) -> None:
    send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    send(signed_in(hub, staff.NURSERY_LEAD), "/chronology", ASKING)
    answer = send(signed_in(hub, staff.IG_OFFICER), "/who-looked", ASKING)
    said = words_of(answer.text)
    for one in ("Priya Anand", "Shown", "Lena Marsh", "Refused", "Read unlinked", "DPA 2018 s57", "Ivy Castell"):
        assert one in said
    assert "you are shown whether it is as it was when it was sealed" in said
    assert f"covers the first {hub.bodies.last()[0]} things this hub kept" in said
    assert "nothing changed" not in said.lower()
    assert "complete" not in said.lower()
    assert not [word for word in ("Exemplar", "shouting", "loud") if word in said]


def test_feeds_say_never_for_an_agency_never_heard(hub: Hub) -> None:
    said = words_of(signed_in(hub, staff.IG_OFFICER).get("/feeds").text)
    assert "Northborough Probation Sends nothing to the hub yet" in said
    assert "Little Oaks Nursery Enrolled, and nothing from it has ever come" in said
    assert re.search(r"Hexley Police [^.]*\. Last heard \d+ \w+ \d{4}, \d\d:\d\d", said)


def test_about_names_the_law_and_how_to_check_the_log(hub: Hub) -> None:
    said = words_of(signed_in(hub, staff.IG_OFFICER).get("/about").text)
    assert "python -m audit verify" in said
    assert "Not taken to be in force: no start date has been set for this hub" in said
    assert hub.log_key.replace("+", "&#43;") in said or hub.log_key in said


def test_a_day_that_is_none_is_asked_again_of_the_same_child(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    fields = {"purpose": "s47", "child": f"hub:{person_id.hex}", "day-day": "31", "day-month": "2", "day-year": "2026"}
    answer = send(browser, "/chronology", {**fields, "order": "oldest"})
    assert answer.status_code == 422
    asked = answer.text.partition("<h1>")[2]
    assert "The day must be a real day" in asked
    kept = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', asked))
    assert (kept["child"], kept["purpose"], kept["order"]) == (fields["child"], "s47", "oldest")
    assert re.findall(r'name="day-\w+"[^>]*value="(\w*)"', asked) == ["31", "2", "2026"]
    back = answer.text.partition("Back to the chronology, on record")[0].rpartition("<form")[2]
    assert fields["child"] in back
    assert "day-day" not in back
    assert send(browser, "/chronology", {**kept, "day-day": "", "day-month": "", "day-year": ""}).status_code == 200
