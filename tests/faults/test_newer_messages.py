"""A message of a newer edition: set aside as "update needed", and taken in by itself once the hub is brought there?"""

import base64
import json
import threading
from pathlib import Path

import pytest

from contracts import envelope
from contracts.envelope import Sealed
from contracts.event_id import event_id
from contracts.events.hub import ReportQuarantined
from contracts.events.shared import ConcernRaised
from contracts.signature import Attributes
from hub.adapters.fact_codes import REPORT
from hub.application.ports import Entry, Stream, StreamKind
from hub.application.replay_quarantined import replay_after_upgrade
from hub.commands.work import Worker
from hub.domain.reason_codes import UPDATE_NEEDED, explained
from hub.settings import Settings
from hub.views.quarantine import QUARANTINE, in_order
from hub.wiring import Hub
from tests.support.given import a_concern
from tests.support.invariants import Sent, broken
from tests.support.places import REPO
from tests.support.set_aside import Ward

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"


@pytest.mark.parametrize(
    ("wire", "spoil", "code"),
    [
        ("uk.childhub.concern.raised.v9", {}, "version"),
        ("uk.childhub.concern.withdrawn_by_court.v1", {}, "type"),
        (None, {"handling": {"purpose": "a_purpose_of_tomorrow"}}, "schema"),
        (None, {"a_field_of_tomorrow": "a word"}, "schema"),
    ],
)
def test_what_this_edition_does_not_know_is_set_aside_for_an_update(
    wire: str | None, spoil: dict[str, object], code: str, tmp_path: Path
) -> None:
    ward = Ward(tmp_path)
    report, police = a_concern(), ward.hub.police
    told = {**json.loads(report.to_bytes()), **spoil}
    kind = wire or f"uk.childhub.{ConcernRaised.TYPE}.v{ConcernRaised.VERSION}"
    attributes = Attributes(event_id(police.source, report), police.source, kind, police.topic, ward.hub.clock.now())
    body = json.dumps(told).encode()
    receipt = ward.take(envelope.seal(body, attributes, police.signing, ward.hub.seal.public_key()))
    assert (receipt.outcome, receipt.code) == ("quarantined", code)
    assert code in UPDATE_NEEDED
    (one,) = ward.messages()
    assert (one.state, one.code) == ("open", code)
    assert not [row for row in ward.hub.store.rows_after(0, 100) if row.code == REPORT]
    assert ("Update needed" in explained(code).means) == (code != "schema")


def held_of(message: Sealed) -> str:
    """The message as the hub keeps it: its headers in lines, an empty line, its value."""
    headers = "\n".join(f"{name}: {value}" for name, value in message.headers)
    return base64.b64encode(headers.encode() + b"\n\n" + message.value).decode("ascii")


def by_an_earlier_edition(hub: Hub) -> Sent:
    """A notice of the police that an earlier edition could not read; its edge has sent it, and was told so."""
    edge = hub.edge("police")
    facts = [fact for outcome in edge.take(NOTICE.read_bytes(), NOTICE.name) for fact in outcome.facts]
    waiting = edge.outbox.waiting(10)
    for number, ((position, outgoing), fact) in enumerate(zip(waiting, facts, strict=True), start=1):
        attributes, _ = envelope.unseal(
            outgoing.message,
            outgoing.topic,
            hub.seal_key,
            {edge.agency.source: {edge.keys.signing.key_id: edge.keys.signing.private.public_key()}},
        )
        aside = ReportQuarantined(
            topic=outgoing.topic,
            source=edge.agency.source,
            event_id=str(fact.event_id),
            received=hub.clock.now(),
            code="version",
            where="",
            alarm=False,
            proved=True,
            sequence=attributes.sequence,
            held=held_of(outgoing.message),
        )
        stream = Stream(StreamKind.QUARANTINE, f"{outgoing.topic} {number}")
        hub.store.keep((Entry(stream, hub.clock.new_id(), aside, expected=0),))
        edge.outbox.published((position,))
    return Sent(edge.agency.source, frozenset(fact.event_id for fact in facts), ())


def test_an_upgraded_worker_takes_it_in_by_itself_and_answers(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    hub = Hub(settings)
    sent = by_an_earlier_edition(hub)
    hub.work()
    assert [one.state for one in in_order(hub.view_rows.read(QUARANTINE))] == ["open", "open"]
    assert hub.edge("police").receipts() == ()

    upgraded = Worker(settings, threading.Event())
    for _ in range(2):
        upgraded.one_round()
    upgraded.close()

    hub = Hub(settings)
    answers = hub.edge("police").receipts()
    assert [one.outcome for one in answers] == ["accepted", "accepted"]
    assert [one.state for one in in_order(hub.view_rows.read(QUARANTINE))] == ["replayed", "replayed"]
    assert broken(hub, Sent(sent.source, sent.ids, answers)) == []


def test_it_is_tried_once_by_each_edition_and_not_for_ever(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    report, police = a_concern(), ward.hub.police
    kind = "uk.childhub.concern.raised.v9"
    attributes = Attributes(event_id(police.source, report), police.source, kind, police.topic, ward.hub.clock.now())
    message = envelope.seal(report.to_bytes(), attributes, police.signing, ward.hub.seal.public_key())
    ward.take(message)
    ward.take(message)
    assert len(ward.messages()) == 1
    assert [len(replay_after_upgrade(ward.replaying(edition))) for edition in ("next", "next", "later")] == [1, 0, 1]
