"""Does `hub chronology` say who was asked and what came of it, and never that whoever was asked has sent nothing?"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.events.requests import Answer, InformationAnswered, InformationRequested
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.application.ports import Entry, Stream
from hub.application.read_chronology import read_chronology
from hub.commands import chronology as command
from hub.domain.chronology import Chronology
from hub.domain.feed import Feed, Partner
from hub.domain.moment import day_in_london
from hub.wiring import titles
from tests.support.given import NOW, ROBIN, a_concern, an_actor, an_id
from tests.support.small_hub import SmallHub

CHILD, MASH = parse_identifier(f"nhs:{ROBIN}"), an_actor()
OFFICER = an_actor("officer", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
DUE, LATER = NOW + timedelta(hours=4), NOW + timedelta(days=2)
NOT_REPLIED, NOTHING = "asked about this child and ha", "sent nothing about this person"


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """The police have sent a concern; health is connected and has sent nothing."""
    one = SmallHub(tmp_path)
    one.clock.at = NOW
    one.receive(a_concern())
    return one


def read(hub: SmallHub, actor: Actor = MASH, on: date | None = None, *, heard: bool = True) -> Chronology:
    """The chronology; police and health are connected since long ago, and heard, or were never."""
    feed, since = Feed(NOW) if heard else None, NOW - timedelta(days=90)
    partners = tuple(Partner(one.source, True, feed, since=since) for one in (hub.police, hub.health))
    return read_chronology(replace(hub.reading(), partners=partners), actor, CHILD, Purpose.SECTION_47, on)


def keep(hub: SmallHub, fact: Fact) -> None:
    """The fact, in the child's history."""
    (person,) = hub.index.people_with("nhs", ROBIN)
    version = hub.store.read_history(person).version
    kept = fact.model_copy(update={"person_id": person})
    hub.store.keep((Entry(Stream.history(person), hub.clock.new_id(), kept, expected=version),))


def ask(hub: SmallHub, at: datetime = NOW) -> None:
    """Health is asked."""
    wanted = InformationRequested(
        request_id=an_id("asked"), at=at, person_id=an_id("robin"), actor=MASH, agency=hub.health.source,
        purpose=Purpose.SECTION_47, wanted=("known",), due_by=at + (DUE - NOW),
    )  # fmt: skip
    keep(hub, wanted)


def answer(hub: SmallHub, said: Answer, at: datetime = NOW) -> None:
    """Health answers."""
    given = InformationAnswered(
        answer_id=an_id(f"answered {said}"), request_id=an_id("asked"), at=at, person_id=an_id("robin"),
        actor=MASH.model_copy(update={"agency": hub.health.source}),
        answer=said, reason="other_law" if said == "cannot_share" else None,
        due_by=LATER if said == "more_time" else None,
    )  # fmt: skip
    keep(hub, given)


def told(shown: Chronology, source: str) -> list[str]:
    """The lines that name an agency, less those of its road to the hub, whoever the child is."""
    title, road = titles()[source], ("MAY BE MISSING", "Before ")
    return [line for line in command.lines(shown, NOW.date()) if title in line and not line.strip().startswith(road)]


def state(shown: Chronology, source: str) -> list[object]:
    """What the JSON object says of an agency of whom nothing is shown."""
    found = command.as_object(shown)["silences"]
    assert isinstance(found, list)
    return [one["state"] for one in found if isinstance(one, dict) and one["source"] == source]


def test_whoever_owes_a_reply_is_said_to_and_not_to_have_sent_nothing(hub: SmallHub) -> None:
    health = hub.health.source
    (before,) = told(read(hub), health)
    assert NOTHING in before
    assert (state(read(hub), health), command.as_object(read(hub))["waiting"]) == (["nothing_received"], [])
    ask(hub)
    (line,) = told(read(hub), health)
    assert f"{titles()[health]} was {NOT_REPLIED}s not replied. That does not mean that nothing is known" in line
    assert state(read(hub), health) == ["not_replied"]
    answer(hub, "more_time")
    assert command.as_object(read(hub))["waiting"] == [
        {"source": health, "asked": NOW.isoformat(), "due": LATER.isoformat(), "needs_more_time": True}
    ]
    (line,) = told(read(hub), health)
    assert line.strip().startswith(
        f"{titles()[health]} was asked about this child and answered on 6 October 2026 that it needs more time, until "
        "8 October 2026, 14:20. That does not mean that nothing is known there."
    )
    assert state(read(hub), health) == ["more_time"]


def test_whoever_was_never_heard_is_not_said_to_have_sent_nothing_and_what_it_answered_is_said_too(
    hub: SmallHub,
) -> None:
    health = hub.health.source
    (line,) = told(read(hub, heard=False), health)
    assert "enrolled since 8 July 2026, and nothing from it has ever come; what it holds is not known here" in line
    assert state(read(hub, heard=False), health) == ["never_heard"]
    ask(hub)
    answer(hub, "known_relevant")
    never, answered = told(read(hub, heard=False), health)
    assert ("has ever come" in never, "something relevant is known there" in answered) == (True, True)
    assert NOTHING not in "".join(command.lines(read(hub, heard=False), NOW.date()))


def test_whoever_has_sent_something_and_owes_a_reply_is_named_too(hub: SmallHub) -> None:
    hub.receive(a_concern("H-1"), hub.health)
    ask(hub)
    assert [NOT_REPLIED in line for line in told(read(hub), hub.health.source)] == [False, True]
    assert state(read(hub), hub.health.source) == []


def test_a_past_day_says_who_had_not_replied_by_its_end(hub: SmallHub) -> None:
    """Asked on the day and answered after it; on the day before, nobody was asked."""
    ask(hub)
    answer(hub, "not_known", NOW + timedelta(days=1))
    hub.clock.at = NOW + timedelta(days=3)
    day, health = day_in_london(NOW), hub.health.source
    assert NOT_REPLIED not in " ".join(told(read(hub), health))
    (line,) = told(read(hub, on=day), health)
    assert f"{NOT_REPLIED}d not replied by {day.day} " in line
    assert state(read(hub, on=day), health) == ["not_replied"]
    (line,) = told(read(hub, on=day - timedelta(days=1)), health)
    assert NOTHING in line
    assert state(read(hub, on=day - timedelta(days=1)), health) == ["after_this_day"]


def test_where_nobody_was_asked_it_says_that_and_not_that_anybody_owes_a_reply(hub: SmallHub) -> None:
    """Of a day before anybody was asked too; whoever is shown only their own agency's items is told of nobody."""
    nobody = "  No agency has been asked, through the hub, what it knows of this child."
    assert nobody in command.lines(read(hub), NOW.date())
    assert not [line for line in command.lines(read(hub, OFFICER), NOW.date()) if "No agency ha" in line]
    ask(hub)
    hub.clock.at = NOW + timedelta(days=3)
    assert not [line for line in command.lines(read(hub), hub.clock.at.date()) if "No agency ha" in line]
    before = day_in_london(NOW) - timedelta(days=1)
    then = f"  No agency had been asked by {before.day} October 2026, through the hub, what it knows of this child."
    assert then in command.lines(read(hub, on=before), hub.clock.at.date())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("cannot_share", "it cannot share. That does not mean that nothing is known there."),
        ("known_relevant", "something relevant is known there. Nothing of it is shown here."),
        ("known_nothing_relevant", "the child or family is known there, and nothing that is relevant."),
        ("not_known", "the child is not known there."),
    ],
)
def test_whoever_answered_is_said_to_have_and_never_why_it_cannot_share(
    hub: SmallHub, said: Answer, words: str
) -> None:
    ask(hub)
    answer(hub, said)
    shown, health = read(hub), hub.health.source
    (line,) = told(shown, health)
    assert line.endswith(f"asked about this child and answered on 6 October 2026 that {words}")
    found = command.as_object(shown)
    assert (state(shown, health), found["waiting"]) == (["answered"], [])
    assert found["answered"] == [{"source": health, "answer": said, "at": NOW.isoformat()}]
    assert "other_law" not in repr(found) + line


def test_whoever_is_shown_only_their_own_agency_learns_of_nobody_who_was_asked(hub: SmallHub) -> None:
    ask(hub)
    shown = read(hub, OFFICER)
    assert shown.own_agency_only
    assert told(shown, hub.health.source) == []
    assert NOT_REPLIED not in "\n".join(command.lines(shown, NOW.date()))
    answer(hub, "cannot_share")
    found = command.as_object(read(hub, OFFICER))
    assert (found["waiting"], found["answered"], found["silences"]) == ([], [], [])
