"""One invented child's year, with every kind of thing that a chronology has to show."""

from datetime import UTC, datetime

from contracts.events.police import DomesticAbuseNotified
from contracts.events.shared import ConcernRaised, RecordCorrected, RecordRetracted
from contracts.identifiers import Scheme, identifier
from contracts.report import Change, Handling, LawfulBasis, Name, Person, Place, Provenance, Record, Report, Told
from contracts.report import Statement as Said
from contracts.vocabulary import (
    ChangeKind,
    Confidence,
    ConsentState,
    NeedLevel,
    PersonRole,
    Precision,
    Purpose,
    SensitivityTag,
    StatementKind,
    Telling,
)
from contracts.when import When, at_moment, unknown_time
from hub.wiring import Hub
from tests.support.given import ROBIN, a_sound_basis
from tests.support.house import say

# One agency protects the address, so nobody reads it in what any other states.
PROTECTED = "Hazel Lane"
SECRETS = ("Exemplar", PROTECTED, "shouting through the wall", "It was loud", "left alone overnight")
_FACT, _SEEN, _VIEW = StatementKind.FACT_RECORDED, StatementKind.OBSERVATION, StatementKind.PROFESSIONAL_OPINION
_VOICE, _ALLEGED = StatementKind.CHILD_VOICE, StatementKind.ALLEGATION
CHILD = Person(
    ref="child",
    role=PersonRole.CHILD,
    identifiers=(identifier(Scheme.NHS_NUMBER, ROBIN),),
    names=(Name(family="Exemplar", given="Robin"),),
    birth_date=When(value="2019-03-14", precision=Precision.DAY),
    address=Place(text="14 Hazel Lane, Northborough", postcode="ZZ99 3CZ"),
)
MOTHER = Person(ref="mother", role=PersonRole.PARENT_OR_CARER, names=(Name(family="Exemplar", given="Dana"),))
MAN = Person(
    ref="man", role=PersonRole.ADULT_OF_CONCERN, names=(Name(text="Kit Ansell"),), relationship="mother's partner"
)
TOLD = (Told(person="child", state=Telling.TOLD_AT),)
NOT_TOLD = (
    *TOLD,
    Told(
        person="man",
        state=Telling.NOT_TOLD_SAFETY,
        decided_by="Detective Sergeant, public protection",
        approved_by="Detective Inspector",
        review_on=When(value="2026-12-01", precision=Precision.DAY),
    ),
)
ADULT_BASIS = LawfulBasis(
    person="man", article6="6e", article9="9g_para_18", no_consent_reason="c", gateway="ca89_s47",
    confidence=Confidence.PUBLIC_INTEREST, article10=True,
)  # fmt: skip
WRONG_BASIS = LawfulBasis(person="child", article6="6a", consent=ConsentState.REFUSED)


def said(field: str, kind: StatementKind, text: str, about: str = "child", by: str | None = None) -> Said:
    """One statement."""
    return Said(field=field, kind=kind, value=text, about=about, by=by)


def about_robin(
    record: str,
    happened: When,
    *statements: Said,
    kind: type[Report] = ConcernRaised,
    people: tuple[Person, ...] = (CHILD,),
    bases: tuple[LawfulBasis, ...] | None = None,
    telling: tuple[Told, ...] = TOLD,
    tags: tuple[SensitivityTag, ...] = (SensitivityTag.OFFICIAL_SENSITIVE,),
    change: Change | None = None,
) -> Report:
    """A report about Robin."""
    return kind(
        record=Record(system="made-up", record_id=record),
        change=change or Change(),
        happened=happened,
        recorded=happened,
        about="child",
        people=people,
        statements=statements,
        handling=Handling(purpose=Purpose.SECTION_47, need=NeedLevel.SIGNIFICANT_HARM, sensitivity=tags),
        bases=bases if bases is not None else (a_sound_basis(),),
        telling=telling,
        provenance=Provenance(native_sha256="0" * 64, adapter="made-up", adapter_version="1"),
    )


def clock(year: int, month: int, day: int, hour: int = 9, minute: int = 5) -> When:
    """An instant to the minute (UTC)."""
    return at_moment(datetime(year, month, day, hour, minute, tzinfo=UTC), Precision.MINUTE)


def tell_story(hub: Hub) -> None:
    """Five agencies speak about Robin; two of them change what they said."""
    say(hub, "police", night())
    say(hub, "school", mondays())
    say(hub, "health", weight())
    (alone,) = say(hub, "housing", left_alone())
    wrong_flat = Change(kind=ChangeKind.RETRACTION, of=alone, reason="Wrong flat")
    why = said("why_withdrawn", _FACT, "entered-in-error")
    say(hub, "housing", about_robin("T-9/2", clock(2026, 11, 19), why, kind=RecordRetracted, change=wrong_flat))
    visited = about_robin("C-7", unknown_time(), said("what_happened", _FACT, "Home visit."), bases=())
    (visit,) = say(hub, "social_care", visited)
    added = Change(kind=ChangeKind.CORRECTION, of=visit, reason="Outcome added")
    outcome = said("what_happened", _FACT, "Home visit; nobody in.")
    say(hub, "social_care", about_robin("C-7/2", clock(2026, 11, 20), outcome, kind=RecordCorrected, change=added))


def night() -> Report:
    """Police were called; the address is protected, and the man is not told."""
    officer = "Attending officer"
    seen = "Neighbour called: shouting through the wall.\nKitchen door off its hinges."
    return about_robin(
        "I-4471",
        clock(2026, 11, 18, 22, 40),
        said("what_happened", _SEEN, seen, by=officer),
        said("what_happened", _ALLEGED, "Mother said he pushed her against the door.", about="mother"),
        said("professional_view", _VIEW, "High risk. Third call to the address in a year.", by=officer),
        said("child_words", _VOICE, "“It was loud. I put the pillow on my ears.”", by=officer),
        said("child_present", _FACT, "Upstairs, in bed"),
        kind=DomesticAbuseNotified,
        people=(CHILD, MOTHER, MAN),
        bases=(a_sound_basis(), ADULT_BASIS),
        telling=NOT_TOLD,
        tags=(SensitivityTag.OFFICIAL_SENSITIVE, SensitivityTag.ADDRESS_PROTECTED, SensitivityTag.VICTIM_SAFETY),
    )


def mondays() -> Report:
    """School noticed something over a month, and something good."""
    return about_robin(
        "S-1",
        When(value="2026-09", precision=Precision.MONTH),
        said("what_happened", _SEEN, "Came in hungry and tired on most Mondays."),
        said("professional_view", _VIEW, "Brighter and chatting again by half term.", by="Class teacher"),
    )


def weight() -> Report:
    """Health measured, and stated consent that was refused."""
    measured = said("health_detail", _SEEN, "Weight on the 9th centile; was on the 25th in March.")
    return about_robin("H-1", When(value="2026-11-12", precision=Precision.DAY), measured, bases=(WRONG_BASIS,))


def left_alone() -> Report:
    """Housing was told something, about another flat as it turned out."""
    told = said("what_happened", _ALLEGED, "Caller said the child was left alone overnight, 2 times.")
    return about_robin("T-9", When(value="2025-12-03", precision=Precision.DAY), told)
