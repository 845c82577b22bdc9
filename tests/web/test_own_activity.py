"""Is everybody shown what they did themselves and what was asked about it, never what others did or who is known?"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.event import Fact
from contracts.events.access import BreakGlassAsked, Finding, ReadDecided
from contracts.events.hub import AccessDecided, SearchMade
from contracts.events.need import ConflictKind
from contracts.identifiers import parse_identifier
from hub.application.change_staff import leave_staff
from hub.application.keep_apart import declare_conflict
from hub.commands import staff
from hub.commands.staff import Member
from hub.web.app import PAGES
from hub.web.rendering import number, reference
from hub.wiring import Hub
from tests.support.given import ROBIN, WREN, StoppedClock
from tests.support.house import house, proved
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.support.screen_list import FOR_MACHINES
from tests.support.story import SECRETS, tell_story
from tests.web.test_chronology_page import words_of
from tests.web.test_nothing_unrecorded import FORM

SAM, PRIYA, IVY = staff.UNRELATED, staff.DECISION_MAKER, staff.IG_OFFICER
HERE = "/activity"
EMERGENCY = {"child": ROBIN, "reason": "danger_now", "understood": "1"}
ASKED, CONFIRMED = "You, or your manager, are asked about it", "Confirmed: it was for the work"
ENDS_THE_VISIT = {"/sign-out", "/sign-in", "/pass-phrase", "/sessions", HERE}


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """A hub of this test's own, with Robin's story in it."""
    return a_told_house(tmp_path)


def a_told_house(folder: Path) -> Hub:
    """A hub in the folder that knows Robin, and not Wren."""
    hub = house(folder)
    tell_story(hub)
    return hub


def facts_of(hub: Hub) -> list[Fact]:
    """All that the hub kept, in order."""
    found = (hub.store.open_row(row) for row in hub.store.rows_after(0, 100_000))
    return [fact for fact in found if fact is not None]


def robin(hub: Hub) -> str:
    """Robin's reference, as pages write it."""
    hits = next(fact.hits for fact in facts_of(hub) if isinstance(fact, SearchMade) and fact.hits)
    return reference(hits[0])


def rows(page: str) -> list[str]:
    """What each row says was done, without the time."""
    table = re.search(r"<tbody.*</tbody>", page, re.DOTALL)
    found = re.findall(r'<tr role="row">(.*?)</tr>', table[0], re.DOTALL) if table else []
    cells = (re.sub(r"<th.*?</th>", "", one, flags=re.DOTALL) for one in found if "<td" in one)
    return [words_of(one).strip() for one in cells]


def seen_by(hub: Hub, browser: TestClient) -> str:
    """The page, once the lists have followed."""
    hub.follow()
    answer = browser.get(HERE)
    assert answer.status_code == 200
    assert not faults(answer.text)
    assert not [secret for secret in SECRETS if secret in answer.text]
    return answer.text


def kept_of(hub: Hub) -> ReadDecided:
    """The newest look at one's own activity that is on record."""
    found = (fact for fact in reversed(facts_of(hub)) if isinstance(fact, ReadDecided) and fact.what == "own_activity")
    return next(found)


def test_it_shows_what_one_did_oneself_by_day_and_that_look_is_on_record(own: Hub) -> None:
    priya = signed_in(own, PRIYA)
    send(priya, "/chronology", ASKING)
    page = seen_by(own, priya)
    assert [one.split(" Enquire")[0].split(" None given")[0] for one in rows(page)] == [
        "Looked at: Chronology 7 items",
        "Searched by exact number",
        "Signed in",
    ]
    assert robin(own) in rows(page)[0]
    assert robin(own) not in rows(page)[1]
    assert len(re.findall('scope="rowgroup"', page)) == 1
    kept = kept_of(own)
    assert (kept.actor.subject, kept.kind, kept.effect, kept.items) == ("priya", "list", "permitted", 3)
    assert [reference(one) for one in kept.subjects] == [robin(own)]
    assert "Listed: One&#39;s own activity" in seen_by(own, priya)


def test_who_did_nothing_in_90_days_is_told_so(own: Hub) -> None:
    later = StoppedClock(own.clock.now() + timedelta(days=90), "later")
    own.follow()
    browser = signed_in(own, SAM, clock=StoppedClock(later.at, "later"))  # signing in is not followed yet
    answer = browser.get(HERE)
    assert "Nothing in 90 days." in answer.text
    assert "<table" not in answer.text


def test_no_name_number_or_entry_of_anybody_elses_leads_to_what_they_did(own: Hub) -> None:
    send(signed_in(own, PRIYA), "/chronology", ASKING)
    sam = signed_in(own, SAM)
    own.follow()
    row = next(
        row.position for row in own.store.rows_after(0, 100_000) if isinstance(own.store.open_row(row), AccessDecided)
    )
    told = rows(sam.get(HERE).text)
    others = {"subject": "priya", "staff": "priya", "agency": "urn:childhub:agency:social-care", "person": "priya"}
    answers = [
        sam.get(f"{HERE}?subject=priya&ends={row}"),
        send(sam, HERE, {**others, "child": ROBIN, "ends": str(row)}),
        send(sam, HERE, {"ends": f"{10**15} {row}"}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert robin(own) not in answer.text
        assert "Priya" not in answer.text
        assert rows(answer.text)[-1:] == told[-1:]
    assert [sam.get(f"{HERE}/{one}").status_code for one in ("priya", row)] == [404, 404]


def test_older_entries_are_a_page_away_and_begin_where_the_newer_ended(own: Hub) -> None:
    clock = StoppedClock(datetime(2026, 7, 1, 8, tzinfo=UTC), "turning")
    priya = signed_in(own, PRIYA, clock=clock)
    for _ in range(28):  # what is done again within a quarter of an hour stands on one row
        for path in (HERE, "/reviews"):
            priya.get(path)
            clock.forward(timedelta(minutes=8))
    own.follow()
    first = priya.get(HERE).text
    ends = re.search(r'name="ends" value="([^"]+)">Older entries, on record', first)
    assert ends is not None
    second = send(priya, HERE, {"ends": ends[1]}).text
    assert (len(rows(first)), len(rows(second))) == (50, 6)
    assert "Newer entries, on record" in second
    times = [re.findall(r'scope="row">(\d\d:\d\d)', page) for page in (first, second)]
    assert min(times[0]) > max(times[1])


def kept_away(hub: Hub, member: Member) -> None:
    """The member declares that they may have nothing to do with Robin, nor with Wren."""
    for child in (ROBIN, WREN):
        actor, whose = proved(hub, member), parse_identifier(f"nhs:{child}")
        declare_conflict(hub.store, hub.clock, actor, whose, of=member.subject, kind=ConflictKind.FRIEND)


@pytest.mark.slow
@pytest.mark.parametrize("member", staff.MEMBERS, ids=lambda member: member.subject)
def test_what_was_tried_of_a_child_whom_one_may_not_see_reads_as_of_one_who_is_not_there(
    tmp_path: Path, member: Member
) -> None:
    told: dict[str, list[str]] = {}
    for child in (WREN, ROBIN):
        hub = a_told_house(tmp_path / child)
        kept_away(hub, member)
        browser = signed_in(hub, member)
        for page in PAGES:
            if page.method == "POST" and page.path not in ENDS_THE_VISIT and not page.path.startswith(FOR_MACHINES):
                browser = signed_in(hub, member) if page.fresh else browser
                send(browser, page.path, {**FORM, "child": child})
        told[child] = rows(seen_by(hub, browser))
    assert len(told[ROBIN]) > 3
    assert told[ROBIN] == told[WREN]
    assert robin(hub) not in " ".join(told[ROBIN])


def opened_in_an_emergency(hub: Hub) -> tuple[TestClient, BreakGlassAsked]:
    """Sam, who opened Robin's record in an emergency, and that opening."""
    sam = signed_in(hub, SAM)
    assert send(sam, "/emergency", EMERGENCY).status_code == 200
    hub.follow()
    return sam, next(fact for fact in facts_of(hub) if isinstance(fact, BreakGlassAsked))


def test_what_was_asked_and_what_came_of_it_is_shown_to_whom_it_is_about_alone(own: Hub) -> None:
    sam, opened = opened_in_an_emergency(own)
    assert "You have not been asked about this one." in seen_by(own, sam)
    ivy = signed_in(own, IVY)
    for finding, says in ((Finding.ASK, ASKED), (Finding.CONFIRM, CONFIRMED)):
        send(ivy, "/audit/review", {"decision": str(opened.decision_id), "finding": finding.value})
        page = words_of(seen_by(own, sam))
        assert says in page
        assert number(opened.decision_id) in page
        assert "Information-governance officer, Northborough Children's Social Care" in page.replace("&#39;", "'")
        assert "Ivy" not in page
    assert page.index(ASKED) < page.index(CONFIRMED)
    for other in (ivy, signed_in(own, PRIYA)):
        assert "Looked at again" not in seen_by(own, other)


def test_that_a_look_was_referred_is_not_told_here(own: Hub) -> None:
    sam, opened = opened_in_an_emergency(own)
    before = re.sub(r"<tbody.*</tbody>", "", seen_by(own, sam), flags=re.DOTALL)
    send(signed_in(own, IVY), "/audit/review", {"decision": str(opened.decision_id), "finding": Finding.REFER.value})
    after = re.sub(r"<tbody.*</tbody>", "", seen_by(own, sam), flags=re.DOTALL)
    assert after == before


def test_under_the_name_of_somebody_who_left_one_sees_nothing_of_theirs(own: Hub) -> None:
    sam, opened = opened_in_an_emergency(own)
    send(signed_in(own, IVY), "/audit/review", {"decision": str(opened.decision_id), "finding": Finding.ASK.value})
    assert robin(own) in seen_by(own, sam)
    leave_staff(own.store, own.clock, SAM.subject)
    assert (sam.get(HERE).status_code, sam.get(HERE).headers["location"]) == (303, "/sign-in")
    staff.enrol(own, (Member(SAM.subject, "Samira Bell", SAM.agency, SAM.role),))
    page = seen_by(own, signed_in(own, SAM))
    assert robin(own) not in page
    assert "Looked at again" not in page
    assert [one.split(" None given")[0] for one in rows(page)] == ["Signed in"]


def test_a_day_is_that_of_england(own: Hub) -> None:
    browser = signed_in(own, SAM, clock=StoppedClock(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "late"))
    browser.get(HERE)
    own.follow()
    page = browser.get(HERE).text
    assert "2 July 2026</th>" in page
    assert 'scope="row">00:30' in page


def test_a_list_of_nobodys_has_no_reference_of_noughts(own: Hub) -> None:
    priya = signed_in(own, PRIYA)
    assert priya.get("/unread").status_code == 200
    own.work()
    said = words_of(priya.get(HERE).text)
    assert "0000 0000" not in said
    assert "not read" in said.lower()
