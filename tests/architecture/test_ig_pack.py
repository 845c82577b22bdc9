"""Is the information-governance pack the one that the code makes today, and does every test that it names exist?"""

import re
from pathlib import Path

from consent.decide import RULEBOOK
from consent.finding import Effect, Question
from contracts.catalogue import REPORTS
from contracts.vocabulary import FieldClass
from hub.commands.ig_pack import parties, run
from hub.domain.ig_pack import FILL, files, impact_assessment, policy_document, record_of_processing
from hub.domain.ig_risks import KEEPING, RISKS
from tests.support.source_tree import ROOT

PACK = ROOT / "docs" / "ig-pack"


def test_the_pack_is_that_of_today() -> None:
    """Run `hub ig-pack docs/ig-pack` and commit what it writes when this fails."""
    written = files(parties())
    assert {path.relative_to(PACK).as_posix() for path in PACK.rglob("*.md")} == set(written)
    for name, text in written.items():
        assert (PACK / name).read_text(encoding="utf-8") == text, name


def test_every_risk_names_a_measure_what_is_left_and_tests_that_exist() -> None:
    for one in RISKS:
        assert one.measure
        assert one.left
        assert one.tests
        assert [test for test in one.tests if not (ROOT / test).is_file()] == []
    assert len({one.risk for one in RISKS}) == len(RISKS)


def test_the_record_names_every_fact_class_and_ground() -> None:
    text = record_of_processing(parties())
    assert all(f"| `{report.TYPE}` | {report.TITLE} |" in text for report in REPORTS)
    assert all(re.search(rf"(?m)^\| {one.value} \| ", text) for one in FieldClass)
    asked = (Question.BASIS, Question.SPECIAL, Question.CRIMINAL)
    for rule in RULEBOOK:
        listed = f"| `{rule.law.id}` |" in text
        assert listed is (rule.law.effect is Effect.GROUND and rule.law.question in asked)


def test_the_assessment_shows_both_ways_for_every_partner_and_leaves_judgement_to_people() -> None:
    text = impact_assessment(parties())
    for party in parties():
        assert f"| {party.title} | the hub |" in text
        assert f"| the hub | {party.title} |" in text
    assert text.count(FILL) >= len(RISKS) + 3
    assert all(one.period in text for one in KEEPING)


def test_the_policy_document_names_the_conditions_that_need_one() -> None:
    text = policy_document()
    assert "`safeguarding-condition`" in text
    assert "`vital-interests-condition`" not in text


def test_the_command_writes_it(tmp_path: Path) -> None:
    assert run(tmp_path / "pack") == 0
    assert (tmp_path / "pack" / "annexes" / "police.md").is_file()
