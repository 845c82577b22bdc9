"""Is the published page of the law the one that the code makes today, and is every rule on it?"""

import re

from consent.decide import RULEBOOK
from consent.law_page import ROWS, page
from consent.myths import REPLIES
from consent.packs import LawSettings, boundaries
from consent.refusals import GROUNDS
from tests.support.source_tree import ROOT


def test_the_page_is_that_of_today() -> None:
    """Run `hub law export` and commit what it writes when this fails."""
    assert (ROOT / "docs" / "law.md").read_text(encoding="utf-8") == page()


def test_every_rule_stands_on_it_once_with_its_law() -> None:
    text = page()
    for rule in RULEBOOK:
        assert text.count(f"rule `{rule.law.id}`") == 1
        assert f"- law: {rule.law.citation} (*{rule.law.evidence.value}*)" in text
    assert len(re.findall(r"(?m)^#### ", text)) == len(RULEBOOK)


def test_every_example_comes_out_as_its_file_says() -> None:
    text = page()
    applying = sum(example.applies for rule in RULEBOOK for example in rule.file.EXAMPLES)
    silent = sum(not example.applies for rule in RULEBOOK for example in rule.file.EXAMPLES)
    assert len(re.findall(r"(?m)^- applies: ", text)) == applying
    assert len(re.findall(r"(?m)^- does not apply: ", text)) == silent


def test_every_row_has_its_rules() -> None:
    text = page()
    assert len(ROWS) == 72
    for row in ROWS:
        assert re.search(rf"(?m)^\| {row} \| `", text), row


def test_both_editions_the_reasons_and_the_myths_stand_on_it() -> None:
    text = page()
    assert text.count("### With") == 2
    assert text.count("+16LA |") == 1
    assert len(boundaries(LawSettings())) == 8
    assert all(f"| `{ground.reason.value}` | {ground.title} |" in text for ground in GROUNDS)
    assert all(reply.says in text for reply in REPLIES)
    assert "| `section-16la-duty` | started | does not go (to be put right) | goes |" in text
