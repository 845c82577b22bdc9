"""Does paper say who was asked and what came of it, and never that whoever was asked has sent nothing?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from contracts.event import Fact
from contracts.events.printing import PrintDecided, PrintReason, Product
from contracts.events.requests import Answer, InformationAnswered, InformationRequested
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.application.ports import Entry, Stream
from hub.application.print_chronology import Printed, print_chronology
from hub.application.read_chronology import read_chronology
from hub.domain import feed_words
from hub.domain.chronology import Chronology
from hub.domain.feed import Feed, FeedKind, Finding, Partner, Standing
from hub.domain.moment import day_in_london
from hub.domain.paper import Document, Layout
from hub.domain.printing import Printing
from hub.domain.requests import Request, requests
from hub.domain.silence import Silence, SilenceKind
from hub.domain.snapshot import snapshot
from hub.web.paper.cover import Cover
from hub.web.paper.making import made
from hub.web.rendering import Rendering
from hub.wiring import all_agreements
from tests.support.given import ROBIN, a_concern, an_actor, an_id
from tests.support.long_life import Said
from tests.support.read_life import chronology_of
from tests.support.small_hub import SmallHub

PRODUCTS: tuple[Product, ...] = ("meeting_pack", "court_chronology")
POLICE, HEALTH, SCHOOL, GP, HOUSING = (
    f"urn:childhub:agency:{name}" for name in ("police", "health", "school", "gp", "housing")
)
TITLES = {POLICE: "Hexley Police", HEALTH: "Fenwold Hospitals", SCHOOL: "Larkfield School"}
TITLES |= {GP: "Hexley Surgery", HOUSING: "Northborough Housing"}
OFFICER = an_actor("officer", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
PERSON, MASH, AT = an_id("robin"), an_actor(), datetime(2026, 11, 20, 14, 15, tzinfo=UTC)
CHILD = parse_identifier(f"nhs:{ROBIN}")
NOT_REPLIED = "asked about this child and had not replied"
ANSWERED = "asked about this child and answered"
NOTHING, NOT_CONNECTED = "sent nothing about this child", "Send nothing to the hub yet"
WITHHELD = "Hold something that is not in this document"


@pytest.fixture(params=PRODUCTS)
def product(request: pytest.FixtureRequest) -> Product:
    """Each document."""
    return next(one for one in PRODUCTS if one == request.param)


def asked(source: str, at: datetime = AT) -> InformationRequested:
    """An agency is asked."""
    return InformationRequested(
        request_id=an_id(f"asked {source}"), at=at, person_id=PERSON, actor=MASH, agency=source,
        purpose=Purpose.SECTION_47, wanted=("known",), due_by=at + timedelta(hours=4),
    )  # fmt: skip


def answered(source: str, at: datetime, answer: Answer = "not_known") -> InformationAnswered:
    """It answers."""
    return InformationAnswered(
        answer_id=an_id(f"answered {source}"), request_id=an_id(f"asked {source}"), at=at, person_id=PERSON,
        actor=MASH, answer=answer, due_by=at + timedelta(days=2) if answer == "more_time" else None,
    )  # fmt: skip


def open_with(*sources: str) -> tuple[Request, ...]:
    """What these agencies still owe a reply to."""
    return requests(asked(source) for source in sources)


def on_paper(shown: Chronology, product: Product) -> Document:
    """What the layout is given of a chronology."""
    stated = PrintDecided(
        decision_id=an_id("print"), at=AT, person_id=shown.person_id, actor=MASH, purpose=Purpose.SECTION_47,
        product=product, reason=PrintReason.STRATEGY, recipient=SCHOOL if product == "meeting_pack" else "",
        meant_for="Safeguarding lead", effect="permitted", copy_number=1, items=len(shown.entries),
    )  # fmt: skip
    return document(Printed(shown, stated))


def document(printed: Printed) -> Document:
    """What the layout is given."""
    given: list[Document] = []

    def keeping(_layout: Layout, of: Document) -> bytes:
        given.append(of)
        return b""

    made(Cover(printed, "Priya Anand", TITLES), Rendering(TITLES, {}), keeping)
    return given[0]


def texts(of: Document, name: str) -> list[str]:
    """The lines under a name; none where the document has no such part."""
    found = of.get(name, [])
    assert isinstance(found, list)
    return [str(one) for one in found]


def naming(of: Document, source: str) -> list[str]:
    """What is said of an agency of what is left out, and in the sentences of the picture."""
    lines = (*texts(of, "left_out"), *texts(of, "sentences"))
    return [line for line in lines if TITLES[source] in line and not line.startswith("Before ")]


def printed(hub: SmallHub, product: Product) -> Document:
    """The document that somebody at the MASH asks for."""
    to = next(one for one in all_agreements() if one.source == SCHOOL) if product == "meeting_pack" else None
    reason = PrintReason.STRATEGY if to is not None else PrintReason.PROCEEDINGS
    asking = Printing(MASH, Purpose.SECTION_47, product, reason, hub.clock.now(), "Safeguarding lead", to)
    heard = tuple(Partner(source, True, Feed(hub.clock.now())) for source in (POLICE, HEALTH))
    found = print_chronology(replace(hub.reading(), partners=heard), asking, CHILD)
    assert isinstance(found, Printed)
    return document(found)


def keep(hub: SmallHub, fact: Fact) -> None:
    """The fact, in the child's history."""
    (person,) = hub.index.people_with("nhs", ROBIN)
    history = hub.store.read_history(person)
    kept = fact.model_copy(update={"person_id": person})
    hub.store.keep((Entry(Stream.history(person), hub.clock.new_id(), kept, expected=history.version),))


def test_whoever_owes_a_reply_is_said_to_and_not_to_have_sent_nothing(tmp_path: Path, product: Product) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern())
    first = printed(hub, product)
    (before, *_) = naming(first, HEALTH)
    assert NOTHING in before
    nobody = "No agency had been asked by 6 October 2026, 14:20, through the hub, what it knows of this child."
    assert nobody in texts(first, "left_out")
    keep(hub, asked(HEALTH, hub.clock.now()))
    assert nobody not in texts(printed(hub, product), "left_out")
    said = naming(printed(hub, product), HEALTH)
    assert said[0].startswith(f"Fenwold Hospitals was {NOT_REPLIED} by 6 October 2026, 14:20. ")
    assert not [line for line in said if NOTHING in line]
    assert all("not replied" in line for line in said)
    keep(hub, answered(HEALTH, hub.clock.now(), "more_time"))
    more = f"Fenwold Hospitals was {ANSWERED} on 6 October 2026 that it needs more time, until 8 October 2026, 14:20. "
    said = naming(printed(hub, product), HEALTH)
    assert said
    assert all(line.startswith(more) for line in said)


@pytest.mark.parametrize("answer", [one for one in get_args(Answer) if one != "more_time"])
def test_whoever_has_replied_is_said_to_and_not_to_have_sent_nothing(
    tmp_path: Path, product: Product, answer: Answer
) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern())
    keep(hub, asked(HEALTH, hub.clock.now()))
    keep(hub, answered(HEALTH, hub.clock.now(), answer))
    said = naming(printed(hub, product), HEALTH)
    for line in said:
        assert line.startswith(f"Fenwold Hospitals was {ANSWERED} on 6 October 2026 that ")
        assert ("it cannot share. That does not mean that nothing is known" in line) is (answer == "cannot_share")
    assert len(said) == (2 if product == "meeting_pack" else 1)


def test_why_an_agency_cannot_share_is_not_on_paper_and_what_it_sent_does_not_hide_that_it_cannot(
    product: Product,
) -> None:
    """One has sent something, one is asked again, one has said no more than it sent."""
    sent = (Said("school", date(2026, 1, 5), "Tired."), Said("gp", date(2026, 1, 6), "Tired."))
    cannot = answered(SCHOOL, AT, "cannot_share").model_copy(update={"reason": "other_law"})
    again = asked(HEALTH, AT).model_copy(update={"request_id": an_id("asked again")})
    facts = (asked(SCHOOL), cannot, asked(GP), answered(GP, AT, "known_relevant"))
    facts_of_health = (asked(HEALTH), answered(HEALTH, AT, "cannot_share"), again)
    shown = chronology_of(sent, (Silence(HEALTH, SilenceKind.NOTHING_RECEIVED),))
    found = on_paper(replace(shown, requests=requests((*facts, *facts_of_health))), product)
    lines = texts(found, "left_out")
    assert [[TITLES[one] in line for one in (HEALTH, SCHOOL, GP)] for line in lines] == [
        [True, False, False],
        [False, True, False],
    ]
    cannot_share = f"{ANSWERED} on 20 November 2026 that it cannot share."
    assert [NOT_REPLIED in lines[0], cannot_share in lines[1]] == [True, True]
    assert "other_law" not in repr(found)


def test_a_copy_without_what_an_agency_withholds_says_both_and_none_of_it(tmp_path: Path, product: Product) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern())
    secret = a_concern("H-1", words="CANARY for others")
    kept_from = (SCHOOL, MASH.agency)
    handling = secret.handling.model_copy(update={"not_to_be_seen_by": kept_from})
    hub.receive(secret.model_copy(update={"handling": handling}), hub.health)
    keep(hub, asked(HEALTH, hub.clock.now()))
    found = printed(hub, product)
    said = naming(found, HEALTH)[:2]
    assert [WITHHELD in said[0], NOT_REPLIED in said[1]] == [True, True]
    assert "CANARY" not in repr(found)


def test_whoever_is_shown_only_their_own_agency_learns_of_nobody_who_was_asked(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern())
    keep(hub, asked(HEALTH, hub.clock.now()))
    shown = read_chronology(hub.reading(), OFFICER, CHILD, Purpose.SECTION_47)
    assert (shown.own_agency_only, shown.requests) == (True, ())
    assert snapshot(shown, day_in_london(hub.clock.now())).waiting == ()


def test_the_four_kinds_of_silence_stay_four(product: Product) -> None:
    kinds = {HEALTH: SilenceKind.NOTHING_RECEIVED, SCHOOL: SilenceKind.NOTHING_RECEIVED}
    kinds |= {GP: SilenceKind.NOT_CONNECTED, HOUSING: SilenceKind.WITHHELD}
    silences = tuple(Silence(source, kind) for source, kind in kinds.items())
    found = on_paper(replace(chronology_of((), silences), requests=open_with(SCHOOL)), product)
    lines = texts(found, "left_out")
    told = {HEALTH: NOTHING, SCHOOL: NOT_REPLIED, GP: NOT_CONNECTED, HOUSING: WITHHELD}
    for source, its_words in told.items():
        assert [line for line in lines if TITLES[source] in line] == [line for line in lines if its_words in line]
    assert len(lines) == len(told)


def test_what_could_not_be_taken_in_and_who_was_never_heard_are_not_nothing(product: Product) -> None:
    said = {HEALTH: FeedKind.SET_ASIDE, SCHOOL: FeedKind.NEVER_HEARD, GP: FeedKind.SILENT}
    nothing, never = SilenceKind.NOTHING_RECEIVED, SilenceKind.NEVER_HEARD
    silences = tuple(Silence(source, never if source == SCHOOL else nothing) for source in (*said, HOUSING))
    feeds = tuple(Standing(source, (Finding(kind, since=AT, count=1),)) for source, kind in said.items())
    lines = texts(on_paper(replace(chronology_of((), silences), feeds=feeds), product), "left_out")
    assert lines == [
        "Enrolled, and nothing from them has ever come, so what they hold is not known: Larkfield School.",
        "Connected, and have sent nothing about this child: Hexley Surgery, Northborough Housing.",
        "No agency had been asked by 20 November 2026, 14:15, through the hub, what it knows of this child.",
        f"Fenwold Hospitals: {feed_words.said(feeds[0].findings[0])}",
        f"Hexley Surgery: {feed_words.said(feeds[2].findings[0])}",
    ]


def test_a_past_day_says_who_had_not_replied_by_its_end(product: Product) -> None:
    """Answered the day after, and asked the day after: neither is known on the day."""
    facts = (asked(HEALTH, AT - timedelta(days=4)), answered(HEALTH, AT - timedelta(days=2)))
    day = day_in_london(AT - timedelta(days=3))
    silences = tuple(Silence(source, SilenceKind.AFTER_THIS_DAY) for source in (HEALTH, SCHOOL))
    then = replace(
        chronology_of((), silences, day), requests=requests((*facts, asked(SCHOOL, AT - timedelta(days=2))), day)
    )
    found = on_paper(then, product)
    assert naming(found, HEALTH)[0].startswith(f"Fenwold Hospitals was {NOT_REPLIED} by 17 November 2026. ")
    assert NOTHING not in " ".join(naming(found, HEALTH))
    assert NOTHING in naming(found, SCHOOL)[0]
    assert "not replied" not in " ".join(naming(found, SCHOOL))


def test_the_key_of_the_packs_picture_has_the_stripes_where_they_are_drawn() -> None:
    shown = chronology_of((), (Silence(HEALTH, SilenceKind.NOTHING_RECEIVED),))
    for owing, stripes in (((), 0), (open_with(HEALTH), 2)):
        drawn = str(on_paper(replace(shown, requests=owing), "meeting_pack")["picture"])
        assert drawn.count('fill="url(#p-hatch)"') == stripes
        assert ("Asked, still to answer</text>" in drawn) is bool(owing)
        assert ("A plan, help, an enquiry</text>" in drawn, "A place (dashed: none)</text>" in drawn) == (True, True)
