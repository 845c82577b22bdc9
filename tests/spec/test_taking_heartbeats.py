"""Is a heartbeat believed from its own agency alone, is the newest never overwritten, is each kept as signed?"""

import base64
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agencies import registry as partners
from agencies.heartbeat import Heart, seal_heartbeat
from contracts import signature
from contracts.envelope import Sealed
from contracts.events.feed import FeedHeartbeat, HeartbeatKept
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.signature import Signed, SigningKey
from hub.application.ports import Stream
from tests.support.given import NOW, an_id
from tests.support.heartbeats import a_heartbeat, a_sealed_heartbeat
from tests.support.small_hub import SmallHub

SECOND = timedelta(seconds=1)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def sealed(hub: SmallHub, said: FeedHeartbeat) -> Sealed:
    return a_sealed_heartbeat(said, hub.police.signing, hub.seal.public_key())


def hear(hub: SmallHub, said: FeedHeartbeat) -> ReceiptIssued:
    return hub.take(sealed(hub, said), hub.police)


def kept(hub: SmallHub) -> list[HeartbeatKept]:
    facts = hub.store.read_stream(Stream.feed(hub.police.source))
    return [fact for fact in facts if isinstance(fact, HeartbeatKept)]


def alarms(hub: SmallHub) -> list[str]:
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 500))
    return [fact.code for fact in facts if isinstance(fact, ReportQuarantined) and fact.alarm]


def test_a_heartbeat_is_kept_just_as_its_agency_signed_it(hub: SmallHub) -> None:
    receipt = hear(hub, a_heartbeat(3))
    assert (receipt.outcome, receipt.sequence, [mark.code for mark in receipt.marks]) == (
        "accepted", "00000001.3", ["heartbeat"],
    )  # fmt: skip
    (one,) = kept(hub)
    assert (one.said(), one.received, one.went_back) == (a_heartbeat(3), NOW, False)
    public = hub.police.signing.private.public_key()
    signed = Signed(one.jws, base64.b64decode(one.body))
    attributes = signature.verify(signed, {hub.police.signing.key_id: public})
    assert (attributes.source, attributes.sequence) == (hub.police.source, "")


def test_every_newer_heartbeat_is_one_small_fact_more(hub: SmallHub) -> None:
    for second in range(5):
        hear(hub, a_heartbeat(second, NOW + second * SECOND))
    assert [one.said().last for one in kept(hub)] == [0, 1, 2, 3, 4]
    rows = hub.store.rows_after(0, 500)
    assert len(rows) == 5
    assert max(len(row.state) for row in rows) < 2500


def test_one_that_is_replayed_or_overtaken_is_answered_and_overwrites_nothing(hub: SmallHub) -> None:
    early, late = a_heartbeat(1, NOW), a_heartbeat(9, NOW + SECOND)
    hear(hub, late)
    assert [hear(hub, one).outcome for one in (early, late, early)] == ["duplicate"] * 3
    assert [one.said() for one in kept(hub)] == [late]


def test_an_older_epoch_does_not_come_back(hub: SmallHub) -> None:
    old, new = a_heartbeat(50, NOW, epoch="00000001"), a_heartbeat(1, NOW + SECOND, epoch="00000002")
    hear(hub, old)
    hear(hub, new)
    assert hear(hub, old).outcome == "duplicate"
    assert kept(hub)[-1].said() == new
    assert not kept(hub)[-1].went_back


def test_two_heartbeats_of_one_moment_are_an_alarm(hub: SmallHub) -> None:
    hear(hub, a_heartbeat(1))
    receipt = hear(hub, a_heartbeat(2))
    assert (receipt.outcome, receipt.code) == ("quarantined", "altered_repeat")
    assert alarms(hub) == ["altered_repeat"]
    assert [one.said().last for one in kept(hub)] == [1]


def test_a_clock_that_runs_ahead_cannot_make_a_feed_look_alive_tomorrow(hub: SmallHub) -> None:
    receipt = hear(hub, a_heartbeat(1, NOW + timedelta(minutes=6)))
    assert (receipt.outcome, receipt.code, receipt.where) == ("quarantined", "clock_ahead", "at")
    hear(hub, a_heartbeat(1, NOW + timedelta(minutes=4)))
    assert kept(hub)[0].alive_at() == NOW


def test_numbers_that_went_back_in_one_epoch_are_marked_and_the_edge_is_told(hub: SmallHub) -> None:
    hear(hub, a_heartbeat(9))
    receipt = hear(hub, a_heartbeat(4, NOW + SECOND))
    assert receipt.outcome == "accepted"
    assert [mark.code for mark in receipt.marks] == ["heartbeat", "numbers_went_back"]
    assert [one.went_back for one in kept(hub)] == [False, True]


def test_another_agency_cannot_speak_for_it_on_either_topic(hub: SmallHub) -> None:
    own = a_sealed_heartbeat(a_heartbeat(1), hub.health.signing, hub.seal.public_key())
    assert hub.take(own, hub.police).code == "sig_key"
    on_health_s = replace(partners.by_name("police"), name="health")
    heart = Heart(on_health_s, hub.health.signing, hub.seal.public_key())
    elsewhere = seal_heartbeat(heart, a_heartbeat(1), an_id("a"), an_id("key")).message
    assert hub.take(elsewhere, hub.health).code == "sig_key"
    assert (kept(hub), alarms(hub)) == ([], ["sig_key", "sig_key"])


def test_what_it_said_on_its_own_topic_is_not_believed_from_another(hub: SmallHub) -> None:
    assert hub.take(sealed(hub, a_heartbeat(1)), hub.health).code == "seal_open"
    assert kept(hub) == []


def test_a_stranger_s_key_under_the_agency_s_key_name_is_an_alarm(hub: SmallHub) -> None:
    forged = SigningKey(hub.police.signing.key_id, Ed25519PrivateKey.generate())
    receipt = hub.take(a_sealed_heartbeat(a_heartbeat(1), forged, hub.seal.public_key()), hub.police)
    assert (receipt.outcome, receipt.code) == ("quarantined", "sig_bytes")
    assert (kept(hub), alarms(hub)) == ([], ["sig_bytes"])


def test_one_of_another_shape_is_set_aside_and_says_where(hub: SmallHub) -> None:
    wrong = FeedHeartbeat.model_construct(**{**a_heartbeat(1).__dict__, "epoch": "not an epoch"})
    receipt = hear(hub, wrong)
    assert (receipt.outcome, receipt.code, receipt.where) == ("quarantined", "schema", "epoch")
