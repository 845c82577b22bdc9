"""Is no key enrolled by which anybody could sign, or to which nothing can be sealed (RFC 8032, RFC 7748)?"""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from agencies import registry as partners
from contracts.events.hub import AgencyEnrolled
from hub.adapters.edge_side import PartnerKeys
from hub.adapters.enrolment_file import NotAnEnrolment, fingerprint, read_enrolment, write_enrolment
from hub.adapters.public_keys import SMALL_ORDER_HEIGHTS, NotPublicKeys, read_keys, write_keys
from hub.commands.enrol import enrol
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.given import StoppedClock

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
TOP = 1 << 255
# Order 4 and 8 on the other curve, as little-endian numbers (RFC 7748 has no list; 0 and 1 it names by their effect).
LOW_POINTS = (
    0,
    1,
    P - 1,
    int.from_bytes(bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"), "little"),
    int.from_bytes(bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"), "little"),
)


def written(number: int) -> bytes:
    return number.to_bytes(32, "little")


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


@pytest.fixture
def keys(tmp_path: Path) -> PartnerKeys:
    return PartnerKeys(partners.by_name("police"), tmp_path / "police")


def stated(keys: PartnerKeys, **more: str) -> AgencyEnrolled:
    return keys.enrolment(StoppedClock()).model_copy(update=more)


def signed_by_nobody(keys: PartnerKeys, key: bytes) -> tuple[bytes, str]:
    """An enrolment with that signing key, and a signature of zeroes over it: its maker holds no private key at all."""
    enrolment = stated(keys, public_key=text(key))
    held = json.loads(write_enrolment(enrolment, keys.signing))
    held["proof"] = text(written(1) + bytes(32))
    return json.dumps(held).encode(), fingerprint(enrolment)


def test_a_signature_of_zeroes_verifies_under_a_key_of_small_order() -> None:
    """What the refusal guards against: the library that proves every message says yes to this one."""
    Ed25519PublicKey.from_public_bytes(written(1)).verify(written(1) + bytes(32), b"whatever anybody likes")


def test_a_key_by_which_anybody_can_sign_is_refused(keys: PartnerKeys) -> None:
    raw, read_out = signed_by_nobody(keys, written(1))
    with pytest.raises(NotAnEnrolment, match="weak_key"):
        read_enrolment(raw, read_out)


@pytest.mark.parametrize("sign", [0, TOP])
@pytest.mark.parametrize("height", sorted(SMALL_ORDER_HEIGHTS))
def test_every_point_of_small_order_is_refused(keys: PartnerKeys, height: int, sign: int) -> None:
    raw, read_out = signed_by_nobody(keys, written(height | sign))
    with pytest.raises(NotAnEnrolment, match="weak_key"):
        read_enrolment(raw, read_out)


@pytest.mark.parametrize("sign", [0, TOP])
@pytest.mark.parametrize("height", [P, P + 1, P + 3, 2**255 - 1])
def test_a_signing_key_written_in_a_second_way_is_refused(keys: PartnerKeys, height: int, sign: int) -> None:
    raw, read_out = signed_by_nobody(keys, written(height | sign))
    with pytest.raises(NotAnEnrolment, match="weak_key"):
        read_enrolment(raw, read_out)


@pytest.mark.parametrize("point", [*LOW_POINTS, P, P + 1])
def test_a_seal_key_to_which_nothing_can_be_sealed_is_refused(keys: PartnerKeys, point: int) -> None:
    enrolment = stated(keys, seal_key=text(written(point)))
    with pytest.raises(NotAnEnrolment, match="weak_key"):
        read_enrolment(write_enrolment(enrolment, keys.signing).encode(), fingerprint(enrolment))


def test_a_seal_key_written_in_a_second_way_is_refused(keys: PartnerKeys) -> None:
    first = int.from_bytes(base64.b64decode(stated(keys).seal_key), "little")
    for second in (first | TOP, P + 9):  # 9 is the base point: a sound key, but for the way it is written
        X25519PublicKey.from_public_bytes(written(second))
        enrolment = stated(keys, seal_key=text(written(second)))
        with pytest.raises(NotAnEnrolment, match="weak_key"):
            read_enrolment(write_enrolment(enrolment, keys.signing).encode(), fingerprint(enrolment))


def test_whoever_enrols_is_told_that_it_is_the_key(
    keys: PartnerKeys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, read_out = signed_by_nobody(keys, written(1))
    path = tmp_path / "police.json"
    path.write_bytes(raw)
    hub = Hub(Settings(home=tmp_path / "hub"))
    assert enrol(hub, path, read_out) == 1
    assert "protects nothing" in capsys.readouterr().out
    assert hub.enrolments() == {}


@pytest.mark.parametrize("named", ["public_key", "seal_key"])
def test_an_edge_takes_no_such_key_for_the_hub_s(tmp_path: Path, named: str) -> None:
    held = json.loads(write_keys(Hub(Settings(home=tmp_path / "hub")).public_keys))
    with pytest.raises(NotPublicKeys, match="weak_key"):
        read_keys(json.dumps({**held, named: text(written(1))}).encode())


Point = tuple[int, int]


def plus(one: Point, other: Point) -> Point:
    """The sum of two points of the curve -x^2 + y^2 = 1 + d x^2 y^2 (RFC 8032 s.5.1.4)."""
    (x, y), (u, v) = one, other
    product = D * x * u * y * v
    return (x * v + y * u) * pow(1 + product, -1, P) % P, (y * v + x * u) * pow(1 - product, -1, P) % P


def times(number: int, point: Point) -> Point:
    total = (0, 1)
    for bit in bin(number)[2:]:
        total = plus(total, total)
        total = plus(total, point) if bit == "1" else total
    return total


def at_height(y: int) -> Point | None:
    """A point of that height, if there is one (RFC 8032 s.5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    for root in (x, x * pow(2, (P - 1) // 4, P) % P):
        if root * root % P == square:
            return root, y
    return None


def test_the_heights_of_small_order_are_all_there_are() -> None:
    """Any point times the order of the base point is of an order that divides 8; these multiples are all of them."""
    found = {times(ORDER, point) for y in range(2, 12) if (point := at_height(y)) is not None}
    generator = next(point for point in found if times(4, point) != (0, 1))
    every = {times(number, generator) for number in range(8)}
    assert len(every) == 8
    assert {y for _, y in every} == SMALL_ORDER_HEIGHTS
