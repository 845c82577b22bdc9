"""Is every page that says no, or that something failed, well made, in nobody's way, and does it say what to do now?

An error that is given a page of its own in refusals.py is raised here, or the first test says that it is not.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from hub.commands import staff
from hub.domain.errors import (
    AccessRefused,
    CannotSet,
    Conflict,
    HubError,
    StoreUnavailable,
    TooBusy,
    Unreadable,
    WaitsForWitnesses,
)
from hub.web.app import create_app
from hub.web.door import REFUSED
from hub.web.page import ChooseFirst, NoSuchPage, NotForThisRole, ProveAgain, SignedOut
from hub.web.refusals import NotOurForm
from hub.wiring import Hub
from tests.support.browser import browser, hindrances
from tests.support.given import StoppedClock
from tests.support.html import Markup, faults
from tests.support.issuers import app_with, known, round_trip
from tests.support.laid_out import Laid
from tests.support.openid_provider import Provider
from tests.support.pages import browsing, form_key, parts_of, sign_in
from tests.support.valid_html import faults_by_page

pytestmark = pytest.mark.web
SECRET = "quokka"
# What may reach the edge, and the status with which it is answered.
RAISED: tuple[tuple[Exception, int], ...] = (
    (AccessRefused(), 403),
    (WaitsForWitnesses(), 403),
    (NotForThisRole(), 403),
    (NotOurForm(), 403),
    (NoSuchPage(), 404),
    (RequestValidationError([SECRET]), 422),
    (StoreUnavailable(SECRET), 503),
    (Conflict(SECRET), 503),
    (Unreadable(7, "altered"), 503),
    (Unreadable(7, "version"), 503),
    (TooBusy(SECRET), 503),
    (CannotSet(SECRET), 503),
    (HubError(SECRET), 500),
    (HTTPException(400, SECRET), 400),
    (HTTPException(405, SECRET), 405),
    (HTTPException(429, SECRET), 429),
    (ValueError(SECRET), 500),
)
LEADS_ON = (ProveAgain, ChooseFirst, SignedOut)  # to another page, in place of one that says no


@dataclass(frozen=True, slots=True)
class Told:
    """A page that says no: what it should be answered with, what it was, and its markup."""

    wanted: int
    status: int
    markup: str


@pytest.fixture(scope="module")
def told(hub: Hub) -> dict[str, Told]:
    """Every page that says no, by what led to it."""
    app = create_app(parts_of(hub))
    for number, (error, _) in enumerate(RAISED):
        app.get(f"/raised/{number}")(raises(error))
    member, found = browsing(app), {}
    assert sign_in(member, hub, staff.DECISION_MAKER).status_code == 303
    for number, (error, status) in enumerate(RAISED):
        answer = member.get(f"/raised/{number}")
        found[f"{type(error).__name__} {number}"] = Told(status, answer.status_code, answer.text)
    key = form_key(member.get("/"))
    at_the_door = {
        403: member.post("/chronology", data={"form_key": key}, headers={"origin": "https://elsewhere.example"}),
        411: member.post("/chronology", content=iter([SECRET.encode()])),
        413: member.post("/chronology", data={"form_key": key, "child": SECRET * 4000}),
        415: member.post("/chronology", files={"child": SECRET}),
        421: member.get("/", headers={"host": f"{SECRET}.example"}),
    }
    for wanted, answer in at_the_door.items():
        found[f"door {wanted}"] = Told(wanted, answer.status_code, answer.text)
    return found


def raises(error: Exception) -> Callable[[], None]:
    """An answer that is this error."""

    def answer() -> None:
        raise error

    return answer


@pytest.fixture(scope="module")
def laid() -> Iterator[Laid]:
    """A browser."""
    with browser() as running:
        yield Laid(running.new_context().new_page())


def looked_at(laid: Laid, pages: Mapping[str, str]) -> str:
    """What is in anybody's way on the pages, a line for each."""
    found: list[str] = []
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for name, markup in pages.items():
        laid.open(markup)
        for width in (1440, 320):
            laid.page.set_viewport_size({"width": width, "height": 900})
            wide = laid.page.evaluate("document.documentElement.scrollWidth")
            found += [f"{name}: has to be pushed sideways at {width}"] if wide > width else []
            if (alike := (width, parts(markup))) not in seen:  # of pages of the same parts axe looks at one
                found += [f"{name} at {width}: {one}" for one in hindrances(laid.page)]
            seen.add(alike)
    return "\n".join((*found, *laid.wrong))


def parts(markup: str) -> tuple[str, ...]:
    """The elements of the page, in order."""
    read = Markup()
    read.feed(markup)
    return tuple(one.name for one in read.elements)


def words(markup: str) -> tuple[str, str]:
    """The title of the page, and all its words."""
    read = Markup()
    read.feed(markup)
    return read.title, " ".join(re.sub(r"<[^>]*>", " ", markup).split())


def test_every_error_that_is_answered_by_a_page_is_raised_here(hub: Hub) -> None:
    answered = {one for one in create_app(parts_of(hub)).exception_handlers if isinstance(one, type)}
    raised = {type(error) for error, _ in RAISED} | {Exception}
    assert {one.__name__ for one in answered - raised - set(LEADS_ON)} == {"WebSocketRequestValidationError"}


def test_each_is_answered_as_it_is_and_says_what_to_do_now(told: dict[str, Told], tmp_path: Path) -> None:
    assert {name: one.status for name, one in told.items()} == {name: one.wanted for name, one in told.items()}
    assert set(REFUSED) == {one.wanted for name, one in told.items() if name.startswith("door")}
    for name, one in told.items():
        title, said = words(one.markup)
        assert not faults(one.markup), name
        assert title.endswith(" – Safeguarding hub"), name
        assert "999" in said.partition("Skip to main content")[2].partition("Everything you search for")[0], name
        assert re.search(r'<main.*<a href="/">.*</main>', one.markup, re.DOTALL), name
        assert SECRET not in one.markup, name
        assert "Traceback" not in said, name
    assert "\n".join(faults_by_page({name: one.markup for name, one in told.items()}, tmp_path)) == ""


def test_none_of_them_is_in_anybodys_way(told: dict[str, Told], laid: Laid) -> None:
    assert looked_at(laid, {name: one.markup for name, one in told.items()}) == ""


def test_nor_is_a_return_from_an_issuer_that_failed(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path, laid: Laid
) -> None:
    known(own_hub, provider)
    member = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    refused = "/sign-in/return/trust?error=access_denied"
    lost = {"never set out": member.get(refused)}
    member.get("/sign-in")
    member.get("/sign-in/with/trust")
    lost["not accepted"] = member.get(refused)
    assert round_trip(member, provider).status_code == 200
    member.get("/sign-in/with/trust")
    lost["not proved again"] = member.get(refused)
    assert [one.status_code for one in lost.values()] == [403, 403, 403]
    assert "You are still signed in" in lost["not proved again"].text
    markup = {name: one.text for name, one in lost.items()}
    assert {name: wrong for name, text in markup.items() if (wrong := faults(text))} == {}
    assert looked_at(laid, markup) == ""
    assert "\n".join(faults_by_page(markup, tmp_path)) == ""
