"""Does the page on security have a row for every threat, and claim nothing that no test guards?"""

import re

from hub.adapters import pass_phrases
from hub.application import guessing
from hub.commands import staff_add
from hub.domain import pass_phrase
from hub.web import session, words_kept
from tests.support.source_tree import ROOT

PAGE = ROOT / "docs" / "security.md"
NUMBERS = [f"T{number}" for number in (*range(20, 33), *range(40, 53))]


def rows(text: str) -> list[list[str]]:
    """The cells of each row of a threat."""
    lines = (line for line in text.splitlines() if re.match(r"\| T\d", line))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def unguarded(found: list[list[str]]) -> list[str]:
    """The threats that something is said to hold, with no test named."""
    return [row[0] for row in found if "*not yet*" not in row[2] and not re.search(r"`tests/[^`]+`", row[3])]


def test_every_threat_has_its_row_in_order() -> None:
    assert [row[0] for row in rows(PAGE.read_text(encoding="utf-8"))] == NUMBERS


def test_nothing_is_claimed_that_no_test_guards() -> None:
    assert not unguarded(rows(PAGE.read_text(encoding="utf-8")))


def test_a_claim_without_a_test_would_be_found() -> None:
    assert unguarded(rows("| T1 | a | `hub/a.py` | |")) == ["T1"]
    assert not unguarded(rows("| T1 | a | *not yet* | |"))


SIGN_IN = (ROOT / "docs" / "sign-in.md").read_text(encoding="utf-8")


def test_what_sign_in_says_of_times_is_so() -> None:
    idle, whole = session.IDLE.total_seconds() / 60, session.ABSOLUTE.total_seconds() / 3600
    assert f"| {idle:.0f} minutes without use, or {whole:.0f} hours | the session is over" in SIGN_IN
    assert f"only with a proof younger than {session.FRESH.total_seconds() / 60:.0f} minutes" in SIGN_IN
    assert words_kept.KEPT_FOR.total_seconds() == 1800
    assert "sealed under their own cookie, half an hour" in SIGN_IN


def test_what_sign_in_says_of_guessing_is_so() -> None:
    phrases = {staff_add.new_phrase() for _ in range(50)}
    assert len(phrases) == 50
    assert all(re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4})*", one) for one in phrases)
    (digits,) = {len(one.replace("-", "")) for one in phrases}
    assert f"makes one of {digits * 4} random bits" in SIGN_IN
    assert f"It lasts {pass_phrase.GIVEN_LASTS.days} days" in SIGN_IN
    assert f"{pass_phrase.SHORTEST} to {pass_phrase.LONGEST} characters" in SIGN_IN
    assert f"fewer than {pass_phrase.LEFT_OVER} characters are left" in SIGN_IN
    cost = f"N is 2^{pass_phrase.CHOSEN_COST} (`HUB_PHRASE_COST`, {pass_phrase.LEAST_COST} to {pass_phrase.MOST_COST})"
    assert f"{cost}, r {pass_phrases.BLOCK}, p 1" in SIGN_IN
    assert f"stays at 2^{pass_phrase.LEAST_COST}" in SIGN_IN
    assert guessing.WITHIN.total_seconds() == 3600
    assert f"After {guessing.MOST_WRONG} wrong tries within an hour" in SIGN_IN
    memory = 128 * pass_phrases.BLOCK * 2**pass_phrase.CHOSEN_COST // 2**20
    assert (pass_phrases.AT_ONCE, f"two are worked out at a time ({memory} MiB each)" in SIGN_IN) == (2, True)
    assert f"and {pass_phrases.MAY_WAIT} wait" in SIGN_IN
