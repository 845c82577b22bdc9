"""Is what to think of asked on the right occasion, of the right person, with its source, and holding nothing up?"""

import argparse
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from consent import telling_said
from consent.finding import Effect, Evidence
from consent.prompts import CODES, PROMPTS, Occasion, for_person, for_share, occasion_of
from consent.request import PersonTelling
from consent.telling_said import Saying
from contracts.report import Told
from contracts.vocabulary import PersonRole, Purpose, Telling
from hub.commands import telling
from hub.domain.moment import day_in_london
from hub.wiring import Hub
from tests.support.families import about_father
from tests.support.given import NOW, a_child
from tests.support.house import house, say

DAY = day_in_london(NOW)


def test_every_prompt_has_words_and_a_source_and_its_occasions() -> None:
    assert len(CODES) == len(PROMPTS)
    for one in PROMPTS:
        assert one.asks.endswith("?")
        assert one.citation
        assert one.occasions
    parents = {one.code for one in for_person(Occasion.TELLING, PersonRole.PARENT_OR_CARER)}
    assert {"parents-partnership", "parents-respect", "parents-in-time", "parents-shape-it"} <= parents
    assert {"child-view", "child-agrees", "telling-safe"} <= parents
    child = {one.code for one in for_person(Occasion.TELLING, PersonRole.CHILD)}
    assert "child-understands" in child
    assert not child & {"parents-partnership", "child-agrees", "no-family-interpreter"}
    assert {occasion_of(state) for state in Telling} == {Occasion.TELLING, Occasion.NOT_TELLING}
    assert occasion_of(Telling.DUE) is Occasion.TELLING


def test_where_delay_could_harm_only_what_guards_against_harm_is_asked() -> None:
    ordinary = {one.code for one in for_share(Purpose.SECTION_17, pressing=False)}
    assert {"child-view", "parents-told-of-share", "recipient-and-family", "no-back-way"} == ordinary
    for one in (for_share(Purpose.SECTION_17, pressing=True), for_share(Purpose.SECTION_47, pressing=False)):
        assert {each.code for each in one} == {"recipient-and-family", "no-back-way"}


def test_a_whole_statement_of_the_law_alone() -> None:
    telling = PersonTelling("father", PersonRole.PARENT_OR_CARER, Telling.TOLD_AT)
    whole = Saying(telling, DAY, DAY, "in_person", "DSL")
    assert telling_said.judge(whole).stands
    assert telling_said.judge(whole).findings == ()
    assert telling_said.judge(whole).pack
    assert not telling_said.judge(replace(whole, telling=replace(telling, state=Telling.NOT_CONTACTABLE))).stands
    tried = replace(telling, state=Telling.NOT_CONTACTABLE, reason="two calls and a visit")
    assert telling_said.judge(Saying(tried, DAY)).stands


def test_what_is_said_to_a_statement_names_its_source_and_how_sure_it_is() -> None:
    told = PersonTelling("father", PersonRole.PARENT_OR_CARER, Telling.TOLD_AT)
    (bare,) = telling_said.judge(Saying(told, DAY)).findings
    assert bare.citation.startswith("UK GDPR Arts 5(2), 13, 14; DfE information sharing advice 2024")
    assert (bare.evidence, bare.effect) == (Evidence.SECONDARY, Effect.FIX)
    silent = replace(told, state=Telling.NOT_TOLD_SAFETY, reason="risk", decided_by="A", approved_by="A", review_on=DAY)
    (alone,) = telling_said.judge(Saying(silent, DAY)).findings
    assert alone.citation.startswith("DPA 2018 s44(7)")
    assert alone.evidence is Evidence.UNCERTAIN
    (wish,) = telling_said.judge(Saying(told, DAY, DAY, "in_person", "DSL", child_objects=True)).findings
    assert wish.citation.startswith("Children Act 1989 s17(4A)")
    assert (wish.person, wish.effect, len(wish.propose)) == ("father", Effect.WARNING, 2)


FATHER_TOLD = PersonTelling("father", PersonRole.PARENT_OR_CARER, Telling.TOLD_AT)
WHOLE = Saying(FATHER_TOLD, DAY, DAY, "in_person", "DSL")
SILENT = replace(
    FATHER_TOLD, state=Telling.NOT_TOLD_SAFETY, reason="risk", decided_by="A", approved_by="B", review_on=DAY
)


@pytest.mark.parametrize(
    ("saying", "rule", "says", "propose"),
    [
        (
            replace(WHOLE, telling=replace(FATHER_TOLD, state=Telling.NOT_KNOWN)),
            "telling-says-nothing",
            "That it is not known says nothing new: find out, and state that.",
            (),
        ),
        (
            replace(WHOLE, how=None),
            "telling-unrecorded",
            "Say on which day the person was told, how, and by whom.",
            (),
        ),
        (
            replace(WHOLE, done_on=DAY + timedelta(days=1)),
            "telling-ahead",
            "The day on which the person was told lies ahead: state it when it is done.",
            (),
        ),
        (
            Saying(replace(SILENT, review_on=DAY - timedelta(days=1)), DAY),
            "telling-review-behind",
            "The date given is over already: give one that is still to come.",
            (),
        ),
        (
            Saying(replace(SILENT, approved_by="A"), DAY),
            "telling-by-one",
            "Whoever decides not to tell does not also approve it: ask somebody else.",
            (),
        ),
        (
            replace(WHOLE, child_objects=True),
            "telling-against-the-child",
            "The child did not agree. Their wish does not decide it; say what outweighed it, and tell the child.",
            ("tell the child beforehand", "record what outweighed the child's wish"),
        ),
    ],
)
def test_each_thing_that_is_wrong_has_its_words(saying: Saying, rule: str, says: str, propose: tuple[str, ...]) -> None:
    found = {each.rule: each for each in telling_said.judge(saying).findings}
    assert (found[rule].says, found[rule].propose) == (says, propose)
    assert all(
        rule not in {each.rule for each in telling_said.judge(one).findings} for one in (WHOLE, Saying(SILENT, DAY))
    )


def command(there: Hub, *words: str) -> int:
    """The exit code of `hub` with these words."""
    parser = argparse.ArgumentParser()
    telling.add(parser.add_subparsers(dest="command"))
    return telling.act(there.settings, parser.parse_args(words))


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = house(tmp_path)
    day = day_in_london(there.clock.now())
    told = Told(person="child", state=Telling.NOT_TOLD_SAFETY, reason="x", decided_by="a", approved_by="b")
    base = about_father("C-1", Telling.TOLD_AT)
    alone = {"people": (a_child(),), "bases": base.bases[:1], "telling": (told,)}
    (report_id,) = say(there, "police", base.model_copy(update=alone))
    who = ("nhs:9990001006", "--report", str(report_id), "--person", "child", "--as", "priya")
    today = day.isoformat()
    capsys.readouterr()
    silence = ("--why", "safety", "--reason", "risk", "--approved-by", "priya", "--review-on", today)
    assert command(there, "telling", "not-told", *who, *silence) == 1
    assert "it does not stand" in capsys.readouterr().out
    done = ("--day", today, "--how", "in_person", "--by", "DSL", "--considered", "child-view")
    assert command(there, "telling", "told", *who, *done, "--json") == 0
    kept = json.loads(capsys.readouterr().out)
    assert (kept["stands"], kept["state"]) == (True, "told_after")
    assert "child-view" not in kept["to_think_of"]
    assert "child-understands" in kept["to_think_of"]
    assert command(there, "telling", "--as", "priya") == 0
    assert "Everybody has been told" in capsys.readouterr().out
    undo = ("--as", "priya", "--telling", kept["telling"], "--reason", "It was her sister")
    assert command(there, "telling", "undo", who[0], *undo) == 0
    assert "stands no more" in capsys.readouterr().out
    assert command(there, "telling", "due", *who, "--by-day", today) == 0
    assert "To think of (nothing waits for it):" in capsys.readouterr().out
    assert command(there, "telling", "--as", "priya") == 0
    assert "today" in capsys.readouterr().out
    assert command(there, "telling") == 2
