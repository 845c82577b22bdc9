"""Nothing an agency sent is lost or overwritten; nothing forged is believed; a wrong basis keeps nothing out."""

import base64
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts import envelope
from contracts.catalogue import wire_type
from contracts.envelope import Sealed
from contracts.event_id import event_id
from contracts.events.hub import ReportLinked, ReportQuarantined
from contracts.report import Change, LawfulBasis, Report
from contracts.signature import Attributes, SigningKey
from contracts.vocabulary import ChangeKind
from contracts.when import at_moment, on_day
from hub.application.kept_rows import KeptRow
from tests.support.given import NOW, a_concern
from tests.support.small_hub import Sender, SmallHub


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def set_aside(hub: SmallHub) -> list[ReportQuarantined]:
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 1000))
    return [fact for fact in facts if isinstance(fact, ReportQuarantined)]


def reports_kept(hub: SmallHub) -> list[KeptRow]:
    return [row for row in hub.store.rows_after(0, 5000) if row.code == "k01"]


def seal_as(hub: SmallHub, report: Report, sender: Sender, key: SigningKey, topic: str | None = None) -> Sealed:
    attributes = Attributes(
        event_id(sender.source, report), sender.source, wire_type(type(report)), topic or sender.topic, NOW
    )
    return envelope.seal(report.to_bytes(), attributes, key, hub.seal.public_key())


def test_a_genuine_report_is_taken_in_and_answered(hub: SmallHub) -> None:
    receipt = hub.receive(a_concern())
    assert (receipt.outcome, receipt.code) == ("accepted", "")
    assert len(reports_kept(hub)) == 1


def test_the_same_report_a_thousand_times_is_kept_once_and_answered_alike(hub: SmallHub) -> None:
    message = hub.sealed(a_concern())
    first = hub.take(message)
    answers = {hub.take(message).model_copy(update={"outcome": first.outcome}) for _ in range(1000)}
    assert answers == {first}
    assert len(reports_kept(hub)) == 1


def test_the_same_id_over_other_bytes_is_set_aside_with_an_alarm(hub: SmallHub) -> None:
    hub.receive(a_concern(words="as first stated"))
    receipt = hub.receive(a_concern(words="as changed afterwards"))
    assert (receipt.outcome, receipt.code) == ("quarantined", "altered_repeat")
    assert [fact.alarm for fact in set_aside(hub)] == [True]
    assert len(reports_kept(hub)) == 1


def test_a_report_signed_by_an_unknown_key_is_not_believed(hub: SmallHub) -> None:
    forged = seal_as(hub, a_concern(), hub.police, SigningKey("police-1", Ed25519PrivateKey.generate()))
    receipt = hub.take(forged)
    assert (receipt.outcome, receipt.code) == ("quarantined", "sig_bytes")
    assert reports_kept(hub) == []


def test_an_agency_cannot_speak_for_another(hub: SmallHub) -> None:
    receipt = hub.take(seal_as(hub, a_concern(), hub.police, hub.health.signing))
    assert (receipt.outcome, receipt.code) == ("quarantined", "sig_key")
    renamed = replace(hub.health.signing, key_id=hub.police.signing.key_id)
    assert hub.take(seal_as(hub, a_concern(), hub.police, renamed)).code == "sig_bytes"
    assert reports_kept(hub) == []


def test_a_genuine_report_on_another_agencys_topic_is_not_believed(hub: SmallHub) -> None:
    receipt = hub.take(hub.sealed(a_concern()), topic=hub.health.topic)
    assert receipt.outcome == "quarantined"
    signed_for_own_topic = seal_as(hub, a_concern(), hub.police, hub.police.signing, topic=hub.health.topic)
    assert hub.take(signed_for_own_topic, topic=hub.police.topic).outcome == "quarantined"
    assert reports_kept(hub) == []


def test_a_report_altered_on_the_way_is_not_believed(hub: SmallHub) -> None:
    message = hub.sealed(a_concern())
    altered = bytearray(message.value)
    altered[len(altered) // 2] ^= 1
    assert hub.take(Sealed(message.headers, bytes(altered))).code == "seal_open"


def test_a_report_from_nobody_enrolled_is_not_believed(hub: SmallHub) -> None:
    stranger = replace(hub.police, name="stranger")
    assert (
        hub.take(seal_as(hub, a_concern(), stranger, stranger.signing), topic=stranger.topic).code == "source_unknown"
    )


def test_what_is_set_aside_is_kept_whole_and_once(hub: SmallHub) -> None:
    bad = hub.sealed(a_concern(), body=b'{"about": 7}')
    assert hub.take(bad).code == "schema"
    assert hub.take(bad).code == "schema"
    (kept,) = set_aside(hub)
    assert bad.value in base64.b64decode(kept.held)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"{", "not_json"),
        (b'{"a":1,"a":2}', "dup_key"),
        (b'{"a":NaN}', "number"),
        (b'{"a":"\\ud800"}', "string"),
        ("{}".encode("utf-16"), "encoding"),
        (b"[]", "object"),
        (b'{"unheard_of": true}', "schema"),
        (b"[" * 100_000, "too_deep"),
    ],
)
def test_a_body_that_cannot_be_read_is_set_aside_with_a_code(hub: SmallHub, body: bytes, code: str) -> None:
    receipt = hub.take(hub.sealed(a_concern(), body=body or b" "))
    assert (receipt.outcome, receipt.code) == ("quarantined", code)
    assert "unheard_of" not in receipt.where


def test_a_bad_message_stops_none_of_its_neighbours(hub: SmallHub) -> None:
    outcomes = [
        hub.take(hub.sealed(a_concern(f"C-{number}"), body=b"{" if number == 37 else None)).outcome
        for number in range(100)
    ]
    assert outcomes.count("accepted") == 99
    assert outcomes[37] == "quarantined"


@pytest.mark.parametrize("written", ["6z", "6(1)(e)", "Art. 6(1)(ea), Annex 1 para 6", "PUBLIC TASK"])
def test_a_basis_that_the_law_does_not_know_is_marked_and_the_report_is_kept(hub: SmallHub, written: str) -> None:
    receipt = hub.receive(a_concern(basis=LawfulBasis(person="child", article6=written)))
    assert receipt.outcome == "accepted"
    told = [mark for mark in receipt.marks if mark.code == "basis_to_be_corrected"]
    assert told
    assert not [mark for mark in told if written in mark.says]


def test_a_public_authority_claiming_a_recognised_legitimate_interest_is_told(hub: SmallHub) -> None:
    receipt = hub.receive(a_concern(basis=LawfulBasis(person="child", article6="6ea", annex1="para_6")))
    assert receipt.outcome == "accepted"
    assert any(mark.code == "basis_to_be_corrected" and mark.says for mark in receipt.marks)


def test_a_sound_basis_gets_no_mark(hub: SmallHub) -> None:
    assert "basis_to_be_corrected" not in {mark.code for mark in hub.receive(a_concern()).marks}


def test_a_time_ahead_and_a_time_long_past_are_marked(hub: SmallHub) -> None:
    ahead = hub.receive(a_concern("C-1", happened=at_moment(NOW + timedelta(hours=1))))
    late = hub.receive(a_concern("C-2", happened=on_day((NOW - timedelta(days=90)).date())))
    assert "happened_in_future" in {mark.code for mark in ahead.marks}
    assert "received_late" in {mark.code for mark in late.marks}


def test_an_unknown_version_is_set_aside_until_the_hub_is_upgraded(hub: SmallHub) -> None:
    report, sender = a_concern(), hub.police
    attributes = Attributes(
        event_id(sender.source, report), sender.source, "uk.childhub.concern.raised.v99", sender.topic, NOW
    )
    message = envelope.seal(report.to_bytes(), attributes, sender.signing, hub.seal.public_key())
    receipt = hub.take(message)
    assert (receipt.outcome, receipt.code, receipt.where) == ("quarantined", "version", "")


def persons(hub: SmallHub) -> int:
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 1000))
    return len({fact.person_id for fact in facts if isinstance(fact, ReportLinked)})


def test_nobody_states_something_under_the_id_of_anothers_report(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="bruises"))
    fine = a_concern("H-1", words="all fine")
    attributes = Attributes(
        event_id(hub.police.source, a_concern("C-1")), hub.health.source, wire_type(type(fine)), hub.health.topic, NOW
    )
    message = envelope.seal(fine.to_bytes(), attributes, hub.health.signing, hub.seal.public_key())
    receipt = hub.take(message, hub.health)
    assert (receipt.outcome, receipt.code) == ("quarantined", "id_not_of_this_record")
    assert set_aside(hub)[0].alarm


def test_one_agency_never_withdraws_what_another_stated(hub: SmallHub) -> None:
    first = a_concern("C-1")
    hub.receive(first)
    change = Change(kind=ChangeKind.RETRACTION, of=event_id(hub.police.source, first), reason="not so")
    receipt = hub.receive(a_concern("H-1", change=change), hub.health)
    assert (receipt.outcome, receipt.code) == ("quarantined", "not_its_own_report")


@pytest.mark.parametrize("value", ["a\x00b", "a\ud800b", "ſ" * 3, "x" * 500])
def test_a_header_that_nobody_could_keep_is_set_aside_and_stops_nothing(hub: SmallHub, value: str) -> None:
    headers = (("ce_id", value), ("ce_source", value))
    assert hub.take(Sealed(headers, b"z")).outcome == "quarantined"
    assert hub.receive(a_concern()).outcome == "accepted"
