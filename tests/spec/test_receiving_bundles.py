"""What an agency sends at once is received as if each statement had come alone: bad ones stop no other."""

import base64
from pathlib import Path
from uuid import uuid4

import pytest

from contracts import bundle, envelope, signature
from contracts.catalogue import wire_type
from contracts.envelope import BUNDLE_TYPE, Sealed
from contracts.event_id import event_id
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.report import Report
from contracts.signature import Attributes, Signed
from hub.adapters.fact_codes import REPORT
from hub.adapters.sealing_mapper import Place, Stored
from hub.application.bus_port import Arrived
from hub.application.ports import Stream
from hub.application.receive_together import receive_together
from tests.support.given import a_concern
from tests.support.small_hub import Sender, SmallHub
from tests.support.unlisted import BY_A_TEST


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def attributes_of(hub: SmallHub, report: Report, sender: Sender, topic: str | None = None) -> Attributes:
    kind = wire_type(type(report))
    return Attributes(event_id(sender.source, report), sender.source, kind, topic or sender.topic, hub.clock.now())


def signed(hub: SmallHub, *reports: Report, sender: Sender | None = None, topic: str | None = None) -> list[Signed]:
    who = sender or hub.police
    statements = tuple((report.to_bytes(), attributes_of(hub, report, who, topic)) for report in reports)
    return list(signature.sign_together(statements, who.signing))


def bundled(hub: SmallHub, *inside: Signed) -> Sealed:
    stated = attributes_of(hub, a_concern(), hub.police)
    return bundle.seal_bundle(inside, stated, hub.seal.public_key(), uuid4())


def received(hub: SmallHub, message: Sealed) -> list[ReceiptIssued]:
    receiving = hub.receiving()
    letters = tuple(receiving.unsealer.letters((Arrived(hub.police.topic, 1, message),)))
    assert [letter.last for letter in letters] == [False] * (len(letters) - 1) + [True]
    return [one.receipt for one in receive_together(receiving, letters)]


def set_aside(hub: SmallHub) -> list[ReportQuarantined]:
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 1000))
    return [fact for fact in facts if isinstance(fact, ReportQuarantined)]


def test_every_statement_has_a_receipt_of_its_own(hub: SmallHub) -> None:
    reports = [a_concern(f"C-{number}") for number in range(20)]
    receipts = received(hub, bundled(hub, *signed(hub, *reports)))
    assert [one.event_id for one in receipts] == [str(event_id(hub.police.source, report)) for report in reports]
    assert {one.outcome for one in receipts} == {"accepted"}


def test_what_is_stored_proves_itself_without_its_neighbours(hub: SmallHub) -> None:
    reports = [a_concern(f"C-{number}") for number in range(9)]
    received(hub, bundled(hub, *signed(hub, *reports)))
    (person,) = hub.index.people_with("nhs", "9990001006")
    keys = {hub.police.signing.key_id: hub.police.signing.private.public_key()}
    history = hub.store.read_history(person)
    for sealed, report in zip(history.sealed, reports, strict=True):
        place = Place(hub.store.stream_id(Stream.history(person)), sealed.version, REPORT)
        (packed,) = hub.mapper.open_content(BY_A_TEST, (Stored(place, sealed.state, sealed.position),))
        kept = envelope.unpack(packed)
        assert signature.verify(kept, keys) == attributes_of(hub, report, hub.police)
        assert kept.body == report.to_bytes()


def test_a_bad_statement_stops_none_of_its_neighbours(hub: SmallHub) -> None:
    good = signed(hub, *(a_concern(f"C-{number}") for number in range(6)))
    bad = [
        Signed(good[0].jws, good[1].body),  # signed for other bytes
        *signed(hub, a_concern("H-1"), sender=hub.health),  # another agency's
        *signed(hub, a_concern("T-1"), topic=hub.health.topic),  # for another topic
        Signed("", b"nonsense"),
        *signed(hub, a_concern("C-0", words="as changed")),  # the same id over other bytes
    ]
    mixed = [one for pair in zip(good, [*bad, good[0]], strict=True) for one in pair]
    receipts = received(hub, bundled(hub, *mixed))
    assert [one.outcome for one in receipts[::2]] == ["accepted"] * 6
    assert [one.code for one in receipts[1::2]] == [
        "sig_bytes", "sig_key", "topic_forged", "sig_form", "altered_repeat", "",
    ]  # fmt: skip
    assert receipts[-1].outcome == "duplicate"


def test_each_bad_statement_is_kept_whole_once_as_a_message_that_says_the_same(hub: SmallHub) -> None:
    inside = [*signed(hub, a_concern("C-1")), Signed("", b"one"), Signed("", b"two")]
    for _ in range(2):
        received(hub, bundled(hub, *inside))
    kept = set_aside(hub)
    assert [fact.code for fact in kept] == ["sig_form", "sig_form"]
    for fact, expected in zip(kept, inside[1:], strict=True):
        head, value = base64.b64decode(fact.held).split(b"\n\n", maxsplit=1)
        headers = tuple(tuple(line.split(": ", maxsplit=1)) for line in head.decode().split("\n"))
        message = Sealed(tuple((name, text) for name, text in headers), value)
        assert envelope.open_seal(message, hub.police.topic, hub.seal) == expected
        assert hub.take(message).code == "sig_form"


def test_a_bundle_of_which_nothing_opens_is_one_message_set_aside(hub: SmallHub) -> None:
    message = bundled(hub, *signed(hub, *(a_concern(f"C-{number}") for number in range(3))))
    altered = Sealed(message.headers, message.value[:-1] + bytes([message.value[-1] ^ 1]))
    (receipt,) = received(hub, altered)
    assert (receipt.outcome, receipt.code) == ("quarantined", "seal_open")
    stated = attributes_of(hub, a_concern(), hub.police)
    empty = envelope.locked(BUNDLE_TYPE, b"\x00", stated, hub.seal.public_key(), uuid4())
    assert [one.code for one in received(hub, empty)] == ["seal_form"]


def test_the_same_statement_alone_and_in_a_bundle_is_one_report(hub: SmallHub) -> None:
    report = a_concern("C-1")
    assert hub.receive(report).outcome == "accepted"
    (receipt,) = received(hub, bundled(hub, *signed(hub, report)))
    assert receipt.outcome == "duplicate"
