"""Is an acknowledgement believed from the recipient alone, kept beside what it answers, and delivery not reading?"""

import base64
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts import envelope, signature, strict_json
from contracts.catalogue import wire_type
from contracts.envelope import Sealed
from contracts.errors import NotOfShape
from contracts.events.hub import ReportQuarantined
from contracts.events.sharing import AcknowledgementKept, DisclosureDecided, Reached, ShareAcknowledged
from contracts.signature import Attributes, Signed, SigningKey
from contracts.strict_json import Json
from contracts.vocabulary import AgencyKind, StaffRole
from hub.adapters.crossing import seal_acknowledgement
from hub.application.list_shares import list_shares
from hub.application.ports import Stream
from hub.domain.errors import AccessRefused
from hub.domain.shares import Share, Standing
from tests.support.given import a_concern, an_actor
from tests.support.sharers import CHILD, MASH, SharingHub
from tests.support.small_hub import Sender


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    there = SharingHub(tmp_path)
    there.receive(a_concern())
    return there


def answer(
    hub: SharingHub,
    fact: DisclosureDecided,
    sender: Sender,
    key: SigningKey | None = None,
    share: UUID | None = None,
    *,
    state: Reached = "read",
    by: str = "duty_nurse",
) -> Sealed:
    said = ShareAcknowledged(
        share_id=share or fact.items[0].share_id,
        disclosure_id=fact.disclosure_id,
        state=state,
        by=by,
        at=hub.clock.now(),
    )
    return seal_acknowledgement(said, sender.source, sender.topic, key or sender.signing, hub.seal.public_key())


def kept(hub: SharingHub) -> list[AcknowledgementKept]:
    facts = hub.store.read_stream(Stream.access(hub.robin()))
    return [fact for fact in facts if isinstance(fact, AcknowledgementKept)]


def alarms(hub: SharingHub) -> list[str]:
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 500))
    return [fact.code for fact in facts if isinstance(fact, ReportQuarantined) and fact.alarm]


def test_the_recipient_s_answer_is_kept_beside_the_disclosure_exactly_as_signed(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    receipt = hub.take(answer(hub, fact, hub.health), hub.health)
    assert receipt.outcome == "accepted"
    (one,) = kept(hub)
    assert (one.disclosure_id, one.by, one.source) == (fact.disclosure_id, "duty_nurse", hub.health.source)
    signed = Signed(one.jws, base64.b64decode(one.body))
    public = hub.health.signing.private.public_key()
    assert signature.verify(signed, {hub.health.signing.key_id: public}).source == hub.health.source


def test_silence_never_closes_a_share(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    assert [one.standing for one in list_shares(hub.sharing(), MASH, CHILD).shares] == [Standing.WAITING]
    hub.clock.forward(timedelta(days=30))
    assert [one.standing for one in list_shares(hub.sharing(), MASH, CHILD).shares] == [Standing.OVERDUE]
    hub.take(answer(hub, fact, hub.health), hub.health)
    (one,) = list_shares(hub.sharing(), MASH, CHILD).shares
    assert (one.standing, one.read_by) == (Standing.READ, "duty_nurse")


def standing(hub: SharingHub) -> Share:
    (one,) = list_shares(hub.sharing(), MASH, CHILD).shares
    return one


def test_delivery_is_not_reading_and_what_nobody_read_is_overdue(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    delivered_at = hub.clock.now()
    hub.take(answer(hub, fact, hub.health, state="delivered", by="edge_process"), hub.health)
    assert (standing(hub).standing, standing(hub).delivered_at) == (Standing.DELIVERED, delivered_at)
    assert (standing(hub).read_by, standing(hub).read_at) == (None, None)
    hub.clock.forward(timedelta(days=30))
    assert standing(hub).standing is Standing.OVERDUE
    hub.take(answer(hub, fact, hub.health), hub.health)
    one = standing(hub)
    assert (one.standing, one.read_by, one.read_at) == (Standing.READ, "duty_nurse", hub.clock.now())
    assert one.delivered_at == delivered_at


def test_it_does_not_matter_which_of_the_two_comes_first(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    delivered = answer(hub, fact, hub.health, state="delivered", by="edge_process")
    hub.clock.forward(timedelta(hours=1))
    hub.take(answer(hub, fact, hub.health), hub.health)
    read_at = hub.clock.now()
    assert (standing(hub).standing, standing(hub).delivered_at) == (Standing.READ, None)
    assert hub.take(delivered, hub.health).outcome == "accepted"
    one = standing(hub)
    assert (one.standing, one.read_at) == (Standing.READ, read_at)
    assert one.delivered_at == read_at - timedelta(hours=1)


def test_the_first_reading_stays(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    hub.take(answer(hub, fact, hub.health), hub.health)
    hub.clock.forward(timedelta(hours=1))
    again = answer(hub, fact, hub.health, by="named_doctor")
    assert hub.take(again, hub.health).code == "altered_repeat"
    first = standing(hub)
    assert first.read_by == "duty_nurse"
    assert first.read_at == hub.clock.now() - timedelta(hours=1)


def test_an_answer_of_the_first_version_means_that_it_was_read(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    body = strict_json.write({
        "share_id": str(fact.items[0].share_id), "disclosure_id": str(fact.disclosure_id), "read_by": "duty_nurse",
        "at": hub.clock.now().isoformat(),
    })  # fmt: skip
    kind = wire_type(ShareAcknowledged, 1)
    attributes = Attributes(UUID(int=7), hub.health.source, kind, hub.health.topic, hub.clock.now())
    message = envelope.seal(body, attributes, hub.health.signing, hub.seal.public_key(), UUID(int=8))
    assert hub.take(message, hub.health).outcome == "accepted"
    assert (standing(hub).standing, standing(hub).read_by) == (Standing.READ, "duty_nurse")


@pytest.mark.parametrize("smuggled", [{"state": "delivered"}, {"by": "x"}])
def test_the_first_version_holds_nothing_of_the_second(smuggled: dict[str, Json]) -> None:
    first = {"share_id": str(UUID(int=1)), "disclosure_id": str(UUID(int=2)), "at": "2026-10-06T13:20:00Z"}
    with pytest.raises(NotOfShape):
        ShareAcknowledged.from_bytes(strict_json.write({**first, "read_by": "duty_nurse", **smuggled}), 1)
    with pytest.raises(NotOfShape):
        ShareAcknowledged.from_bytes(strict_json.write({**first}), 1)


def test_another_agency_cannot_answer_for_the_recipient(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    receipt = hub.take(answer(hub, fact, hub.police), hub.police)
    assert (receipt.outcome, receipt.code) == ("quarantined", "share_not_theirs")
    assert alarms(hub) == ["share_not_theirs"]
    assert not kept(hub)


def test_a_forged_answer_is_refused(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    forger = SigningKey(hub.health.signing.key_id, Ed25519PrivateKey.generate())
    receipt = hub.take(answer(hub, fact, hub.health, forger), hub.health)
    assert (receipt.outcome, receipt.code) == ("quarantined", "sig_bytes")
    assert not kept(hub)


def test_an_answer_moved_to_another_agency_s_topic_is_refused(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    receipt = hub.take(answer(hub, fact, hub.health), hub.health, topic=hub.police.topic)
    assert receipt.outcome == "quarantined"
    assert not kept(hub)


def test_an_answer_played_again_is_known_for_a_repeat(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    message = answer(hub, fact, hub.health)
    assert hub.take(message, hub.health).outcome == "accepted"
    assert hub.take(message, hub.health).outcome == "duplicate"
    assert len(kept(hub)) == 1


def test_the_same_answer_with_other_words_is_an_alarm(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    hub.take(answer(hub, fact, hub.health), hub.health)
    hub.clock.forward(timedelta(hours=1))
    assert hub.take(answer(hub, fact, hub.health), hub.health).code == "altered_repeat"
    assert len(kept(hub)) == 1


def test_an_answer_to_nothing_is_set_aside(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    unknown = fact.model_copy(update={"disclosure_id": UUID(int=9)})
    assert hub.take(answer(hub, unknown, hub.health), hub.health).code == "share_unknown"
    assert hub.take(answer(hub, fact, hub.health, share=UUID(int=8)), hub.health).code == "share_not_theirs"


def test_an_answer_from_before_the_share_is_refused(hub: SharingHub) -> None:
    fact = hub.share(hub.asked(a_concern()))
    hub.clock.forward(timedelta(days=-1))
    assert hub.take(answer(hub, fact, hub.health), hub.health).code == "share_not_yet_sent"


def test_the_list_is_for_those_whose_work_it_is_and_the_look_is_on_record(hub: SharingHub) -> None:
    hub.share(hub.asked(a_concern()))
    practitioner = an_actor("pc1", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
    with pytest.raises(AccessRefused):
        list_shares(hub.sharing(), practitioner, CHILD)
    list_shares(hub.sharing(), an_actor("ivy", role=StaffRole.IG_OFFICER), CHILD)
    looks = [one for one in hub.store.read_access(hub.robin()) if one.what == "shares"]
    assert [one.effect for one in looks] == ["refused", "permitted"]
