"""Do the pages answer alike whether the store is a file or a database on a real server?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.adapters.database_set_up import make_database
from hub.commands import staff
from hub.commands.staff import Member
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.engines import postgres_database
from tests.support.house import house
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in
from tests.support.story import tell_story
from tests.web.test_nothing_unrecorded import FORM, asked
from tests.web.test_strangers import every_route

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
_REFERENCE = re.compile(r"hub: [0-9A-F ]{39}")  # of a child: made anew in each hub
OF_THE_MOMENT = "/readyz"  # it says how this process is now, and a busy machine is behind at times
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@pytest.fixture(scope="module")
def hubs(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hub, Hub]]:
    """The same story, kept in a file and on a server."""
    with postgres_database(run_folder, with_tables=False) as engine:
        make_database(engine.owner, engine.application)
        on_server = house(tmp_path_factory.mktemp("server"), engine.application)
        on_file = house(tmp_path_factory.mktemp("file"))
        for hub in (on_file, on_server):
            tell_story(hub)
        yield on_file, on_server
        on_server.close()


def answered(hub: Hub, member: Member) -> dict[tuple[str, str], tuple[int, tuple[str, ...]]]:
    """Status and heading of every page, asked for in one order by one person, each form filled in in two ways."""
    app = create_app(parts_of(hub))
    browser = browsing(app)
    sign_in(browser, hub, member)
    found = {}
    routes = every_route(app.routes) - {("GET", OF_THE_MOMENT)}
    for method, path in sorted(routes, key=lambda route: (route[1] == "/sign-out", route)):
        for address in asked(path):
            for form in (FORM, ASKING) if method == "POST" else ({},):
                answer = send(browser, address, form) if method == "POST" else browser.get(address)
                found[f"{method} {len(form)}", address] = (answer.status_code, headings(answer.text))
    return found


def headings(page: str) -> tuple[str, ...]:
    """The words of its first headings."""
    plain = (re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", one)).strip() for one in _HEADING.findall(page))
    return tuple(_REFERENCE.sub("a child", one) for one in plain)


@pytest.mark.parametrize("member", staff.MEMBERS, ids=lambda member: member.subject)
def test_every_page_answers_alike_on_both(hubs: tuple[Hub, Hub], member: Member) -> None:
    on_file, on_server = (answered(hub, member) for hub in hubs)
    assert {status for status, _ in on_file.values()} >= {200, 404}
    assert {page: told for page, told in on_server.items() if told != on_file[page]} == {}
