"""Does a note's one-sentence answer fit what was decided, and nothing else?"""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from consent.decide import RULEBOOK, Outcome
from consent.examples import ABOUT_CRIME, ABOUT_HEALTH, basis, hold, item, read, share
from consent.explain import ASKS, answer_in_words, note
from consent.finding import Effect, Evidence, Finding, Question
from consent.minimise import ItemOutcome
from consent.request import FactsInLaw, PersonTelling, Request
from consent.wording import a_body, paragraph, plain, section, upper
from contracts.vocabulary import AgencyKind, FieldClass, NeedLevel, PersonRole, Purpose, StaffRole, Telling

LA = AgencyKind.LOCAL_AUTHORITY
HOLDS = next(rule.law.id for rule in RULEBOOK if rule.law.holds)
WARNS = next(rule.law.id for rule in RULEBOOK if rule.law.effect is Effect.WARNING and not rule.law.holds)
SHOWN = ItemOutcome(UUID(int=1), frozenset({FieldClass.NARRATIVE, FieldClass.CHILD_VOICE}), (), True)
HELD = ItemOutcome(UUID(int=1), frozenset(), ((FieldClass.HEALTH, "not needed"),), False)


def found(rule: str, effect: Effect) -> Finding:
    return Finding(rule, effect, "an Act s1", Evidence.VERIFIED, "it says so")


def outcome(permitted: bool, *findings: Finding, item_outcome: ItemOutcome = SHOWN) -> Outcome:
    return Outcome(permitted, findings, (item_outcome,), "WT2026")


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (outcome(True), "Yes. It may go ahead."),
        (outcome(True, found(WARNS, Effect.FIX)), "Yes. It may go ahead."),
        (
            outcome(True, item_outcome=HELD),
            "Yes. It may go ahead. Not every item may go with it; what stays back, and why, is said below.",
        ),
        (
            outcome(False, found(WARNS, Effect.BAR), found(WARNS, Effect.FIX)),
            "No. The law forbids it, whatever the ground, for as long as what is said below holds.",
        ),
        (
            outcome(False, found(WARNS, Effect.FIX), found(HOLDS, Effect.WARNING)),
            "Not as it stands. Put right what is listed below and ask again; nothing forbids it.",
        ),
        (
            outcome(False, found(HOLDS, Effect.WARNING)),
            "Not until a person has weighed what is said below and has decided, on record, to go ahead.",
        ),
        (outcome(False, found(WARNS, Effect.WARNING)), "No. Nothing was found that allows it."),
        (outcome(False), "No. Nothing was found that allows it."),
    ],
)
def test_the_answer_to_a_share(decided: Outcome, said: str) -> None:
    assert answer_in_words(share(LA), decided) == said


def test_an_urgent_share_is_put_right_afterwards() -> None:
    said = answer_in_words(share(LA, urgent=True), outcome(True, found(WARNS, Effect.FIX)))
    assert said == "Yes. It may go ahead. It is pressing, so what is wrongly labelled is put right afterwards."


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (outcome(True), "It is taken in and kept, as everything is."),
        (
            outcome(True, found(WARNS, Effect.FIX)),
            "It is taken in and kept, as everything is. It is marked for its sender to correct.",
        ),
    ],
)
def test_the_answer_to_something_received(decided: Outcome, said: str) -> None:
    assert answer_in_words(hold(LA), decided) == said


def test_a_note_names_the_reader_the_need_the_urgency_and_how_many() -> None:
    request = replace(share(LA, need=NeedLevel.EARLY_HELP, urgent=True), role=StaffRole.PRACTITIONER)
    facts = FactsInLaw((item(LA, basis()), item(LA, basis())))
    text = " ".join(note(request, facts, Outcome(True, (), (SHOWN, HELD), "WT2026")).split())
    assert "a practitioner at a local authority (northborough-local_authority)" in text
    assert "asked to share 2 items with a local authority (southmere-local_authority)" in text
    assert "The level of need is 2: early or family help" in text
    assert "It is urgent." in text
    assert "May go: what the child said; what happened, in words." in text
    assert "May go: nothing. Stays back. not needed: health" in text


def test_a_note_leaves_out_what_was_not_said() -> None:
    request = replace(share(LA, None, purpose=None, need=None))
    text = note(request, FactsInLaw((item(LA, basis()),)), Outcome(True, (), (SHOWN,), "WT2026"))
    assert "asked to share one item." in text
    for absent in ("The purpose", "level of need", "urgent", "Who has been told", "Held back", "weakest"):
        assert absent not in text


@pytest.mark.parametrize(
    ("telling", "said"),
    [
        (PersonTelling("k", PersonRole.OTHER, Telling.TOLD_AT, decided_by="x"), "K: told at the time."),
        (
            PersonTelling("k", PersonRole.OTHER, Telling.NOT_TOLD_SAFETY, "risk_to_victim", "DS", None),
            "K: not told: telling would put someone at risk. The reason: risk to victim. Decided by DS.",
        ),
        (
            PersonTelling("k", PersonRole.OTHER, Telling.DUE, None, "DS", "DI", date(2026, 10, 7)),
            "K: to be told by the date given. Decided by DS and approved by DI. "
            "To be looked at again by 7 October 2026.",
        ),
    ],
)
def test_who_has_been_told_is_said_for_each_person(telling: PersonTelling, said: str) -> None:
    facts = FactsInLaw((item(LA, basis(), tellings=(telling,)),) * 2)
    text = note(share(LA), facts, Outcome(True, (), (), "WT2026"))
    flat = " ".join(text.split())
    assert flat.count(said) == 1
    assert f"Who has been told ----------------- {said}" in flat


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (read(StaffRole.PRACTITIONER, Purpose.EARLY_HELP), "Nothing was found that lets this person see it."),
        (share(LA), "Nothing was found that answers this, and without an answer it does not go."),
        (share(LA, urgent=True), "It goes all the same, since delay could harm the child."),
        (share(LA), "None was found that stands by itself."),
    ],
)
def test_a_question_without_an_answer_is_named(request_: Request, said: str) -> None:
    text = " ".join(note(request_, FactsInLaw((item(LA, basis()),)), Outcome(False, (), (SHOWN,), "WT2026")).split())
    assert text.count(said) == 1


def test_only_the_questions_that_arise_are_asked() -> None:
    special = item(LA, basis(), classes=ABOUT_HEALTH)
    criminal = item(LA, basis(), classes=ABOUT_CRIME)
    asked = {
        kind: note(request, FactsInLaw((one,)), Outcome(True, (), (SHOWN,), "WT2026"))
        for kind, request, one in (
            ("plain", share(LA), item(LA, basis())),
            ("special", share(LA), special),
            ("criminal", share(LA), criminal),
            ("held", hold(LA), special),
        )
    }
    assert {kind for kind, text in asked.items() if ASKS[Question.SPECIAL] in text} == {"special"}
    assert {kind for kind, text in asked.items() if ASKS[Question.CRIMINAL] in text} == {"criminal"}
    assert {kind for kind, text in asked.items() if ASKS[Question.BASIS] in text} == {"plain", "special", "criminal"}
    assert {kind for kind, text in asked.items() if "What goes" in text} == {"plain", "special", "criminal"}


@pytest.mark.parametrize("kind", AgencyKind)
def test_every_kind_of_body_has_its_words(kind: AgencyKind) -> None:
    assert a_body(kind).split()[0] in ("a", "an", "the")


def test_lines_and_words() -> None:
    assert paragraph("a b", 3) == "   a b"
    assert paragraph("law-enforcement " * 12, 0).count("-\n") == 0
    assert section("Ab", ("c",)) == ["Ab", "--", "c", ""]
    assert (plain("a_b"), upper("ab"), upper("")) == ("a b", "Ab", "")
