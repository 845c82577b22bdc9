"""Is an acknowledgement believed from the recipient alone, once, and kept beside what it answers?"""

import base64
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts import signature
from contracts.envelope import Sealed
from contracts.events.hub import ReportQuarantined
from contracts.events.sharing import AcknowledgementKept, DisclosureDecided, ShareAcknowledged
from contracts.signature import Signed, SigningKey
from contracts.vocabulary import AgencyKind, StaffRole
from hub.adapters.crossing import seal_acknowledgement
from hub.application.list_shares import list_shares
from hub.application.ports import Stream
from hub.domain.errors import AccessRefused
from hub.domain.shares import Standing
from tests.support.given import a_concern, an_actor
from tests.support.sharers import CHILD, MASH, SharingHub
from tests.support.small_hub import Sender


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    there = SharingHub(tmp_path)
    there.receive(a_concern())
    return there


def answer(
    hub: SharingHub, fact: DisclosureDecided, by: Sender, key: SigningKey | None = None, share: UUID | None = None
) -> Sealed:
    said = ShareAcknowledged(
        share_id=share or fact.items[0].share_id,
        disclosure_id=fact.disclosure_id,
        read_by="duty_nurse",
        at=hub.clock.now(),
    )
    return seal_acknowledgement(said, by.source, by.topic, key or by.signing, hub.seal.public_key())


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
    assert (one.disclosure_id, one.read_by, one.source) == (fact.disclosure_id, "duty_nurse", hub.health.source)
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
