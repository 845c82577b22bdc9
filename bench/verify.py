"""A million entries: verifying them beside hashing the same bytes, and building and checking one proof."""

import itertools
import tempfile
from hashlib import sha256
from pathlib import Path

from audit import commitment
from audit.log import SealedLog
from audit.proof import verify_proof
from audit.tiles import decode_bundle
from audit.verify import verify_folder
from bench.figures import show, timed
from tests.support.sealed_logs import START_US, log_signer

ENTRIES = 1_000_000
AT_ONCE = 25_600
ROUNDS = 3
PROOFS = 200


def measure() -> None:
    """Print the figures; both ways to count the hashing are told, since the second is one stream in one call."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with SealedLog.open(folder, log_signer()) as log:
            _fill(log)
            _measure_proofs(log)
        bundles = [path.read_bytes() for path in sorted((folder / "tile" / "entries").rglob("*")) if path.is_file()]
        entries = [entry for bundle in bundles for entry in decode_bundle(bundle)]
        stream = b"".join(bundles)
        each = timed(lambda: [sha256(entry).digest() for entry in entries], ROUNDS)
        whole = timed(lambda: sha256(stream).digest(), ROUNDS)
        entries.clear()
        verified = timed(lambda: _verify(folder), ROUNDS)
        show("hash_each_entry", each, "beside verify_log", entries=ENTRIES)
        show("hash_one_stream", whole, "beside verify_log", bytes=len(stream))
        ratios = {
            "ratio_to_each": round(verified.median / each.median, 2),
            "ratio_to_stream": round(verified.median / whole.median, 1),
        }
        show("verify_log", verified, "at most 5 times hash_each_entry", entries=ENTRIES, **ratios)


def _fill(log: SealedLog) -> None:
    while log.size < ENTRIES:
        first = log.size
        numbers = range(first, min(ENTRIES, first + AT_ONCE))
        log.add([commitment.entry(at, START_US + at, sha256(b"%d" % at).digest()) for at in numbers])
    log.checkpoint()


def _measure_proofs(log: SealedLog) -> None:
    asked = itertools.cycle(range(0, ENTRIES, 7919))  # far from each other: no tile is at hand from the one before
    built = timed(lambda: log.proof_file(next(asked)), PROOFS)
    show("build_proof", built, "under 5 ms", entries=ENTRIES)
    proof, entry = log.proof_file(ENTRIES // 3), log.entry(ENTRIES // 3)
    checked = timed(lambda: verify_proof(proof, entry, (log_signer().vkey,)), PROOFS)
    show("check_proof", checked, "under 5 ms", entries=ENTRIES)


def _verify(folder: Path) -> None:
    report = verify_folder(folder, log_signer().vkey)
    if not report.ok:
        raise AssertionError("the log that is measured does not verify")
