"""Does the worklist say which enquiries are open, how long is left, who has not replied and what is next, by number?"""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from contracts.events.access import ReadDecided
from contracts.events.need import Assignee, ConflictKind, Part
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.keep_apart import declare_conflict
from hub.application.lead_enquiry import Rated, assign_enquiry, close_enquiry, open_enquiry, rate_enquiry
from hub.application.ports import Entry, Kept, Seen, Term
from hub.commands import staff
from hub.domain.errors import StoreUnavailable
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.given import ROBIN, StoppedClock, a_concern
from tests.support.house import house, proved, say
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in, signed_in
from tests.support.screens import CLOCKS
from tests.support.unwitnessed import left_alone
from tests.support.watched_store import WatchedStore
from tests.web.test_asking_agencies import ASK, answer
from tests.web.test_chronology_page import words_of
from tests.web.test_recording_decisions import NOT

CHILD, WHY = parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47


class Keeping(WatchedStore):
    """Holds what was kept; can be told that it cannot keep."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(hub.store)
        self.kept: list[Entry] = []
        self.full = False

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        if self.full:
            raise StoreUnavailable
        self.kept.extend(entries)
        return super().keep(entries, terms, seen)

    def lists(self) -> list[ReadDecided]:
        """Each look at the list of enquiries."""
        return [one.what for one in self.kept if isinstance(one.what, ReadDecided) and one.what.what == "enquiries"]


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of this test's own, with an open enquiry about Robin, assigned to nobody."""
    made = house(tmp_path_factory.mktemp("enquiries"))
    say(made, "police", a_concern())
    open_enquiry(made.reading(), proved(made, staff.DECISION_MAKER), CHILD, WHY)
    made.work()
    return made


def mine(hub: Hub) -> None:
    """The enquiry is assigned to who decides."""
    lena = proved(hub, staff.DECISION_MAKER)
    assign_enquiry(hub.reading(), lena, CHILD, WHY, Assignee(part=Part.WORKER, name=lena.subject))
    hub.work()


def later(hub: Hub, by: timedelta) -> StoppedClock:
    """A clock that stands so much later than the enquiry."""
    return StoppedClock(hub.clock.now() + by, "later")


def rows(page: str) -> str:
    """What the list says."""
    return words_of(rows_of(page))


def rows_of(page: str) -> str:
    """The table of enquiries."""
    return page.partition('<table class="stack enquiries"')[2].partition("</table>")[0]


def tabs(page: str, places: int = 5) -> list[str]:
    """The lists with their counts; the one that is open in brackets."""
    found = re.findall(r'<li><a href="[^"]*"( aria-current="page")?><strong>(\d+)</strong> ([^<]+)</a></li>', page)
    return [f"[{number} {words}]" if current else f"{number} {words}" for current, number, words in found[:places]]


def test_the_first_page_lists_ones_own_by_number_and_no_other(own: Hub) -> None:
    browser = signed_in(own, staff.DECISION_MAKER)
    page = browser.get("/").text
    assert tabs(page) == ["[0 Mine]", "1 All open", "0 Late", "0 Ready to decide", "0 Waiting for replies"]
    assert "No open enquiry is assigned to you or your team." in words_of(page)
    mine(own)
    page = browser.get("/").text
    assert tabs(page)[0] == "[1 Mine]"
    said = rows(page)
    assert f"Assigned to {staff.DECISION_MAKER.name} " in said
    assert "priya" not in said
    assert re.search(r"[0-9A-F]{4} [0-9A-F]{4} Opened", said)
    assert "Nobody asked yet" in said
    assert "Ask agencies, or decide" in said
    assert "on record" in said
    assert not [word for word in ("Robin", "Exemplar", ROBIN) if word in page]


def led_to(hub: Hub, page: str) -> str:
    """What is shown to whoever presses the way to a chronology that the page offers first."""
    form = re.search(r'<form[^>]* action="/chronology">(?:(?!</form>).)*type="submit".*?</form>', page, re.DOTALL)
    assert form is not None, "no way to a chronology"
    assert ", on record" in words_of(form[0])
    carried = dict(re.findall(r'name="(child|purpose)" value="([^"]*)"', form[0]))
    opened = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", carried)
    assert opened.status_code == 200
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    assert hub.store.read_access(person_id)[-1].purpose is WHY
    return words_of(opened.text)


def test_a_row_leads_to_the_chronology_for_what_its_enquiry_is_for(own: Hub) -> None:
    mine(own)
    browser = signed_in(own, staff.DECISION_MAKER)
    for address in ("/", "/enquiries/1"):
        assert "Robin Exemplar" in led_to(own, rows_of(browser.get(address).text))
    send(browser, "/ask/keep", ASK)
    own.work()
    ours = browser.get("/requests").text.partition('id="ours"')[2]
    assert "Robin Exemplar" in led_to(own, ours)


def test_a_reply_that_is_owed_is_counted_whether_or_not_an_enquiry_is_open(own: Hub) -> None:
    browser = signed_in(own, staff.DECISION_MAKER)
    send(browser, "/ask/keep", ASK)
    own.work()
    page = browser.get("/").text
    assert tabs(page)[-1] == "1 Waiting for replies"
    assert "2 Asked, no reply about 1 child" in words_of(page)
    assert "no enquiry is open" not in browser.get("/enquiries/waiting").text
    lena = proved(own, staff.DECISION_MAKER)
    close_enquiry(own.reading(), lena, CHILD, WHY)
    own.work()
    page = browser.get("/").text
    assert tabs(page) == ["[0 Mine]", "0 All open", "0 Late", "0 Ready to decide", "1 Waiting for replies"]
    assert "2 Asked, no reply about 1 child" in words_of(page)
    said = words_of(browser.get("/enquiries/waiting").text)
    assert "1 child was asked about where no enquiry is open: what we asked, and no reply yet." in said
    assert "2 of 2 asked have not replied" in words_of(send(browser, "/chronology", ASKING).text)
    assert answer(own, signed_in(own, staff.RESEARCHER), "not_known") == 200
    own.work()
    assert "1 Asked, no reply about 1 child" in words_of(browser.get("/").text)


def test_each_child_on_the_list_is_on_record_before_it_is_shown(own: Hub) -> None:
    mine(own)
    store = Keeping(own)
    browser = signed_in(own, staff.DECISION_MAKER, store)
    (person_id,) = own.index.people_with("nhs", ROBIN)
    for address in ("/", "/enquiries/1"):
        assert "Opened" in rows(browser.get(address).text)
    assert [(one.effect, one.items, one.subjects) for one in store.lists()] == [("permitted", 1, (person_id,))] * 2
    assert browser.get("/enquiries/late").status_code == 200
    assert store.lists()[-1].subjects == (), "nobody is on record who was not on the list"
    store.full = True
    for address in ("/", "/enquiries/1"):
        assert browser.get(address).status_code == 503
    for address in ("0", "late/", "late2", "robin"):
        assert browser.get(f"/enquiries/{address}").status_code == 404


def test_what_is_restricted_is_counted_and_not_shown(own: Hub) -> None:
    lena = proved(own, staff.DECISION_MAKER)
    mine(own)
    number = re.findall(r"[0-9A-F]{4} [0-9A-F]{4}", rows(signed_in(own, staff.DECISION_MAKER).get("/").text))[0]
    declare_conflict(own.store, own.clock, lena, CHILD, of=lena.subject, kind=ConflictKind.FRIEND)
    store = Keeping(own)
    browser = signed_in(own, staff.DECISION_MAKER, store)
    for address, counted in (("/", ["[1 Mine]", "1 All open"]), ("/enquiries/1", ["1 Mine", "[1 All open]"])):
        page = browser.get(address).text
        assert tabs(page)[:2] == counted
        assert "Restricted enquiry Ask the duty manager." in rows(page)
        assert number not in page
    assert [(one.items, one.subjects) for one in store.lists()] == [(0, ())] * 2


def test_late_is_late_until_somebody_at_the_mash_decides(own: Hub) -> None:
    clock = later(own, timedelta(days=9))
    browser = signed_in(own, staff.DECISION_MAKER, clock=clock)
    page = browser.get("/").text
    assert tabs(page)[2:4] == ["1 Late", "1 Ready to decide"]
    assert "1 enquiry is past the time for a first decision" in words_of(page)
    said = rows(browser.get("/enquiries/late").text)
    assert re.search(r"\d+ hr (\d+ min )?late", said)
    assert "It was due" in said
    assert send(signed_in(own, staff.DECISION_MAKER), "/decide/keep", NOT).status_code == 200
    own.work()
    page = browser.get("/enquiries/late").text
    assert tabs(page)[2:4] == ["[0 Late]", "0 Ready to decide"]
    assert "No open enquiry is ready to decide" in words_of(browser.get("/enquiries/ready").text)
    assert "No open enquiry is late for its first decision." in words_of(page)
    said = rows(browser.get("/enquiries/1").text)
    assert "Decided in time" in said
    assert "Close it, if nothing is left to do" in said


def test_who_has_not_replied_is_named_until_the_enquiry_is_closed(own: Hub) -> None:
    mash, police = signed_in(own, staff.DECISION_MAKER), signed_in(own, staff.RESEARCHER)
    send(mash, "/ask/keep", ASK)
    own.work()
    page = mash.get("/enquiries/waiting").text
    assert tabs(page)[4] == "[1 Waiting for replies]"
    assert "0 of 2 Waiting: " in rows(page)
    assert "Chase 2 replies" in rows(page)
    assert answer(own, police, "not_known") == 200
    own.work()
    said = rows(mash.get("/enquiries/waiting").text)
    assert "1 of 2 Waiting: Fen Row Surgery" in said
    assert "Chase 1 reply" in said
    assert tabs(mash.get("/enquiries/1").text)[3] == "0 Ready to decide", "one agency still owes a reply"
    close_enquiry(own.reading(), proved(own, staff.DECISION_MAKER), CHILD, WHY)
    own.work()
    for address in ("/", "/enquiries/1", "/enquiries/waiting"):
        said = words_of(mash.get(address).text)
        assert re.search(r"No open enquiries\. The last one was closed on \d+ \w+ \d{4}, \d\d:\d\d\.", said)


def test_an_enquiry_is_rated_in_the_words_of_the_area_with_nothing_chosen(own: Hub) -> None:
    app = create_app(replace(parts_of(own), clocks=CLOCKS))
    browser, other = browsing(app), browsing(app)
    for one in (browser, other):
        sign_in(one, own, staff.DECISION_MAKER)
    page = browser.get("/enquiries/1").text
    assert "Not rated" in rows(page)
    assert "4 hours (past closing too) for Red, 1 working day for Amber" in words_of(page)
    found = re.search(r'action="/rating">.*?name="child" value="([^"]+)".*?name="enquiry" value="([^"]+)"', page)
    assert found is not None
    meant = {"child": found[1], "enquiry": found[2], "purpose": "s47"}
    asked = send(browser, "/rating", meant)
    assert (asked.status_code, asked.text.count('type="radio"'), "checked" in asked.text) == (200, 3, False)
    assert send(browser, "/rating/keep", {**meant, "instead-of": ""}).status_code == 422
    kept = send(browser, "/rating/keep", {**meant, "instead-of": "", "rating": "Red"})
    assert "The enquiry is rated Red" in words_of(kept.text)
    late = send(other, "/rating/keep", {**meant, "instead-of": "", "rating": "Green"})
    assert late.status_code == 409
    assert "This enquiry has changed since you opened this page" in words_of(late.text)
    assert f"Rated Red by {staff.DECISION_MAKER.name}," in words_of(late.text)
    assert "priya" not in words_of(late.text)
    assert 'name="instead-of" value="Red"' in late.text
    own.work()
    said = rows(browser.get("/enquiries/1").text)
    assert "Red Change it" in said
    assert send(browser, "/rating", {**meant, "enquiry": str(UUID(int=1))}).status_code == 404


def test_the_most_pressing_have_a_list_of_their_own_by_the_word_of_the_area(own: Hub) -> None:
    browser, lena = browsing(create_app(replace(parts_of(own), clocks=CLOCKS))), proved(own, staff.DECISION_MAKER)
    sign_in(browser, own, staff.DECISION_MAKER)
    for before, rating, on_it in (("", "Red", 1), ("Red", "Amber", 0)):
        rate_enquiry(own.reading(), lena, CHILD, WHY, Rated(rating, before))
        own.work()
        page = browser.get("/enquiries/first").text
        assert tabs(page, 6)[5] == f"[{on_it} Red]"
        assert "<h1>Open enquiries: rated Red</h1>" in page
        assert ("No open enquiry is rated Red." in page) is (not on_it)
    assert signed_in(own, staff.DECISION_MAKER).get("/enquiries/first").status_code == 404, "no rating is set there"


def test_while_nobody_confirms_the_record_the_first_page_is_there_and_lists_nobody(own: Hub) -> None:
    mine(own)
    alone = Hub(replace(own.settings, log_policy=left_alone(own)))
    browser = signed_in(alone, staff.DECISION_MAKER)
    page = browser.get("/")
    assert page.status_code == 200
    assert "are not listed while nobody confirms the record of access" in words_of(page.text)
    assert not rows(page.text)
    assert browser.get("/enquiries/1").status_code == 403
