"""What holds an item back from a family's letter, and is each reason on record and out of the letter?"""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.hub import AccessDecided
from contracts.identifiers import parse_identifier
from contracts.report import Change, Report, Told
from contracts.vocabulary import ChangeKind, SensitivityTag, Telling
from contracts.when import on_day
from hub.domain.family_answer import (
    ANOTHER_NOT_TOLD,
    IN_QUESTION,
    NAMED_NOT_TO_SEE,
    NO_PROOF,
    NO_RIGHT,
    NOT_NAMED,
    NOT_TOLD,
    OTHER_LAW,
    SAFETY,
    Asker,
)
from hub.domain.family_letter import NOTHING
from tests.support.families import FATHER, about_father, asked, hub_at
from tests.support.given import NOW, ROBIN, a_child, an_id
from tests.support.small_hub import SmallHub

EMPTY = NOTHING


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """A hub that has told the father of one item."""
    made = hub_at(tmp_path)
    made.receive(about_father("C-1", Telling.TOLD_AT))
    return made


def kept(hub: SmallHub) -> AccessDecided:
    """The last decision about Robin."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return hub.store.read_access(person_id)[-1]


def _handled(report: Report, **said: object) -> Report:
    return report.model_copy(update={"handling": report.handling.model_copy(update=said)})


HELD = [
    (about_father("C-1", Telling.DUE), FATHER, NOT_TOLD),
    (about_father("C-1", Telling.TOLD_AT), Asker("uncle", "parent", "document_seen"), NOT_NAMED),
    (about_father("C-1", Telling.TOLD_AT), Asker("father", "child", "document_seen"), NOT_NAMED),
    (about_father("C-1", Telling.TOLD_AT), Asker("father", "other", "document_seen"), NO_RIGHT),
    (about_father("C-1", Telling.TOLD_AT), Asker("father", "parent", "not_checked"), NO_PROOF),
    (
        about_father("C-1", Telling.TOLD_AT, Told(person="mother", state=Telling.NOT_KNOWN)),
        FATHER,
        ANOTHER_NOT_TOLD,
    ),
    (_handled(about_father("C-1", Telling.TOLD_AT), not_to_be_seen_by=("father",)), FATHER, NAMED_NOT_TO_SEE),
    (
        _handled(about_father("C-1", Telling.TOLD_AT), sensitivity=(SensitivityTag.INFORMANT,)),
        FATHER,
        SAFETY,
    ),
    (_handled(about_father("C-1", Telling.TOLD_AT), sensitivity=(SensitivityTag.HEALTH,)), FATHER, OTHER_LAW),
]


@pytest.mark.parametrize(("report", "asker", "reason"), HELD, ids=[reason for _, _, reason in HELD])
def test_what_holds_an_item_back_is_on_record_and_not_in_the_letter(
    tmp_path: Path, report: Report, asker: Asker, reason: str
) -> None:
    hub = hub_at(tmp_path)
    hub.receive(report)
    answer = asked(hub, asker=asker)
    assert answer.letter.count(EMPTY) == 3
    assert [one.reason for one in kept(hub).withheld] == [reason]
    assert kept(hub).items_shown == 0
    assert reason not in answer.letter


def test_where_another_is_not_told_somebody_may_say_that_it_is_truly_he(tmp_path: Path) -> None:
    """The mother was told, the man in the same report was not; labels alone could be mistaken, a person is not."""
    hub = hub_at(tmp_path)
    man = Told(
        person="man",
        state=Telling.NOT_TOLD_SAFETY,
        reason="risk_to_victim",
        decided_by="Sergeant",
        approved_by="Inspector",
        review_on=on_day((NOW + timedelta(days=3)).date()),
    )
    hub.receive(about_father("C-1", Telling.TOLD_AT, man))
    assert asked(hub).letter.count(EMPTY) == 3
    sure = Asker("father", "parent", "document_seen", frozenset({an_id("another report")}))
    assert asked(hub, asker=sure).letter.count(EMPTY) == 3
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    (link,) = hub.store.read_history(person_id).standing()
    sure = Asker("father", "parent", "document_seen", frozenset({link.report_id}))
    assert asked(hub, asker=sure).letter.count(EMPTY) == 2


def test_a_report_in_question_is_listed_to_nobody(hub: SmallHub) -> None:
    """A number agrees and the birth date does not: it may be another family's."""
    hub.receive(about_father("C-2", Telling.TOLD_AT, child=a_child(born="2019-01-02", given="Ruby")))
    (question,) = hub.store.read_history(hub.index.people_with("nhs", ROBIN)[0]).in_question()
    answer = asked(hub, parse_identifier(f"hub:{question.person_id.hex}"))
    assert answer.letter.count(EMPTY) == 3
    assert [one.reason for one in hub.store.read_access(question.person_id)[-1].withheld] == [IN_QUESTION]


def test_one_person_may_bear_several_labels_and_each_has_to_be_told(tmp_path: Path) -> None:
    hub = hub_at(tmp_path)
    hub.receive(about_father("C-1", Telling.TOLD_AT))
    dad = about_father("C-2", Telling.TOLD_AT)
    told = Told(person="dad", state=Telling.TOLD_AT)
    people = (dad.people[0], dad.people[1].model_copy(update={"ref": "dad"}))
    bases = tuple(dad.bases[0].model_copy(update={"person": one.ref}) for one in people)
    hub.receive(dad.model_copy(update={"people": people, "bases": bases, "telling": (dad.telling[0], told)}))
    both = Asker("father", "parent", "document_seen", also=frozenset({"dad"}))
    assert asked(hub).letter.count("stated: ") == 1
    assert asked(hub, asker=both).letter.count("stated: ") == 2
    hub.receive(about_father("C-3", Telling.TOLD_AT, Told(person="dad", state=Telling.NOT_KNOWN)))
    assert asked(hub, asker=both).letter.count("stated: ") == 2


def test_what_its_agency_said_later_counts(tmp_path: Path) -> None:
    hub = hub_at(tmp_path)
    receipt = hub.receive(about_father("C-1", Telling.NOT_TOLD_SAFETY))
    change = Change(kind=ChangeKind.CORRECTION, of=UUID(receipt.event_id), reason="Told")
    later = about_father("C-1", Telling.TOLD_AFTER, version="2").model_copy(update={"change": change})
    hub.receive(later)
    assert asked(hub).letter.count("Hexley Police stated: ") == 1
