"""A forced marriage is feared and the parents must not find out: agencies, store, sharing, family, review, end to end.

Each step is printed (`pytest -s`). People, places and numbers are invented.
"""

import argparse
import sys
from datetime import date, timedelta
from uuid import UUID

import pytest

from consent.telling_due import Standing
from contracts.events.police import DomesticAbuseNotified
from contracts.events.shared import ConcernRaised
from contracts.events.sharing import DisclosureDecided
from contracts.identifiers import parse_identifier
from contracts.report import Handling, Name, Person, Place, Report, Statement, Told
from contracts.vocabulary import (
    NeedLevel,
    PersonRole,
    Purpose,
    SensitivityTag,
    StatementKind,
    Telling,
)
from contracts.when import on_day
from hub.application.answer_family import FamilyAnswer
from hub.commands import chronology, family, law, share, telling
from hub.domain.disclosure import NAMED_NOT_TO_SEE
from hub.domain.moment import day_in_london
from hub.wiring import Hub
from tests.support.given import a_child, a_concern, a_sound_basis
from tests.support.house import house, say

AMARA, UNKNOWN = parse_identifier("nhs:9990003963"), parse_identifier("nhs:9990001375")
WORDS = "They have booked the flight and I do not want to go"
AUNT = Place(text="22 Larch Close, Northborough", postcode="NB9 2QL")
NOTE = "One chance: do not contact the family, send no letter home, use no interpreter from the community"
SAFETY = "forced marriage feared"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub with its partners and staff, where the story is told up to Friday night."""
    there = house(tmp_path_factory.mktemp("story"))
    for agency, report in (
        ("school", at_school(there)),
        ("police", by_police(there)),
        ("social_care", safe_place(there)),
    ):
        (report_id,) = say(there, agency, report)
        step(f"{agency} states {report.TYPE}: {report_id}")
    return there


def step(said: str) -> None:
    """One step of the story, for a reader."""
    sys.stdout.write(f"  - {said}\n")


def today(hub: Hub) -> date:
    return day_in_london(hub.clock.now())


def told(hub: Hub, *, child: Telling = Telling.TOLD_AT) -> tuple[Told, ...]:
    """Amara knows; her father and her mother are not told, with reason, approver and review date."""
    silent = Told(
        person="father",
        state=Telling.NOT_TOLD_SAFETY,
        reason=SAFETY,
        decided_by="DSL",
        approved_by="MASH manager",
        review_on=on_day(today(hub) + timedelta(days=3)),
    )
    return (Told(person="child", state=child), silent, silent.model_copy(update={"person": "mother"}))


def about_amara(hub: Hub, base: Report, kind: type[Report] = ConcernRaised, **handled: object) -> Report:
    """A report about Amara that names both parents."""
    child = a_child("9990003963", given="Amara", born="2011-04-02")
    parents = [
        Person(ref=ref, role=PersonRole.PARENT_OR_CARER, names=(Name(family="Exemplar", given=given),))
        for ref, given in (("father", "Idris"), ("mother", "Salma"))
    ]
    handling = Handling(purpose=Purpose.SECTION_47, need=NeedLevel.SIGNIFICANT_HARM).model_copy(update=handled)
    people = (child, *parents)
    bases = tuple(a_sound_basis().model_copy(update={"person": one.ref}) for one in people)
    said = base.model_copy(update={"people": people, "bases": bases, "handling": handling, "telling": told(hub)})
    return kind.model_validate(said.model_dump())


def at_school(hub: Hub) -> Report:
    return about_amara(
        hub, a_concern("S-1", words="Said alone to her teacher; asks that her parents not be told", said=WORDS)
    )


def by_police(hub: Hub) -> Report:
    """The police: an older sister; a relative works at housing, which must not see it."""
    base = a_concern("P-7", words="An older sister, 2021, in the same way")
    note = Statement(field="handling_note", kind=StatementKind.FACT_RECORDED, value=NOTE)
    return about_amara(
        hub,
        base.model_copy(update={"statements": (*base.statements, note)}),
        DomesticAbuseNotified,
        not_to_be_seen_by=("housing",),
        urgent=True,
    )


def safe_place(hub: Hub) -> Report:
    """Children's services: where she is safe. Nobody sees it in an ordinary view."""
    report = about_amara(
        hub,
        a_concern("L-3", words="Staying with an aunt who is safe"),
        sensitivity=(SensitivityTag.OFFICIAL_SENSITIVE, SensitivityTag.ADDRESS_PROTECTED),
    )
    return report.model_copy(update={"place": AUNT})


def asks(hub: Hub, child: str = "nhs:9990003963", label: str = "father", kind: str = "parent") -> FamilyAnswer:
    """What leaves when somebody asks; the handler is the information-governance officer."""
    parser = argparse.ArgumentParser()
    family.add(parser.add_subparsers(dest="command"))
    words = ["family", "answer", child, "--person", label, "--asker", kind, "--proof", "document_seen", "--as", "ivy"]
    return family.answered(hub, parser.parse_args(words), slot_seconds=0)


def reports(hub: Hub) -> tuple[UUID, ...]:
    (person_id,) = hub.index.people_with("nhs", "9990003963")
    return tuple(link.report_id for link in hub.store.read_history(person_id).standing())


def due(hub: Hub, days: int, label: str = "father") -> set[Standing]:
    """Where the silence towards one parent stands on a day to come."""
    hub.follow()
    return {
        one.due.standing
        for one in telling.listed(hub, "priya", today(hub) + timedelta(days=days))
        if one.label == label
    }


def test_1_the_chronology_says_first_how_to_handle_it_and_hides_the_safe_place(hub: Hub) -> None:
    shown = chronology.read(hub, chronology.Asking(AMARA, "priya", Purpose.SECTION_47))
    lines = [line.strip() for line in chronology.lines(shown, today(hub))]
    handling = lines.index(f"HOW TO HANDLE THIS: {NOTE}")
    assert lines[handling - 1].endswith("Hexley Police")
    assert any(WORDS in line for line in lines)
    assert sum("Not told: telling would put someone at risk" in line for line in lines) == 6
    text = "\n".join(lines)
    for secret in (AUNT.text, AUNT.postcode, "Larch"):
        assert str(secret) not in text
    step("the decision-maker reads: handling first, her words, six silences, no safe place")


def test_2_the_agency_where_a_relative_works_is_not_sent_what_it_must_not_see(hub: Hub) -> None:
    _, police_report, _ = reports(hub)
    refused = shared(hub, police_report, "housing")
    assert refused.effect == "refused"
    assert {one.reason for one in refused.withheld} == {NAMED_NOT_TO_SEE}
    assert any("know, live with, or work for somebody" in line for line in share.lines(refused))
    step("housing is refused: a relative works there")


def test_3_what_goes_to_health_says_who_must_not_learn_of_it(hub: Hub) -> None:
    school_report, _, _ = reports(hub)
    fact = shared(hub, school_report, "health")
    assert fact.effect == "permitted"
    hub.edge("health").collect("named_nurse")
    (person_id,) = hub.index.people_with("nhs", "9990003963")
    states = {(one.label, one.state) for one in telling.listed(hub, "priya") if one.person_id == person_id}
    assert ("father", Telling.NOT_TOLD_SAFETY) in states
    assert "location" not in [one.value for item in fact.items for one in item.classes]
    step("health is told, and told whom not to tell")


def shared(hub: Hub, report_id: UUID, to: str) -> DisclosureDecided:
    return share.send(hub, share.Sharing(AMARA, "priya", (report_id,), to, Purpose.SECTION_47))


@pytest.mark.parametrize("label", ["father", "mother"])
def test_4_a_parent_who_asks_gets_the_letter_of_a_family_with_nothing_held(hub: Hub, label: str) -> None:
    letter = asks(hub, label=label)
    nothing = asks(hub, "nhs:9990001375", label=label)
    assert letter.outgoing == nothing.outgoing
    assert letter.decision_id != nothing.decision_id
    note = " ".join(law.note_on(hub, "ivy", letter.decision_id).split())
    assert "asked to prepare an answer to the family" in note
    assert "It is not on record that this person was told" in note
    step(f"the {label} asks: nothing is listed, as for a family with nothing held; why is on record for who checks")


def test_5_amara_herself_is_answered_with_what_she_was_told_of_before_there_was_a_place_to_hide(hub: Hub) -> None:
    letter = asks(hub, label="child", kind="child").letter
    assert letter.count("stated: ") == 2
    assert "Northborough Primary School stated: Concern raised" in letter
    assert "Children" not in letter.partition("WHAT IS HELD")[2]
    step("Amara asks: her school's and the police's word, and nothing that leads to where she is")


def test_6_the_silence_comes_due_is_escalated_and_never_lapses(hub: Hub) -> None:
    assert due(hub, 0) == {Standing.COMING}
    assert due(hub, 3) == {Standing.TODAY}
    assert due(hub, 5) == {Standing.OVERDUE}
    for days in (6, 30, 400, 4000):
        assert due(hub, days) == {Standing.ESCALATED}
        assert due(hub, days, "mother") == {Standing.ESCALATED}
    step("on the review day it is due; two days after, escalated; it stays on the list for ever")


def test_7_a_manager_decides_afresh_and_it_comes_due_again(hub: Hub) -> None:
    school_report, _, _ = reports(hub)
    again = (today(hub) + timedelta(days=10)).isoformat()
    words = ("--why", "safety", "--reason", SAFETY, "--review-on", again)
    assert tell(hub, "not-told", school_report, "--approved-by", "priya", *words) == 1
    assert due(hub, 3) == {Standing.TODAY}
    assert tell(hub, "not-told", school_report, "--approved-by", "Service manager", *words) == 0
    assert Standing.COMING in due(hub, 4)
    assert due(hub, 40) == {Standing.ESCALATED}
    step("one person alone cannot renew it; two can, for days and not for ever")


def test_8_after_the_order_the_father_is_told_of_the_schools_word_and_the_rest_stays_hidden(hub: Hub) -> None:
    before = asks(hub).outgoing
    school_report, police_report, _ = reports(hub)
    done = ("--day", today(hub).isoformat(), "--how", "in_person", "--by", "Police officer and social worker")
    assert tell(hub, "told", school_report, *done, "--child-agrees", "agrees") == 0
    shown = chronology.read(hub, chronology.Asking(AMARA, "priya", Purpose.SECTION_47))
    assert "since " in "\n".join(chronology.lines(shown, today(hub)))
    assert asks(hub).outgoing == before, "the mother in the same report is not told: labels alone do not open it"
    hub.follow()
    listed = {(one.report_id, one.label) for one in telling.listed(hub, "priya")}
    assert (school_report, "father") not in listed
    assert {(school_report, "mother"), (police_report, "father")} <= listed
    step("the father is told, planned with Amara; mother and the rest stay as they were")


def tell(hub: Hub, what: str, report_id: UUID, *words: str) -> int:
    """`hub telling …` about the father in one report."""
    parser = argparse.ArgumentParser()
    telling.add(parser.add_subparsers(dest="command"))
    of = ("nhs:9990003963", "--report", str(report_id), "--person", "father", "--as", "priya")
    return telling.act(hub.settings, parser.parse_args(["telling", what, *of, *words]))


def test_9_nothing_on_the_bus_or_in_the_views_holds_the_place_or_the_words(hub: Hub) -> None:
    hub.follow()
    secrets = [text.encode() for text in (str(AUNT.text), str(AUNT.postcode), WORDS, SAFETY, "Idris", "9990003963")]
    looked = 0
    for path in sorted(hub.settings.home.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            looked += 1
            assert [secret for secret in secrets if secret in content] == [], path.name
    assert looked > 10
    step(f"{looked} files of the hub and its edges hold neither the place, nor a name, nor the reason, in clear")
