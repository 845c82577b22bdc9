"""Does the hub say why a decision came out as it did, rule by rule, in words that a lawyer could have written?"""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from consent import explain
from consent.decide import RULEBOOK, LawSettings, Outcome, decide
from consent.examples import hold, item, read, share
from consent.finding import Effect
from consent.packs import DUAA_2026
from consent.refusals import Reason, Refusing, judge
from consent.request import FactsInLaw
from consent.wording import decoded, listed, lower
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, FieldClass, Purpose, StaffRole
from hub.application.explain_decision import as_it_stood
from hub.cli import main
from hub.commands import chronology, law
from hub.domain.access import Before
from hub.domain.decision_note import note_of
from hub.domain.errors import AccessRefused
from hub.domain.law_question import LawQuestion, NotAQuestion, answer, read_question
from tests.support.given import ROBIN, a_concern, an_id
from tests.support.house import house, say
from tests.support.places import REPO

FOLDER = REPO / "tests" / "spec" / "explanations"
WORKED = sorted(path.stem for path in FOLDER.glob("*.toml"))
START = LawSettings(date(2026, 9, 30))
CHILD = parse_identifier(f"nhs:{ROBIN}")
EXAMPLES = [(rule.law.id, example) for rule in RULEBOOK for example in rule.file.EXAMPLES]


def settings(name: str) -> LawSettings:
    return START if "duty-to-share" in name else LawSettings()


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_explanation_reads_as_it_was_agreed(name: str) -> None:
    """Read the note before you accept a change: `hub law explain` on the TOML file writes the text file anew."""
    question = read_question(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
    assert answer(question, settings(name)) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


NOTES = REPO / "tests" / "spec" / "notes"


@pytest.mark.parametrize("name", sorted(path.stem for path in NOTES.glob("*.toml")))
def test_a_note_on_every_other_kind_of_question_reads_as_it_was_agreed(name: str) -> None:
    question = read_question(tomllib.loads((NOTES / f"{name}.toml").read_text(encoding="utf-8")))
    assert answer(question, LawSettings()) == (NOTES / f"{name}.txt").read_text(encoding="utf-8")


def test_there_are_five_of_them() -> None:
    assert len(WORKED) == 5
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(WORKED)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule}: {one.name}" for rule, one in EXAMPLES])
def test_every_finding_stands_in_the_note_with_its_law_and_nothing_else_does(rule: str, example: object) -> None:
    one = next(each for name, each in EXAMPLES if name == rule and each is example)
    outcome = decide(one.request, one.facts, settings=one.settings)
    flat = " ".join(explain.note(one.request, one.facts, outcome, one.settings).split())
    for finding in outcome.findings:
        assert " ".join(f"{explain.LEADS[finding.effect]} {finding.says}".split()) in flat
        assert f"rule {finding.rule}]" in flat
        assert " ".join(finding.citation.split()) in flat
    named = {each.rule for each in outcome.findings}
    assert not [each.law.id for each in RULEBOOK if each.law.id not in named and f"rule {each.law.id}]" in flat]
    assert "not legal advice" in flat
    assert outcome.pack in flat


def test_no_line_is_wider_than_a_page() -> None:
    for name in WORKED:
        lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        assert max(map(len, lines)) <= 100


def test_the_same_question_on_another_day_is_answered_by_the_law_of_that_day() -> None:
    written = tomllib.loads((FOLDER / "2-an-urgent-share-with-the-wrong-label.toml").read_text(encoding="utf-8"))
    before = answer(read_question({**written, "on": date(2026, 2, 4)}), LawSettings())
    assert "recognised-interest-not-yet" in before
    after = answer(read_question({**written, "on": DUAA_2026}), LawSettings())
    assert "recognised-interest-closed" in after


def test_the_duty_to_share_changes_the_fourth_note_and_its_absence_is_explained() -> None:
    written = tomllib.loads((FOLDER / "4-a-practice-under-the-duty-to-share.toml").read_text(encoding="utf-8"))
    off = answer(read_question(written), LawSettings())
    assert "Not as it stands" in off
    assert "section-16la-not-in-force" in off
    assert "section-16la-duty" in answer(read_question(written), START)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"purpose": "gossip"}, "request.purpose"),
        ({"hobby": "x"}, "a word that is not one of"),
        ({"around": {"hobby": True}}, "around: a word"),
        ({"around": 3}, "around: a table"),
        ({"items": [{"hobby": "x"}]}, "items.1: a word"),
        ({"items": [{"bases": [{"hobby": "x"}]}]}, "items.1.bases: a word"),
        ({"items": [{"bases": 3}]}, "a list is missing"),
        ({"items": 3}, "a list is missing"),
        ({"on": "soon"}, "request.on"),
    ],
)
def test_what_is_no_question_is_refused_with_its_place_and_without_its_value(
    change: dict[str, object], said: str
) -> None:
    written = tomllib.loads((FOLDER / "1-a-school-and-a-forced-marriage.toml").read_text(encoding="utf-8"))
    with pytest.raises(NotAQuestion, match=said) as refused:
        read_question({**written, **change})
    assert "gossip" not in str(refused.value)


def test_what_is_left_out_claims_nothing() -> None:
    question = read_question({"act": "share", "on": date(2026, 10, 6), "agency": "x", "agency_kind": "nhs"})
    assert isinstance(question, LawQuestion)
    assert (question.request.urgent, question.request.need, question.facts.items) == (False, None, ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "The decision stands. It is looked at again on 20 October 2026."),
        ({"approved_by": None}, "The reason is a good one, and the decision is not yet whole."),
        ({"reason": "service_declined", "urgent": True}, "The decision does not stand as it is."),
        ({"reason": "system"}, "This is no reason to keep information back."),
    ],
)
def test_a_decision_not_to_share_is_explained(change: dict[str, object], said: str) -> None:
    written = {
        "act": "refuse", "on": date(2026, 10, 6), "reason": "more_detrimental", "words": "reprisal",
        "decided_by": "officer", "approved_by": "lead", "review_on": date(2026, 10, 20), "body": "nhs",
        "asker": "police",
    }  # fmt: skip
    case = read_question({**written, **change})
    assert isinstance(case, Refusing)
    text = " ".join(answer(case, LawSettings()).split())
    assert said in text
    assert all(each.rule in text for each in judge(case).findings)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_in_a_note(reason: Reason) -> None:
    case = Refusing(
        reason, None, None, None, None, date(2026, 10, 6), AgencyKind.NHS, AgencyKind.POLICE, Purpose.EARLY_HELP
    )
    assert f"code {reason.value}" not in explain.refusal_note(case, judge(case))


def test_where_no_rule_speaks_the_note_says_that_nothing_was_found() -> None:
    criminal = replace(item(AgencyKind.POLICE), classes=frozenset({FieldClass.CRIMINAL}))
    refused = Outcome(False, (), (), "WT2026")
    reading = explain.note(read(StaffRole.PRACTITIONER, Purpose.SECTION_47), FactsInLaw((criminal,)), refused)
    assert "No. Nothing was found that allows it." in reading
    assert "1. May this member of staff see it?\n\n   Nothing was found that lets this person see it." in reading
    assert "Which condition" not in reading
    assert "weakest support" not in reading
    sharing = explain.note(share(AgencyKind.POLICE), FactsInLaw((criminal,)), refused)
    assert "3. Which condition lets information about offences go?" in sharing
    assert "and without an answer it does not go." in sharing
    assert "special-category" not in sharing
    plain = explain.note(share(AgencyKind.POLICE), FactsInLaw((item(AgencyKind.POLICE),)), refused)
    assert "offences" not in plain
    holding = explain.note(hold(AgencyKind.POLICE), FactsInLaw((criminal,)), Outcome(True, (), (), "WT2026"))
    assert "1. " not in holding


def test_a_kept_decision_is_explained_from_the_history_as_it_stood(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern())
    shown = chronology.read(hub, chronology.Asking(CHILD, "priya", Purpose.SECTION_47))
    say(hub, "police", a_concern(record="C-2"))
    said = law.note_on(hub, "ivy", shown.decision_id)
    flat = " ".join(said.split())
    assert f"DECISION {shown.decision_id}" in said
    assert "1 item was shown" in flat
    assert "the answer and the law are the same" in flat
    assert "rule read-by-decision-maker]" in flat
    assert shown.law in flat


def test_a_refusal_is_explained_too_with_what_would_have_to_change(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern())
    with pytest.raises(AccessRefused):
        chronology.read(hub, chronology.Asking(CHILD, "priya", Purpose.AUDIT))
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    (kept,) = hub.store.read_access(person_id)
    said = " ".join(law.note_on(hub, "ivy", kept.decision_id).split())
    assert "It was refused" in said
    assert "rule read-purpose-not-of-role]" in said
    assert "Nothing was shown" in said


def test_explaining_is_itself_on_record_before_it_is_shown(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern())
    shown = chronology.read(hub, chronology.Asking(CHILD, "priya", Purpose.SECTION_47))
    law.note_on(hub, "ivy", shown.decision_id)
    last = hub.store.read_access(shown.person_id)[-1]
    assert (last.what, last.effect, last.actor.subject) == ("access_record", "permitted", "ivy")


@pytest.mark.parametrize("staff", ["priya", "lena", "tom"])
def test_only_those_who_check_may_ask_and_their_asking_is_on_record(tmp_path: Path, staff: str) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern())
    shown = chronology.read(hub, chronology.Asking(CHILD, "priya", Purpose.SECTION_47))
    with pytest.raises(AccessRefused):
        law.note_on(hub, staff, shown.decision_id)
    last = hub.store.read_access(shown.person_id)[-1]
    assert (last.effect, last.actor.subject) == ("refused", staff)


def test_a_decision_that_is_not_there_is_answered_as_one_that_may_not_be_seen(tmp_path: Path) -> None:
    with pytest.raises(AccessRefused):
        law.note_on(house(tmp_path), "ivy", an_id("no decision"))


def test_a_kept_answer_that_would_come_out_otherwise_today_is_said_to_be_so(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern())
    shown = chronology.read(hub, chronology.Asking(CHILD, "priya", Purpose.SECTION_47))
    (kept,) = hub.store.read_access(shown.person_id)
    history = as_it_stood(hub.store.read_history(shown.person_id), kept.history_version)
    before = Before(shown.person_id, history.version, history.standing())
    other = note_of(kept, before, LawSettings(date(2018, 1, 1)))
    assert "not as it was kept" in " ".join(other.split())
    refused = note_of(kept.model_copy(update={"effect": "refused"}), before, LawSettings())
    assert "What is on record stands" in " ".join(refused.split())


def test_a_history_is_cut_where_it_stood(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern())
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    early = hub.store.read_history(person_id)
    say(hub, "police", a_concern(record="C-2"), a_concern(record="C-3"))
    late = hub.store.read_history(person_id)
    assert late.version > early.version
    assert as_it_stood(late, early.version) == early
    assert as_it_stood(late, late.version) == late


def test_the_commands_print_the_note_and_write_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "5-a-refusal-for-want-of-consent"
    assert law.explain(FOLDER / f"{name}.toml", None) == 0
    assert capsys.readouterr().out == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("act = 'share'\nhobby = 1\n", encoding="utf-8")
    assert law.explain(wrong, None) == 1
    wrong.write_text("act = ", encoding="utf-8")
    assert law.explain(wrong, None) == 1
    assert "not TOML" in capsys.readouterr().err
    assert main(["law", "export", str(tmp_path / "docs")]) == 0
    assert (tmp_path / "docs" / "law.md").read_bytes() == (REPO / "docs" / "law.md").read_bytes()
    with pytest.raises(SystemExit):
        main(["law", "explain"])
    with pytest.raises(SystemExit):
        main(["law", "explain", "--decision", "not-an-id"])


def test_a_kept_decision_is_printed_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern())
    shown = chronology.read(hub, chronology.Asking(CHILD, "priya", Purpose.SECTION_47))
    capsys.readouterr()
    assert law.explain_kept(hub.settings, "ivy", shown.decision_id) == 0
    assert str(UUID(str(shown.decision_id))) in capsys.readouterr().out


def test_words_and_codes() -> None:
    assert decoded("6e with ca04_s10").endswith("official authority [6e] with Children Act 2004 s10 [ca04_s10]")
    assert decoded("ca04_s10") == "Children Act 2004 s10 [ca04_s10]"
    assert decoded("share the rest") == "share the rest"
    assert (listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == (
        "",
        "a",
        "a and b",
        "a, b and c",
    )
    assert (lower("NHS body"), lower("Told at")) == ("NHS body", "told at")
    assert tuple(explain.LEADS) == (Effect.BAR, Effect.FIX, Effect.WARNING, Effect.GROUND)
