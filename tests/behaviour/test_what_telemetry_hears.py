"""A whole story with telemetry on and every sensitive field marked: does any mark reach a span, a metric or the log?"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import ReadableSpan

from agencies import registry as partners
from contracts.envelope import HEADER_NAMES, Sealed
from contracts.identifiers import parse_identifier
from contracts.trace_context import TRACE_HEADER, TraceContext, read_trace
from contracts.vocabulary import Purpose
from hub.adapters.bus_embedded import EmbeddedBus
from hub.adapters.telemetry import Telemetry
from hub.adapters.telemetry_otlp import start
from hub.adapters.telemetry_words import Doing
from hub.adapters.watched_web import WatchedWeb
from hub.application.bus_port import Arrived
from hub.commands import quiet_log, share, staff
from hub.commands.share import Sharing
from hub.domain.errors import HubError, StoreUnavailable
from hub.settings import Settings
from hub.web.app import PAGES, create_app
from hub.wiring import Hub
from tests.support.given import ROBIN, a_child, a_concern
from tests.support.heard import Heard, collecting, hearing
from tests.support.house import say
from tests.support.pages import HERE, parts_of, send, sign_in

MARKS = (b"CANARY", ROBIN.encode(), b"2022-05-11", b"priya", b"Priya")
ROUTES = tuple(page.path for page in PAGES)
MARKED = a_child(given="CANARYGIVEN", family="CANARYFAMILY")


def marks_in(heard: bytes) -> list[bytes]:
    """The marks that the story planted and that were heard."""
    return [mark for mark in MARKS if mark in heard]


def opened(folder: Path, telemetry: Telemetry) -> Hub:
    """A hub that is watched, its staff and every partner enrolled."""
    hub = Hub(Settings(home=folder / "CANARY-home"), telemetry)
    for agency in partners.AGENCIES:
        hub.edge(agency.name)
    staff.enrol(hub)
    return hub


def tell(hub: Hub) -> None:
    """Everything that telemetry watches happens once, with a mark in each place where a word or a number can be."""
    concern = a_concern("CANARY-RECORD", MARKED, words="CANARY-WORDS", said="CANARY-SAID")
    (report,) = say(hub, "police", concern)
    say(hub, "police", concern)
    hub.edge("police").send(b'{"CANARY": "' + ROBIN.encode() + b'"}', f"CANARY-{ROBIN}.json")
    throw_in(hub, "CANARY-VALUE", TRACE_HEADER)
    throw_in(hub, "CANARY-VALUE", "ce_subject")
    hub.work()
    hub.edge("police").receipts()
    hand_over(hub, report)
    hub.edge("social_care").collect("duty_worker")
    hub.work()
    look(hub)


def throw_in(hub: Hub, value: str, header: str) -> None:
    """A message of somebody's own making, straight on the bus."""
    headers = (("ce_source", "CANARY-SOURCE"), ("ce_id", f"CANARY-{ROBIN}"), (header, value))
    hub.bus.send("in.police.v1", str(uuid4()), Sealed(headers, b"CANARY-SEALED"))


def hand_over(hub: Hub, report: UUID) -> None:
    """The decision-maker shares the report with social care."""
    asked = Sharing(
        parse_identifier(f"nhs:{ROBIN}"),
        staff.DECISION_MAKER.subject,
        (report,),
        "social_care",
        Purpose.SECTION_47,
        True,
    )
    share.send(hub, asked)


def look(hub: Hub) -> None:
    """Pages are asked for: found, refused, not there, and broken, with marks in path, query, form and headers."""
    watched = WatchedWeb(create_app(parts_of(hub)), hub.telemetry)
    browser = TestClient(
        watched, base_url=HERE, headers={"origin": HERE}, follow_redirects=False, raise_server_exceptions=False
    )
    sign_in(browser, hub, staff.DECISION_MAKER)
    send(browser, "/chronology", {"child": ROBIN, "purpose": "s47"})
    send(browser, "/chronology", {"child": "CANARY", "purpose": "CANARY"})
    for path in (f"/chronology/{ROBIN}", f"/find?name=CANARY&nhs={ROBIN}", "/log/CANARY", "/CANARY", "/about"):
        browser.get(path, headers={"x-name": "CANARY", "traceparent": "CANARY"})


@contextmanager
def logged(formatter: logging.Formatter) -> Iterator[io.StringIO]:
    """Everything that any logger says in the block, at every level, as the process would write it."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.setLevel(before)
        root.removeHandler(handler)


@pytest.mark.slow
def test_no_mark_reaches_the_collector_or_the_log(tmp_path: Path) -> None:
    with collecting() as collector, logged(quiet_log.QuietJson()) as lines:
        telemetry = start(collector.address, "work", ROUTES)
        tell(opened(tmp_path, telemetry))
        logging.getLogger("uvicorn.error").error("CANARY at %s", "CANARY")
        telemetry.close()
        spans, metrics = collector.heard("traces"), collector.heard("metrics")
    assert not marks_in(spans + metrics + lines.getvalue().encode())
    for said in (
        b"take_in",
        b"publish",
        b"receive",
        b"answer",
        b"keep",
        b"decide",
        b"share",
        b"follow",
        b"seal",
        b"page",
    ):
        assert said in spans, f"the story never said {said!r}, so it proves nothing of it"
    for said in (b"/chronology", b"/about", b"/log/{rest:path}"):
        assert said in spans
    for said in (b"hub.messages", b"hub.receipt.latency", b"hub.decisions", b"hub.seal.delay", b"hub.bus.lag"):
        assert said in metrics
    for said in (b"hub.quarantine.depth", b"hub.follower.behind", b"hub.keep.duration", b"hub.bus.waiting", b"police"):
        assert said in metrics
    assert b"hub.telemetry.dropped" not in metrics
    assert lines.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("where", ["attribute", "name"])
def test_the_marks_would_be_found_if_one_leaked(tmp_path: Path, where: str) -> None:
    """The control: the very same search, with one leak put behind the gate."""
    with hearing(*ROUTES) as heard:
        tell(opened(tmp_path, heard.telemetry))
        assert not marks_in(said_by(heard))
        leaked = heard.sink.tracer.start_span("CANARY" if where == "name" else "keep")
        leaked.set_attribute("hub.about", "keep" if where == "name" else f"nhs:{ROBIN}")
        leaked.end()
        assert isinstance(leaked, ReadableSpan)
        heard.sink.flush()
        assert heard.sink.dropped == 1
        assert not marks_in(said_by(heard))
        heard.spans.export([leaked])  # as it would go with the gate taken out
        assert marks_in(said_by(heard))


def said_by(heard: Heard) -> bytes:
    """Everything that left."""
    heard.sink.flush()
    spans = "".join(span.to_json() for span in heard.spans.all)
    return (spans + repr(heard.metrics.points)).encode()


def test_the_edge_and_the_hub_and_the_answer_are_one_trace(tmp_path: Path) -> None:
    with hearing() as heard:
        hub = opened(tmp_path, heard.telemetry)
        say(hub, "police", a_concern("C-1", MARKED))
        hub.edge("police").receipts()
        heard.sink.flush()
        published, *others = [span for span in heard.spans.all if span.name == "publish"]
        there = [span for span in heard.spans.all if span.name == "answer" and trace_of(span) == trace_of(published)]
        assert len(there) == 2, "the hub's answer to the report, and the edge's hearing of that answer"
        assert others


def trace_of(span: ReadableSpan) -> int:
    """Which trace a span is in."""
    context = span.get_span_context()
    assert context is not None
    return context.trace_id


@pytest.mark.parametrize("said", ["CANARY", f"00-{ROBIN.zfill(32)}-00f067aa0ba902b7-01", "", "00-x-y-01"])
def test_a_bad_trace_header_is_replaced_and_costs_the_report_nothing(tmp_path: Path, said: str) -> None:
    with hearing() as heard:
        hub = opened(tmp_path, heard.telemetry)
        topic, edge = "in.police.v1", hub.edge("police")
        edge.take(*a_notice())
        ((_, outgoing), *_) = edge.outbox.waiting(1)
        headers = (*outgoing.message.headers, (TRACE_HEADER, said))
        hub.bus.send(topic, outgoing.key, Sealed(headers, outgoing.message.value))
        (receipt, *_) = hub.work()
        assert receipt.outcome == "accepted"
        (span, *_) = heard.named("answer")
        assert f"{trace_of(span):032x}" not in said


def test_the_same_message_in_two_traces_is_set_aside_once(tmp_path: Path) -> None:
    hub = opened(tmp_path, Telemetry())
    for trace_id in (0x4BF92F3577B34DA6A3CE929D0E0E4736, 0x1A2B3C4D5E6F708192A3B4C5D6E7F809):
        throw_in(hub, TraceContext(trace_id, 0xF067AA0BA902B7).written(), TRACE_HEADER)
        hub.work()
    assert len(hub.view_rows.contents(next(view for view in hub.view_rows.views if view.name == "quarantine"))) == 1


def test_a_trace_header_that_comes_twice_is_refused(tmp_path: Path) -> None:
    hub = opened(tmp_path, Telemetry())
    edge = hub.edge("police")
    edge.take(*a_notice())
    ((_, outgoing), *_) = edge.outbox.waiting(1)
    twice = (TRACE_HEADER, TraceContext(0x4BF92F3577B34DA6A3CE929D0E0E4736, 7).written())
    message = replace(outgoing.message, headers=(*outgoing.message.headers, twice, twice))
    hub.bus.send("in.police.v1", outgoing.key, message)
    (receipt,) = hub.work()
    assert receipt.code == "pii_in_context"


def test_switched_off_no_header_is_put_on(tmp_path: Path) -> None:
    hub = opened(tmp_path, Telemetry())
    edge = hub.edge("police")
    edge.send(*a_notice())
    assert all(TRACE_HEADER not in dict(one.message.headers) for one in on_the_bus(hub))
    assert on_the_bus(hub)


def test_switched_on_every_message_bears_a_random_trace_and_no_other_new_header(tmp_path: Path) -> None:
    with hearing() as heard:
        hub = opened(tmp_path, heard.telemetry)
        hub.edge("police").send(*a_notice())
        hub.work()
        raw = EmbeddedBus(hub.settings.home / "bus.db")
        found = raw.poll("a-test", ("in.police.v1", "receipts.police.v1"), 50)
        raw.close()
        assert found
        for one in found:
            assert read_trace(one.message.header(TRACE_HEADER)) is not None
            assert {name for name, _ in one.message.headers} == HEADER_NAMES


def on_the_bus(hub: Hub) -> list[Arrived]:
    """What lies on the police's topic, headers and all, as whoever runs the bus sees it."""
    raw = EmbeddedBus(hub.settings.home / "bus.db")
    found = list(raw.poll("a-test", ("in.police.v1",), 50))
    raw.close()
    return found


def a_notice() -> tuple[bytes, str]:
    """A native file of the police's, with its name."""
    path = Path(str(resources.files("agencies.police"))) / "samples" / "made-up-incident-notice.json"
    return path.read_bytes(), path.name


def test_a_store_that_is_away_is_said_by_the_kind_of_error(tmp_path: Path) -> None:
    with hearing() as heard:
        hub = opened(tmp_path, heard.telemetry)
        with pytest.raises(HubError), hub.telemetry.doing(Doing.KEEP):
            raise StoreUnavailable(f"CANARY {ROBIN}")
        assert not marks_in(said_by(heard))
        assert heard.named("keep")[-1].attributes == {"error.type": "StoreUnavailable"}
