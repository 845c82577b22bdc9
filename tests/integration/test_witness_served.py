"""Does a witness over HTTP answer as tlog-witness says? The same requests go to ours and to one we did not write."""

import http.client
import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from audit.checkpoint import Checkpoint, CosignatureVerifier, parse_checkpoint
from audit.log import SealedLog
from audit.note import NoteSigner, verify_note
from audit.submission import encode_request
from tests.support import aics
from tests.support.sealed_logs import ORIGIN, entries, log_signer, private_key, write_dishonest_log
from tests.support.witnesses import make_witness, serving, signer_of

VKEY = log_signer().vkey


class Served:
    """A witness somewhere, as a log calls it."""

    def __init__(self, prefix: str, vkey: str) -> None:
        self.prefix = prefix
        self.vkey = vkey

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str, bytes]:
        """Status, content type and body."""
        where = urlsplit(self.prefix)
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=10)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        found = answer.status, answer.headers.get("Content-Type", ""), answer.read()
        connection.close()
        return found

    def add(self, old: int, proof: Sequence[bytes], note: bytes) -> tuple[int, str, bytes]:
        """The answer to add-checkpoint."""
        return self.ask("POST", "/add-checkpoint", encode_request(old, proof, note))


@pytest.fixture(params=["ours", "theirs"])
def witness(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "w").mkdir()
    if request.param == "ours":
        with serving(make_witness(tmp_path / "w", "police", VKEY), VKEY) as prefix:
            yield Served(prefix, signer_of("police").vkey)
    else:
        with aics.witness(tmp_path / "w", VKEY) as (prefix, vkey):
            yield Served(prefix, vkey)


@pytest.fixture
def log(tmp_path: Path) -> SealedLog:
    made = SealedLog.open(tmp_path / "log", log_signer())
    made.add(entries(0, 700))
    return made


def test_a_growing_log_is_cosigned(witness: Served, log: SealedLog) -> None:
    old = 0
    for size in (700, 700, 900):
        log.add(entries(log.size, size))
        status, kind, body = witness.add(old, log.consistency(old), log.checkpoint())
        assert (status, kind.partition(";")[0]) == (200, "text/plain")
        note = parse_checkpoint(log.checkpoint() + body)[1]
        assert len(verify_note(note, [CosignatureVerifier(witness.vkey)])) == 1
        old = size


def test_each_attack_meets_its_answer(witness: Served, log: SealedLog, tmp_path: Path) -> None:
    seven = log.checkpoint()
    assert witness.add(0, (), seven)[0] == 200
    rewritten = (*entries(0, 41), *entries(41, 42, act="lock"), *entries(42, 800))
    forged = write_dishonest_log(tmp_path / "forged", rewritten)
    with SealedLog.open(tmp_path / "forged", log_signer()) as dishonest:
        middle = dishonest.consistency(700)
    with SealedLog.open(tmp_path / "short", log_signer()) as short:
        short.add(entries(0, 690))
        cut = short.checkpoint()
    fork = log_signer().sign(Checkpoint(ORIGIN, 700, bytes(32)).text)
    stranger = NoteSigner(ORIGIN, private_key(8)).sign(Checkpoint(ORIGIN, 800, bytes(32)).text)
    elsewhere = NoteSigner("other.example", private_key(8)).sign(Checkpoint("other.example", 1, bytes(32)).text)
    log.add(entries(700, 800))
    honest, proof = log.checkpoint(), log.consistency(700)
    for name, (status, kind, body), expected in (
        ("cut short", witness.add(690, (), cut), (409, "text/x.tlog.size", b"700\n")),
        ("rolled back", witness.add(700, (), cut), (400,)),
        ("rewritten, with its own proof", witness.add(700, middle, forged), (422,)),
        ("same size, other root", witness.add(700, (), fork), (422,)),
        ("proof missing", witness.add(700, (), honest), (422,)),
        (
            "proof too long",
            witness.ask("POST", "/add-checkpoint", b"old 700\n" + b"A" * 43 + b"=\n" * 64 + honest),
            (400,),
        ),
        ("another key", witness.add(700, proof, stranger), (403,)),
        ("another log", witness.add(0, (), elsewhere), (404,)),
        ("stale", witness.add(0, (), honest), (409, "text/x.tlog.size", b"700\n")),
        ("no request", witness.ask("POST", "/add-checkpoint", b"anything"), (400,)),
        ("honest after all", witness.add(700, proof, honest), (200,)),
    ):
        assert (status, kind, body)[: len(expected)] == expected, name


def test_ours_is_read_by_monitors_and_says_nothing_else(tmp_path: Path, log: SealedLog) -> None:
    with serving(make_witness(tmp_path, "police", VKEY), VKEY) as prefix:
        served = Served(prefix, signer_of("police").vkey)
        place = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
        assert served.ask("GET", place)[0] == 404
        line = served.add(0, (), log.checkpoint())[2]
        assert served.ask("GET", place) == (200, "text/plain; charset=utf-8", log.checkpoint() + line)
        for path in ("/", "/police.json", "/../police.json", f"{place}/..", "/checkpoint"):
            assert served.ask("GET", path)[0] == 404
        assert served.ask("POST", "/checkpoint", b"x")[0] == 404
        assert served.ask("PUT", "/add-checkpoint", b"x")[0] == 501


def test_ours_reads_no_request_without_a_length_or_beyond_its_limit(tmp_path: Path) -> None:
    with serving(make_witness(tmp_path, "police", VKEY), VKEY) as prefix:
        served = Served(prefix, "")
        for length in ("-1", "x", "", "\u00b2"):
            assert served.ask("POST", "/add-checkpoint", None, **{"Content-Length": length})[0] == 411
        assert served.ask("POST", "/add-checkpoint", None, **{"Content-Length": "262145"})[0] == 413
        for digits in (40, 5_000):  # of so many Python makes no number
            assert served.ask("POST", "/add-checkpoint", None, **{"Content-Length": "9" * digits})[0] == 413


def test_ours_answers_503_when_it_cannot_remember(tmp_path: Path, log: SealedLog) -> None:
    made = make_witness(tmp_path, "police", VKEY)
    with serving(made, VKEY) as prefix:
        (tmp_path / "police.json").write_text(json.dumps([]))
        assert Served(prefix, "").add(0, (), log.checkpoint())[0] == 503
