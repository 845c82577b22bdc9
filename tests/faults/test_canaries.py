"""Every sensitive word marked, everything asked and broken: does a mark stand anywhere that it may not?

Kafka's keys, headers and values are looked at by tests/integration/test_kafka_rights.py on a real broker, spans and
metrics as they leave by tests/behaviour/test_what_telemetry_hears.py, PostgreSQL's own log, files and dumps by
tests/faults/test_canaries_in_the_database.py, what a process leaves when it dies by tests/faults/test_no_dumps.py.
"""

import base64
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from httpx2 import Response

from hub.adapters.telemetry_otlp import start
from hub.application.export_audit import Days, Form
from hub.commands import quiet_log, staff
from hub.commands.audit_export import write
from hub.commands.staff import Member
from hub.domain.errors import HubError
from hub.web.app import PAGES, create_app
from hub.wiring import Hub
from tests.behaviour.test_what_telemetry_hears import logged
from tests.support.canaries import MAY_SEE, STEM, TYPED, files, leaks, mark, reports
from tests.support.given import ROBIN
from tests.support.heard import collecting
from tests.support.house import house, say
from tests.support.pages import browsing, form_key, parts_of, sign_in
from tests.web.test_no_command_unrecorded import WORDS, Leaf
from tests.web.test_no_command_unrecorded import asked as run_all
from tests.web.test_nothing_unrecorded import FORM, asked
from tests.web.test_strangers import every_route

# Whoever may see the record is shown it; whoever may not is shown no mark on any page.
MAY_NOT_SEE = (staff.UNRELATED, staff.IG_OFFICER)
# These change or end the session, or give back to somebody what they typed; the last opens the record to anybody.
LEFT_OUT = frozenset({"/sign-in", "/sign-in/again", "/sign-out", "/sessions", "/kept", "/emergency"})
SINKS = (
    *("pages that failed", "pages of those who may not see", "headers", "addresses", "log", "telemetry"),
    *("exports", "errors of commands", "files", "edges"),
)
_ADDRESS = re.compile(r'(?:href|action|src|formaction|content)="([^"]*)"')
FORMS: tuple[Form, ...] = ("fhir", "csv", "s62")
Sinks = dict[str, list[bytes]]


@dataclass
class Told:
    """A hub that was told everything, asked everything and broken, and all that came of it, by sink."""

    hub: Hub
    sinks: Sinks = field(default_factory=dict)

    def hear(self, sink: str, *held: bytes) -> None:
        """Something stands in a sink."""
        self.sinks.setdefault(sink, []).extend(held)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """One of every kind of report, what cannot be read beside them, every page, every command, every export."""
    folder = tmp_path_factory.mktemp("told")
    with collecting() as collector, logged(quiet_log.QuietFormatter()) as lines, logged(quiet_log.QuietJson()) as more:
        telemetry = start(collector.address, "serve", tuple(page.path for page in PAGES))
        hub = house(folder)
        hub.telemetry = telemetry
        found = Told(hub)
        tell(hub)
        for member in (staff.DECISION_MAKER, *MAY_NOT_SEE):
            browse(found, member)
        for form in FORMS:
            write(hub, "ivy", form, Days(), folder / f"out.{form}")
            found.hear("exports", (folder / f"out.{form}").read_bytes())
        telemetry.close()
        found.hear("telemetry", collector.heard("traces"), collector.heard("metrics"))
        found.hear("log", lines.getvalue().encode(), more.getvalue().encode())
    command(found)
    for name, held in files(hub.settings.home):
        found.hear("edges" if name.startswith("edges") else "files", held)
    return found


def tell(hub: Hub) -> None:
    """Every kind of report arrives; then what is not of the form, not signed, and not for here."""
    for number, report in enumerate(reports()):
        say(hub, ("police", "health", "social_care")[number % 3], report)
    hub.edge("police").send(f'{{"{STEM}": "{ROBIN}'.encode(), f"{STEM}.json")
    hub.edge("nursery").send(f"{STEM},{ROBIN}\n{STEM}".encode(), f"{STEM}.csv")
    hub.work()
    hub.edge("police").receipts()
    hub.follow()


def browse(found: Told, member: Member) -> None:
    """Every page is asked as it is meant to be, with marks in every field, and where there is none."""
    app = create_app(parts_of(found.hub))
    browser = browsing(app)
    sign_in(browser, found.hub, member)
    key = {"form_key": form_key(browser.get("/about"))}
    for method, path in sorted(every_route(app.routes)):
        if path in LEFT_OUT:
            continue
        for address in asked(path):
            if method == "GET":
                _look(found, member, browser.get(address))
                continue
            for fields in (FORM, {name: mark(name, stem=TYPED) for name in FORM}):
                _look(found, member, browser.post(address, data={**fields, **key}))
    for path in (f"/{TYPED}", f"/chronology?child={TYPED}", f"/log/{TYPED}", f"/audit/entry/{TYPED}"):
        answer = browser.get(path, headers={"x-name": TYPED, "traceparent": TYPED})
        found.hear("pages that failed", answer.content, _headers(answer))


def _look(found: Told, member: Member, answer: Response) -> None:
    found.hear("headers", _headers(answer))
    found.hear("addresses", *(one.encode() for one in _ADDRESS.findall(answer.text)), str(answer.url).encode())
    if member not in MAY_NOT_SEE:
        found.hear(MAY_SEE, answer.content)
    elif answer.status_code >= 400:
        found.hear("pages that failed", answer.content)
    else:
        found.hear("pages of those who may not see", answer.content)


def _headers(answer: Response) -> bytes:
    return repr(tuple(answer.headers.multi_items())).encode()


def command(found: Told) -> None:
    """Every command, once as it is meant to be and once with a mark for each word that it takes."""
    leaves: list[Leaf] = [leaf for leaf in sorted(WORDS) if leaf != ("demo",)]
    for code, out, err in run_all(found.hub.settings.home, leaves):
        found.hear("errors of commands", err.encode(), out.encode() if code else b"")


@pytest.mark.slow
def test_no_mark_stands_where_it_may_not(told: Told) -> None:
    assert leaks(told.sinks) == []


@pytest.mark.slow
def test_everything_that_was_to_be_looked_at_was(told: Told) -> None:
    assert set(told.sinks) == {*SINKS, MAY_SEE}
    assert all(sum(map(len, held)) > 1000 for held in told.sinks.values())
    assert any(b"hub.db" in one for one in told.sinks["files"])


@pytest.mark.slow
def test_the_marks_are_there_for_whoever_may_see_them(told: Told) -> None:
    """Were they not, their absence elsewhere would say nothing."""
    pages = b"".join(told.sinks[MAY_SEE])
    assert len([number for number, _ in enumerate(reports()) if f"{STEM}{number}".encode() in pages]) > 40


LEAKS: Mapping[str, Callable[[bytes], bytes]] = {
    "as it is": lambda held: held + f"x {STEM} y".encode(),
    "in capitals": lambda held: held + STEM.upper().encode(),
    "in base64": lambda held: held + base64.b64encode(b"ab" + STEM.encode() + b"c"),
    "in hex": lambda held: held + STEM.encode().hex().encode(),
    "as utf-16": lambda held: held + STEM.encode("utf-16-le"),
}


@pytest.mark.slow
@pytest.mark.parametrize("how", LEAKS)
@pytest.mark.parametrize("sink", SINKS)
def test_one_leak_put_back_into_any_sink_is_found(told: Told, sink: str, how: str) -> None:
    first, *others = told.sinks[sink]
    assert leaks({sink: [LEAKS[how](first), *others]}) == [sink]


@pytest.mark.slow
def test_an_error_raised_with_a_word_of_the_record_would_be_found_in_the_log(told: Told) -> None:
    """The control taken out: a formatter that writes what it is given writes the mark."""
    with logged(logging.Formatter()) as lines:
        try:
            raise HubError(mark("name"))
        except HubError:
            logging.getLogger("safeguarding_hub.hub").exception("failed")
    assert leaks({"log": [lines.getvalue().encode()]}) == ["log"]
    with logged(quiet_log.QuietFormatter()) as quiet:
        try:
            raise HubError(mark("name"))
        except HubError:
            logging.getLogger("safeguarding_hub.hub").exception("failed")
    assert leaks({"log": [quiet.getvalue().encode()]}) == []
    assert told.sinks["log"]


def test_a_page_that_echoed_what_it_was_asked_would_be_found(tmp_path: Path) -> None:
    hub = house(tmp_path)
    app = create_app(parts_of(hub))

    @app.get("/echo/{word}")
    def echo(word: str) -> str:
        return word

    browser = browsing(app)
    sign_in(browser, hub, staff.UNRELATED)
    assert leaks({"pages": [browser.get(f"/echo/{STEM}").content]}) == ["pages"]
