"""Are the hashes and proofs those of RFC 6962?"""

import base64
import importlib
from collections.abc import Sequence

import pytest

from audit import merkle
from audit.errors import NotInLog, ProofFails

RFC_6962_LEAVES = tuple(
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
)
RFC_6962_ROOTS = (
    "e3b0c442",
    "6e340b9c",
    "fac54203",
    "aeb6bcfe",
    "d37ee418",
    "4e3bbb1f",
    "76e67dad",
    "ddb89be4",
    "5dc9da79",
)
TESSERA_LEAVES = b"one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".split()
TESSERA_ROOTS = {
    1: "0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=",
    7: "IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=",
    15: "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=",
}


def reader_of(leaves: Sequence[bytes]) -> merkle.NodeReader:
    def node(level: int, index: int) -> bytes:
        width = 1 << level
        return merkle.root_of(merkle.leaf_hashes(leaves[index * width : (index + 1) * width]))

    return node


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_published_for_rfc_6962(size: int) -> None:
    leaves = RFC_6962_LEAVES[:size]
    assert merkle.root_of(merkle.leaf_hashes(leaves)).hex().startswith(RFC_6962_ROOTS[size])
    assert merkle.tree_root(size, reader_of(leaves)).hex().startswith(RFC_6962_ROOTS[size])


@pytest.mark.parametrize("size", TESSERA_ROOTS)
def test_roots_are_those_of_a_log_that_others_wrote(size: int) -> None:
    root = merkle.root_of(merkle.leaf_hashes(TESSERA_LEAVES[:size]))
    assert base64.b64encode(root).decode() == TESSERA_ROOTS[size]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 65, 300])
def test_roots_are_those_of_another_library(size: int) -> None:
    # Without types of its own, so it comes in by name: a type checker takes what it gives as it is.
    tree = importlib.import_module("pymerkle").InmemoryTree(algorithm="sha256")
    leaves = [b"leaf %d" % index for index in range(size)]
    for leaf in leaves:
        tree.append_entry(leaf)
    assert merkle.root_of(merkle.leaf_hashes(leaves)) == tree.get_root()


def test_every_inclusion_proof_of_a_small_tree_leads_to_its_root() -> None:
    leaves = [b"%d" % index for index in range(20)]
    for size in range(1, 21):
        root = merkle.root_of(merkle.leaf_hashes(leaves[:size]))
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, reader_of(leaves[:size]))
            merkle.verify_inclusion(merkle.leaf_hash(leaves[index]), index, size, proof, root)


def test_every_consistency_proof_of_a_small_tree_leads_to_both_roots() -> None:
    leaves = [b"%d" % index for index in range(20)]
    roots = [merkle.root_of(merkle.leaf_hashes(leaves[:size])) for size in range(21)]
    for new in range(21):
        for old in range(new + 1):
            proof = merkle.consistency_proof(old, new, reader_of(leaves[:new]))
            merkle.verify_consistency(old, new, roots[old], roots[new], proof)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_inclusion_proof_is_made_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(NotInLog):
        merkle.inclusion_proof(index, size, reader_of([b"a", b"b", b"c"]))


@pytest.mark.parametrize(("old", "new"), [(3, 2), (-1, 2)])
def test_no_consistency_proof_is_made_back_in_time(old: int, new: int) -> None:
    with pytest.raises(NotInLog):
        merkle.consistency_proof(old, new, reader_of([b"a", b"b", b"c"]))


@pytest.mark.parametrize(
    "change", ["leaf", "index", "index beyond", "size", "root", "longer", "shorter", "swapped", "cut"]
)
def test_an_inclusion_proof_with_one_thing_wrong_fails(change: str) -> None:
    leaves = [b"%d" % index for index in range(7)]
    proof = merkle.inclusion_proof(2, 7, reader_of(leaves))
    root = merkle.root_of(merkle.leaf_hashes(leaves))
    leaf = merkle.leaf_hash(leaves[2])
    wrong: dict[str, tuple[bytes, int, int, tuple[bytes, ...], bytes]] = {
        "leaf": (merkle.leaf_hash(leaves[3]), 2, 7, proof, root),
        "index": (leaf, 3, 7, proof, root),
        "index beyond": (leaf, 7, 7, proof, root),
        "size": (leaf, 2, 9, proof, root),
        "root": (leaf, 2, 7, proof, bytes(32)),
        "longer": (leaf, 2, 7, (*proof, bytes(32)), root),
        "shorter": (leaf, 2, 7, proof[:-1], root),
        "swapped": (leaf, 2, 7, (proof[1], proof[0], *proof[2:]), root),
        "cut": (leaf, 2, 7, (proof[0][:31], *proof[1:]), root),
    }
    with pytest.raises(ProofFails):
        merkle.verify_inclusion(*wrong[change])


@pytest.mark.parametrize("change", ["old root", "new root", "longer", "shorter", "empty", "cut", "backwards"])
def test_a_consistency_proof_with_one_thing_wrong_fails(change: str) -> None:
    leaves = [b"%d" % index for index in range(7)]
    proof = merkle.consistency_proof(3, 7, reader_of(leaves))
    old, new = (merkle.root_of(merkle.leaf_hashes(leaves[:size])) for size in (3, 7))
    wrong: dict[str, tuple[int, int, bytes, bytes, tuple[bytes, ...]]] = {
        "old root": (3, 7, bytes(32), new, proof),
        "new root": (3, 7, old, bytes(32), proof),
        "longer": (3, 7, old, new, (*proof, bytes(32))),
        "shorter": (3, 7, old, new, proof[:-1]),
        "empty": (3, 7, old, new, ()),
        "cut": (3, 7, old, new, (*proof[:-1], proof[-1][:31])),
        "backwards": (7, 3, old, new, proof),
    }
    with pytest.raises(ProofFails):
        merkle.verify_consistency(*wrong[change])


def test_an_empty_or_equal_tree_needs_and_bears_no_proof() -> None:
    root = merkle.leaf_hash(b"a")
    merkle.verify_consistency(0, 1, merkle.EMPTY_ROOT, root, ())
    merkle.verify_consistency(1, 1, root, root, ())
    for old, old_root, proof in (
        (0, merkle.EMPTY_ROOT, (root,)),
        (0, root, ()),
        (1, bytes(32), ()),
        (1, root, (root,)),
    ):
        with pytest.raises(ProofFails):
            merkle.verify_consistency(old, 1, old_root, root, proof)
    for new_root in (root, merkle.EMPTY_ROOT):
        with pytest.raises(ProofFails):
            merkle.verify_consistency(0, 0, root, new_root, ())
    with pytest.raises(ProofFails):
        merkle.verify_consistency(0, 0, merkle.EMPTY_ROOT, root, ())


def test_hashes_that_fit_prove_nothing_of_a_tree_of_another_size() -> None:
    """Each is a true path to the roots that are given; only the sizes that are claimed are not those of the trees."""
    leaves = [b"%d" % index for index in range(8)]
    hashes = [merkle.leaf_hash(one) for one in leaves]
    root = {size: merkle.root_of(merkle.leaf_hashes(leaves[:size])) for size in range(1, 9)}
    for leaf, index, size, proof in (
        (hashes[0], 1, 1, ()),
        (hashes[0], -1, 1, ()),
        (hashes[1], 0, 1, (hashes[0],)),
    ):
        with pytest.raises(ProofFails):
            merkle.verify_inclusion(leaf, index, size, proof, root[1 + len(proof)])
    two_to_four = merkle.consistency_proof(2, 4, reader_of(leaves[:4]))
    with pytest.raises(ProofFails):
        merkle.verify_consistency(2, 8, root[2], root[4], two_to_four)
    with pytest.raises(ProofFails):
        merkle.verify_consistency(2, 1, root[2], root[2], ())
    above = bytes(32)
    old, new = (merkle.node_hash(above, root[size]) for size in (3, 4))
    three_to_four = merkle.consistency_proof(3, 4, reader_of(leaves[:4]))
    with pytest.raises(ProofFails):
        merkle.verify_consistency(3, 4, old, new, (*three_to_four, above))
