"""Does the page on cryptography name every file that uses it, and does every road of ours speak TLS as it should?"""

import ast
import re
import ssl
from collections.abc import Iterator

import pytest

from contracts.envelope import Cipher
from hub.settings import Settings
from tests.support.source_tree import ROOMS, ROOT, Finding, Source, listing, planted, sources

PAGE = ROOT / "docs" / "cryptography.md"
_PRIMITIVES = "cryptography.hazmat.primitives."
USED = frozenset(
    {*(f"{_PRIMITIVES}{one}" for one in ("ciphers.aead", "cmac", "hpke", "asymmetric.mldsa")), "joserfc.jws", "ssl"}
)
_UNPROVED = frozenset({"CERT_NONE", "CERT_OPTIONAL", "_create_unverified_context", "SSLContext", "wrap_socket"})


def uses(source: Source) -> bool:
    """Whether the file encrypts, seals, signs after quantum computers, reads tokens, hashes phrases or speaks TLS."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Import(names=names) if USED & {one.name for one in names}:
                return True
            case ast.ImportFrom(module=str(module), names=names):
                if USED & {module, *(f"{module}.{one.name}" for one in names)}:
                    return True
            case ast.Attribute(value=ast.Name(id="hashlib"), attr="scrypt"):
                return True
            case _:
                pass
    return False


def named(page: str) -> set[str]:
    """The files that the page's table names."""
    rows = (line for line in page.splitlines() if line.startswith("|"))
    return {path for row in rows for path in re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", row)}


def test_the_page_names_every_file_that_uses_it_and_no_other() -> None:
    assert named(PAGE.read_text(encoding="utf-8")) == {one.path for one in sources(*ROOMS) if uses(one)}


def test_the_way_to_algorithms_to_come_has_its_days() -> None:
    plan = PAGE.read_text(encoding="utf-8").partition("## Leaving what a quantum computer breaks")[2]
    rows = re.findall(r"^\| (20\d\d) \| (.+?) \| (.*?) ?\|$", plan, re.MULTILINE)
    years = [int(year) for year, _, _ in rows]
    assert (years, years[-1], len(rows) >= 6) == (sorted(years), 2035, True)
    assert [what for _, what, today in rows if today == "done"] == [rows[0][1]]
    assert Settings.__dataclass_fields__["log_mldsa"].default is False
    assert "`HUB_LOG_MLDSA`, off by default" in plan
    assert {one.name for one in Cipher} == {"X25519", "MLKEM768_X25519"}
    assert "the envelope seals to either" in plan


@pytest.mark.parametrize(
    "text",
    [
        "from cryptography.hazmat.primitives.ciphers.aead import AESGCM",
        "from cryptography.hazmat.primitives import hpke",
        "from joserfc import jws",
        "import ssl",
        "import hashlib\nhashlib.scrypt(b'')",
    ],
)
def test_a_file_that_began_to_use_it_would_be_found(text: str) -> None:
    assert uses(planted(text))
    assert not uses(planted("from hashlib import sha256"))


def unproved(source: Source) -> Iterator[Finding]:
    """Ways to speak TLS to whoever answers, or as it was long ago."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(value=ast.Name(id="ssl"), attr=name) if name in _UNPROVED and _is_called(source, node):
                yield source.finding(node, f"ssl.{name}")
            case ast.Assign(targets=[ast.Attribute(attr="check_hostname")], value=ast.Constant(value=False)):
                yield source.finding(node, "names are not checked")
            case ast.Attribute(attr="TLSv1" | "TLSv1_1" | "SSLv3" | "MINIMUM_SUPPORTED"):
                yield source.finding(node, "an old TLS")
            case _:
                pass


def _is_called(source: Source, found: ast.Attribute) -> bool:
    """Whether it is used, and not only the name of a type."""
    calls = (node.func for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    return not found.attr.startswith("SSLContext") or any(call is found for call in calls)


def test_no_road_of_the_hub_speaks_less_than_tls_1_2_or_to_whoever_answers() -> None:
    findings = [finding for source in sources(*ROOMS) for finding in unproved(source)]
    assert not findings, listing(findings)
    usual = ssl.create_default_context()
    assert usual.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert (usual.verify_mode, usual.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize(
    "text",
    [
        "context.verify_mode = ssl.CERT_NONE",
        "ssl._create_unverified_context()",
        "ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)",
        "context.check_hostname = False",
        "context.minimum_version = ssl.TLSVersion.TLSv1",
    ],
)
def test_a_road_that_did_would_be_found(text: str) -> None:
    assert list(unproved(planted(text)))
    assert not list(unproved(planted("def f(tls: ssl.SSLContext) -> None: ...")))
