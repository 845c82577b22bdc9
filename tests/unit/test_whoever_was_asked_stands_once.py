"""Does an agency that has sent nothing and was asked stand once on a page: as asked, not as having sent nothing?"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.events.requests import Answer
from contracts.vocabulary import Purpose
from hub.domain import feed_words
from hub.domain.requests import Request
from hub.domain.silence import Silence, SilenceKind
from hub.domain.snapshot import snapshot
from hub.web.rendering import Rendering
from hub.web.said import ANSWERS
from tests.support.given import an_id
from tests.support.read_life import chronology_of

HEALTH, SCHOOL, HOUSING = (f"urn:childhub:agency:{name}" for name in ("health", "school", "housing"))
TITLES = {HEALTH: "Fenwold Hospitals", SCHOOL: "Larkfield School", HOUSING: "Northborough Housing"}
AT, TODAY = datetime(2026, 11, 20, 14, 15, tzinfo=UTC), date(2026, 11, 20)
ALL_SENT = "Every agency of the partnership has at least one entry on this page."
UNDER_ASKED = "Whoever has sent nothing and was asked stands under what agencies were asked."
ASKED = Request(an_id("r"), an_id("robin"), HEALTH, "care", Purpose.SECTION_47, ("known",), AT, AT + timedelta(hours=4))


def sections(kinds: dict[str, SilenceKind], *asked: Request, past: date | None = None) -> tuple[str, str]:
    """What is read of whom nothing is shown, and of what agencies were asked (empty: no such part)."""
    silences = tuple(Silence(source, kind) for source, kind in kinds.items())
    shown = replace(chronology_of((), silences, past), requests=asked)
    snap = snapshot(shown, TODAY)
    text = Rendering(TITLES, {}).text(
        "silences.html", snap=snap, shown=shown, feed_words=feed_words, before=(), may_ask=False
    )
    silent, _, rest = text.partition("What agencies were asked</h2>")
    return _read(silent.partition("What may be missing")[0]), _read(rest.partition("What may be missing")[0])


def _read(part: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", part)).replace(" .", ".").replace(" ,", ",").strip()


@pytest.mark.parametrize("kind", [SilenceKind.NOTHING_RECEIVED, SilenceKind.AFTER_THIS_DAY])
def test_whoever_owes_a_reply_stands_with_what_was_asked_alone(kind: SilenceKind) -> None:
    past = TODAY if kind is SilenceKind.AFTER_THIS_DAY else None
    silent, asked = sections({HEALTH: kind, SCHOOL: kind}, ASKED, past=past)
    assert (silent.count("Fenwold Hospitals"), silent.count("Larkfield School"), UNDER_ASKED in silent) == (0, 1, True)
    assert asked.startswith("Fenwold Hospitals No reply yet. Asked 20 November 2026, 14:15, due 20 November 2026, ")


@pytest.mark.parametrize("answer", ["cannot_share", "not_known"])
def test_whoever_answered_stands_with_what_was_asked_alone(answer: Answer) -> None:
    closed = replace(ASKED, answer=answer, answered=AT, reason="other_law")
    silent, asked = sections({HEALTH: SilenceKind.NOTHING_RECEIVED}, closed)
    assert ("Fenwold Hospitals" in silent, UNDER_ASKED in silent) == (False, True)
    assert asked.startswith(f"Fenwold Hospitals {ANSWERS[answer]}, 20 November 2026, 14:15.")


def test_where_only_those_that_were_asked_are_silent_it_is_not_said_that_all_have_sent_something() -> None:
    (alone, _), (none, _) = sections({HEALTH: SilenceKind.NOTHING_RECEIVED}, ASKED), sections({})
    assert (UNDER_ASKED in alone, ALL_SENT in alone) == (True, False)
    assert (UNDER_ASKED in none, ALL_SENT in none) == (False, True)


@pytest.mark.parametrize("kind", [SilenceKind.WITHHELD, SilenceKind.IN_QUESTION, SilenceKind.NOT_CONNECTED])
def test_what_else_is_known_of_whoever_was_asked_is_said_too(kind: SilenceKind) -> None:
    silent, asked = sections({HEALTH: kind}, ASKED)
    assert ("Fenwold Hospitals" in silent, "sent nothing" in silent, UNDER_ASKED in silent) == (True, False, False)
    assert "Fenwold Hospitals No reply yet." in asked
