"""Which laws hold for trees of any size?"""

from hypothesis import given
from hypothesis import strategies as st

from audit import merkle
from audit.edge import RightEdge
from audit.errors import ProofFails

LEAVES = merkle.leaf_hashes([b"%d" % index for index in range(1200)])
SIZES = st.integers(min_value=1, max_value=1200)


def node(level: int, index: int) -> bytes:
    return merkle.root_of(LEAVES[(index << level) * 32 : ((index + 1) << level) * 32])


def root(size: int) -> bytes:
    return merkle.root_of(LEAVES[: size * 32])


def flip(proof: tuple[bytes, ...], bit: int) -> tuple[bytes, ...]:
    joined = bytearray(b"".join(proof))
    joined[bit // 8 % len(joined)] ^= 1 << bit % 8
    return tuple(bytes(joined[at : at + 32]) for at in range(0, len(joined), 32))


@given(data=st.data(), size=SIZES)
def test_an_inclusion_proof_holds_and_breaks_when_a_bit_flips(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    leaf = LEAVES[index * 32 : index * 32 + 32]
    proof = merkle.inclusion_proof(index, size, node)
    merkle.verify_inclusion(leaf, index, size, proof, root(size))
    if proof:
        changed = flip(proof, data.draw(st.integers(min_value=0, max_value=len(proof) * 256 - 1)))
        assert not holds_inclusion(leaf, index, size, changed)
    other = data.draw(
        st.integers(min_value=0, max_value=size - 1).filter(lambda at: at != index) if size > 1 else st.none()
    )
    if other is not None:
        assert not holds_inclusion(leaf, other, size, proof)


@given(data=st.data(), new=SIZES)
def test_a_consistency_proof_holds_and_breaks_when_a_bit_flips(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(min_value=0, max_value=new))
    proof = merkle.consistency_proof(old, new, node)
    merkle.verify_consistency(old, new, root(old), root(new), proof)
    if proof:
        changed = flip(proof, data.draw(st.integers(min_value=0, max_value=len(proof) * 256 - 1)))
        assert not holds_consistency(old, new, root(old), root(new), changed)
    if old > 1:
        assert not holds_consistency(old, new, root(old - 1), root(new), proof)


@given(cuts=st.lists(SIZES, max_size=8), size=SIZES)
def test_a_tree_grown_in_any_steps_is_the_same_tree(cuts: list[int], size: int) -> None:
    edge = RightEdge()
    for end in sorted({min(cut, size) for cut in cuts} | {size}):
        edge.append(LEAVES[edge.size * 32 : end * 32])
    at_once = RightEdge()
    at_once.append(LEAVES[: size * 32])
    assert (edge.root(), edge.levels) == (root(size), at_once.levels)


@given(size=SIZES)
def test_the_root_is_the_hash_over_its_two_halves(size: int) -> None:
    if size > 1:
        half = 1 << (size - 1).bit_length() - 1
        right = merkle.root_of(LEAVES[half * 32 : size * 32])
        assert root(size) == merkle.node_hash(root(half), right)


def holds_inclusion(leaf: bytes, index: int, size: int, proof: tuple[bytes, ...]) -> bool:
    try:
        merkle.verify_inclusion(leaf, index, size, proof, root(size))
    except ProofFails:
        return False
    return True


def holds_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: tuple[bytes, ...]) -> bool:
    try:
        merkle.verify_consistency(old, new, old_root, new_root, proof)
    except ProofFails:
        return False
    return True
