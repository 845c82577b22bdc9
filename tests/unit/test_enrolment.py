"""Is an agency enrolled only with keys that it holds, that were read out, and that replace no others?"""

import base64
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from agencies import registry as partners
from contracts.events.hub import AgencyEnrolled
from hub.adapters.edge_side import PartnerKeys
from hub.adapters.enrolment_file import NotAnEnrolment, fingerprint, read_enrolment, write_enrolment
from hub.adapters.public_keys import NotPublicKeys, read_keys, write_keys
from hub.commands.enrol import enrol
from hub.domain.errors import EnrolledOtherwise
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.given import StoppedClock


@dataclass(frozen=True)
class Desk:
    """An agency's own keys, and what it hands the hub."""

    folder: Path
    name: str = "police"

    @property
    def keys(self) -> PartnerKeys:
        return PartnerKeys(partners.by_name(self.name), self.folder)

    @property
    def enrolment(self) -> AgencyEnrolled:
        return self.keys.enrolment(StoppedClock())

    def file(self, stated: AgencyEnrolled | None = None) -> Path:
        path = self.folder / "enrolment.json"
        path.write_text(write_enrolment(stated or self.enrolment, self.keys.signing), encoding="utf-8")
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "police")


def changed(path: Path, **more: object) -> bytes:
    return json.dumps({**json.loads(path.read_bytes()), **more}).encode()


def test_what_the_agency_states_is_read_as_it_stated_it(desk: Desk) -> None:
    assert read_enrolment(desk.file().read_bytes(), fingerprint(desk.enrolment)) == desk.enrolment


def test_a_fingerprint_is_read_out_in_groups(desk: Desk) -> None:
    plain = fingerprint(desk.enrolment)
    groups = ":".join(plain[start : start + 4] for start in range(0, 64, 4)).upper()
    assert len(plain) == 64
    assert read_enrolment(desk.file().read_bytes(), f" {groups}") == desk.enrolment


def test_nothing_secret_is_in_it(desk: Desk) -> None:
    raw = desk.file().read_bytes()
    for secret in (desk.keys.signing.private.private_bytes_raw(), desk.keys.seal.private_bytes_raw()):
        assert base64.b64encode(secret) not in raw


@pytest.mark.parametrize("heard", ["", "0" * 64, "é" * 64])
def test_another_fingerprint_is_refused(desk: Desk, heard: str) -> None:
    with pytest.raises(NotAnEnrolment, match="fingerprint"):
        read_enrolment(desk.file().read_bytes(), heard)


def test_the_fingerprint_that_the_file_claims_proves_nothing(desk: Desk, tmp_path: Path) -> None:
    forger = Desk(tmp_path / "forger")
    raw = changed(forger.file(), fingerprint=fingerprint(desk.enrolment))
    with pytest.raises(NotAnEnrolment, match="fingerprint"):
        read_enrolment(raw, fingerprint(desk.enrolment))


def test_a_key_that_the_maker_does_not_hold_is_refused(desk: Desk, tmp_path: Path) -> None:
    forger = Desk(tmp_path / "forger")
    stated = forger.enrolment.model_copy(update={"public_key": desk.enrolment.public_key})
    with pytest.raises(NotAnEnrolment, match="proof"):
        read_enrolment(forger.file(stated).read_bytes(), fingerprint(desk.enrolment))


def test_a_seal_key_put_in_by_another_is_refused(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "forger").enrolment.seal_key
    stated = desk.enrolment.model_copy(update={"seal_key": other}).to_bytes().decode()
    with pytest.raises(NotAnEnrolment, match="proof"):
        read_enrolment(changed(desk.file(), enrolment=stated), fingerprint(desk.enrolment))


@pytest.mark.parametrize("more", [{"form": "other"}, {"proof": "=="}, {"proof": 1}, {"more": 1}, {"enrolment": "{}"}])
def test_what_is_not_of_the_form_is_refused(desk: Desk, more: dict[str, object]) -> None:
    with pytest.raises(NotAnEnrolment, match="form"):
        read_enrolment(changed(desk.file(), **more), fingerprint(desk.enrolment))


@pytest.mark.parametrize("raw", [b"", b"[]", b"\xff", b'{"form": "childhub-enrolment/1"}'])
def test_a_file_of_another_kind_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAnEnrolment, match="form"):
        read_enrolment(raw, "0" * 64)


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(Settings(home=tmp_path / "hub"))


def test_the_hub_enrols_it_once(desk: Desk, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    assert enrol(hub, desk.file(), fingerprint(desk.enrolment)) == 0
    assert hub.enrolments()[desk.enrolment.source].public_key == desk.enrolment.public_key
    assert enrol(hub, desk.file(), fingerprint(desk.enrolment)) == 0
    assert len(hub.enrolments()) == 1
    assert "already" in capsys.readouterr().out


def test_other_keys_are_never_put_in_place_of_those_enrolled(
    desk: Desk, hub: Hub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert enrol(hub, desk.file(), fingerprint(desk.enrolment)) == 0
    other = Desk(tmp_path / "other")
    assert enrol(hub, other.file(), fingerprint(other.enrolment)) == 1
    assert "other keys" in capsys.readouterr().out
    assert hub.enrolments()[desk.enrolment.source].public_key == desk.enrolment.public_key


def test_a_hub_does_not_send_in_the_name_of_an_agency_whose_keys_are_elsewhere(desk: Desk, hub: Hub) -> None:
    assert enrol(hub, desk.file(), fingerprint(desk.enrolment)) == 0
    before = hub.enrolments()
    with pytest.raises(EnrolledOtherwise):
        hub.edge("police")
    assert hub.enrolments() == before


@pytest.mark.parametrize(
    "more",
    [{"agency": "school"}, {"agency": "no such"}, {"source": "urn:childhub:agency:school"}, {"key_id": "school-1"},
     {"key_id": "police-1 "}, {"agency_kind": "gp"}],
)  # fmt: skip
def test_an_agency_that_is_not_stated_as_the_hub_knows_it_is_refused(
    desk: Desk, hub: Hub, more: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    stated = AgencyEnrolled.model_validate({**desk.enrolment.model_dump(), **more}, strict=False)
    assert enrol(hub, desk.file(stated), fingerprint(stated)) == 1
    assert hub.enrolments() == {}
    assert "Nobody was enrolled" in capsys.readouterr().out


def test_the_hubs_public_keys_come_back_as_they_were_printed(hub: Hub) -> None:
    found = read_keys(write_keys(hub.public_keys).encode())
    assert found.signing.public_bytes_raw() == hub.signing.private.public_key().public_bytes_raw()
    assert found.seal.public_bytes_raw() == hub.seal_key.public_key().public_bytes_raw()
    assert (found.key_id, found.log_key) == (hub.signing.key_id, hub.log_key)


@pytest.mark.parametrize("more", [{"form": "x"}, {"public_key": "AAAA"}, {"seal_key": "%"}, {"key_id": 1}, {"x": 1}])
def test_what_is_no_hubs_public_keys_is_refused(hub: Hub, more: dict[str, object]) -> None:
    held = {**json.loads(write_keys(hub.public_keys)), **more}
    with pytest.raises(NotPublicKeys):
        read_keys(json.dumps(held).encode())
