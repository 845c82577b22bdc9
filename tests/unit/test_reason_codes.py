"""Does every code with which the hub sets a message aside have words, the same codes in the page for senders?"""

import ast
import re
from pathlib import Path

import pytest

from hub.domain.reason_codes import UPDATE_NEEDED, codes, explained, is_explained
from tests.support.source_tree import ROOT, all_sources

ERRORS = frozenset(
    {"NotReadable", "NotOfShape", "UnknownType", "NotGenuine", "NotForUs", "AgreementBroken", "Reason", "_Reason"}
)
# Raised where an agency reads what the hub sent it, or a file of keys is read: the hub never answers a message so.
AT_THE_EDGE = frozenset({"base64", "not_a_receipt", "not_for_this_reader", "not_shared"})
PAGE = Path("docs/reason-codes.md")


def raised() -> set[str]:
    """The codes that stand in the sources of the language and of the hub, as a first argument."""
    found: set[str] = set()
    for source in all_sources():
        if source.path.startswith(("contracts/", "hub/")):
            for node in ast.walk(source.tree):
                match node:
                    case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), *_]) if name in ERRORS:
                        found.add(code)
                    case _:
                        pass
    return found - AT_THE_EDGE


def test_codes_are_found_where_they_are_raised() -> None:
    assert {"sig_bytes", "altered_repeat", "dup_key", "agreement_type", "version"} <= raised()


def test_every_code_has_words() -> None:
    assert not {code for code in raised() if not is_explained(code)}


@pytest.mark.parametrize("code", sorted(codes()))
def test_the_page_for_senders_knows_the_code(code: str) -> None:
    said = set(re.findall(r"`([a-z_]+)…?`", (ROOT / PAGE).read_text(encoding="utf-8")))
    assert any(code == one or (one.endswith("_") and code.startswith(one)) for one in said)


def test_a_code_that_nobody_knows_is_said_to_be_unknown() -> None:
    assert not is_explained("made_up_code")
    assert "no words" in explained("made_up_code").means


@pytest.mark.parametrize("code", sorted(UPDATE_NEEDED - {"schema"}))
def test_what_waits_for_an_upgrade_says_so(code: str) -> None:
    assert explained(code).means.startswith("Update needed")
