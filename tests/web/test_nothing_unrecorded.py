"""Is nothing shown before it is on record, on any page that there is or will be?"""

import re
import sys
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from contracts.events.hub import AccessDecided
from hub.application.permit import Permit, Whole
from hub.application.ports import Entry, History, Kept, OpenedReport, Seen, Store, Term
from hub.commands import staff
from hub.commands.staff import Member
from hub.domain.errors import StoreUnavailable
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in, signed_in
from tests.support.story import PROTECTED, SECRETS
from tests.support.watched_store import WatchedStore
from tests.web.test_strangers import every_route

# What a form of any page may ask for: a page that asks for something else gets it here, or answers no 503.
FORM = {
    **ASKING,
    "subject": "priya",
    "phrase": "x",
    "staff": "priya",
    "finding": "confirm",
    "decision": "00000000-0000-4000-8000-000000000000",
    "reason": "danger_now",
    "understood": "1",
    "product": "meeting_pack",
    "why": "strategy",
    "recipient": "urn:childhub:agency:school",
    "meant_for": "Head",
    "label": "mother",
    "asker": "parent",
    "proof": "document_seen",
    "answer": "not_known",
    "of-report": "00000000-0000-4000-8000-000000000000",
    "what": "told",
    "when": "told_after",
    "how": "in_person",
    "told-by": "A worker",
    "on-day": "1",
    "on-month": "1",
    "on-year": "2026",
    "from-day": "1",
    "from-month": "2",
    "from-year": "2026",
    "request": "00000000-0000-4000-8000-000000000000",
    "words": "kept",
    "disputes": "fact",
    "said-day": "1",
    "said-month": "1",
    "said-year": "2026",
    "family": "Exemplar",
    "given": "Robin",
    "born-day": "14",
    "born-month": "3",
    "born-year": "2019",
    "proposal": "00000000-0000-4000-8000-000000000000",
    "ground": "unlawful",
    "erasure": "00000000-0000-4000-8000-000000000000",
    "hold": "00000000-0000-4000-8000-000000000000",
    "whose": "child",
    "kept-for": "court",
    "review-day": "1",
    "review-month": "1",
    "review-year": "2090",
    "part": "00000000-0000-4000-8000-000000000000 refuge",
    "enquiry": "00000000-0000-4000-8000-000000000000",
    "rating": "Red",
    "for": "s47",
    "to": "me",
    "person": "00000000-0000-4000-8000-000000000000",
    "move": "00000000-0000-4000-8000-000000000000",
    "because": "asked the school",
    "belongs": "new",
}
# These hold nothing of anybody's record, and ask for none: forms, and files for all.
HOLD_NO_RECORD = frozenset(
    {
        ("GET", "/"),
        ("GET", "/sign-in"),
        ("POST", "/sign-out"),
        ("GET", "/sign-in/with/{rest:path}"),
        ("GET", "/sign-in/return/{rest:path}"),
        ("POST", "/sign-in/ended/{rest:path}"),
        ("POST", "/machine/token"),
        ("GET", "/machine/balance"),
        ("GET", "/sign-in/again"),
        ("GET", "/sessions"),
        ("GET", "/notices"),
        ("POST", "/sessions"),
        ("GET", "/pass-phrase"),
        ("GET", "/kept"),
        ("POST", "/kept"),
        ("POST", "/time-left"),
        ("POST", "/stay"),
        ("GET", "/about"),
        *(
            ("GET", path)
            for path in ("/help", "/problem", "/when-down", "/accessibility", "/privacy", "/law", "/emergency")
        ),
        ("GET", "/health"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/static/{rest:path}"),
        ("GET", "/log/{rest:path}"),
        ("GET", "/who-looked"),
        ("POST", "/reason"),
        ("GET", "/find"),
        ("GET", "/audit/staff"),
        ("POST", "/print"),
        ("POST", "/compare"),
        ("POST", "/compartments"),
        ("POST", "/told"),
        *(("GET", path) for path in ("/erasures", "/erasures/hold")),
        ("POST", "/questions"),
    }
)


class NotingStore(WatchedStore):
    """Notes which decisions are kept, and when content is opened; can be told that it cannot keep from now on."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.full = False

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        if self.full:
            raise StoreUnavailable("disk")
        kept = super().keep(entries, terms, seen)
        self.calls += [f"kept {one.what.effect}" for one in entries if isinstance(one.what, AccessDecided)]
        return kept

    def open_reports(
        self, history: History, permit: Permit | None, act: Whole, wanted: frozenset[UUID] | None = None
    ) -> tuple[OpenedReport, ...]:
        """See ports.Store."""
        opened = super().open_reports(history, permit, act, wanted)
        self.calls.append("opened")
        return opened


def shown(text: str) -> list[str]:
    """The words of the story that stand in the text."""
    return [secret for secret in SECRETS if secret in text]


def asked(path: str) -> tuple[str, ...]:
    """The addresses to ask for a route: each kind of thing that the rest of a path can be."""
    holes = ("checkpoint", "1", str(UUID(int=1))) if "{" in path else ("",)
    return tuple(re.sub(r"\{[^}]*\}", hole, path) for hole in holes)


def answers(browser: TestClient, method: str, path: str) -> list[Response]:
    """What is answered at each of a route's addresses."""
    return [send(browser, each, FORM) if method == "POST" else browser.get(each) for each in asked(path)]


@pytest.mark.parametrize("member", staff.MEMBERS, ids=lambda member: member.subject)
def test_when_nothing_can_be_kept_every_route_answers_503_and_no_word(
    hub: Hub, member: Member, capsys: pytest.CaptureFixture[str]
) -> None:
    store = NotingStore(hub.store)
    app = create_app(parts_of(hub, store))
    browser = browsing(app)
    sign_in(browser, hub, member)
    store.full = True
    told: list[str] = []
    wrong: list[tuple[str, str, set[int]]] = []
    for method, path in sorted(every_route(app.routes), key=lambda route: (route[1] == "/sign-out", route)):
        given = answers(browser, method, path)
        statuses = {answer.status_code for answer in given}
        assert not [word for answer in given for word in shown(answer.text)], path
        assert 500 not in statuses, path
        holds_none = (method, path) in HOLD_NO_RECORD
        if not holds_none and not (503 in statuses and statuses <= {503, 404}):
            wrong.append((method, path, statuses))
        told.append(f"  {method:4} {path:40} {sorted(statuses)}{' holds no record' if holds_none else ''}")
    if member is staff.IG_OFFICER:
        with capsys.disabled():
            sys.stdout.write("\n" + "\n".join(told) + "\n")
    assert not wrong


def test_a_route_that_is_added_and_keeps_nothing_would_be_found(hub: Hub) -> None:
    store = NotingStore(hub.store)
    app = create_app(parts_of(hub, store))

    @app.get("/added")
    def added() -> str:
        return "a word"

    browser = browsing(app)
    sign_in(browser, hub, staff.DECISION_MAKER)
    store.full = True
    assert ("GET", "/added") in every_route(app.routes)
    assert {answer.status_code for answer in answers(browser, "GET", "/added")} == {200}


@pytest.mark.parametrize("member", staff.MEMBERS, ids=lambda member: member.subject)
def test_whatever_shows_a_word_kept_one_permitting_decision_before_it_opened_anything(hub: Hub, member: Member) -> None:
    store = NotingStore(hub.store)
    app = create_app(parts_of(hub, store))
    browser = browsing(app)
    sign_in(browser, hub, member)
    for method, path in sorted(every_route(app.routes)):
        if path == "/sign-out":
            continue
        store.calls.clear()
        address = path.replace("{rest:path}", "checkpoint")
        answer = send(browser, address, ASKING) if method == "POST" else browser.get(address)
        if shown(answer.text) or "opened" in store.calls:
            assert store.calls.count("kept permitted") == 1, address
            assert store.calls.index("kept permitted") < store.calls.index("open_reports"), address


def test_the_chronology_is_one_of_the_pages_that_show_words(hub: Hub) -> None:
    store = NotingStore(hub.store)
    browser = signed_in(hub, staff.DECISION_MAKER, store)
    answer = send(browser, "/chronology", ASKING)
    assert set(shown(answer.text)) == set(SECRETS) - {PROTECTED}
    assert [call for call in store.calls if call != "keep"][-4:] == [
        "read_history",
        "kept permitted",
        "open_reports",
        "opened",
    ]


def test_the_record_of_access_is_itself_on_record_before_it_is_read(hub: Hub) -> None:
    store = NotingStore(hub.store)
    browser = signed_in(hub, staff.IG_OFFICER, store)
    answer = send(browser, "/who-looked", ASKING)
    assert answer.status_code == 200
    assert store.calls[-2:] == ["kept permitted", "read_stream"]
    assert not shown(answer.text)


def test_each_view_is_on_record_anew(hub: Hub) -> None:
    store = NotingStore(hub.store)
    browser = signed_in(hub, staff.DECISION_MAKER, store)
    for _ in range(3):
        send(browser, "/chronology", ASKING)
    assert store.calls.count("kept permitted") == 3
