"""Where more is known of an agency than one thing, is each in its lane and in the words, and none over another?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contracts.events.requests import Answer
from contracts.vocabulary import Purpose
from hub.domain.feed import Connected, FeedKind, Finding, Standing
from hub.domain.requests import Request, replied, waiting
from hub.domain.silence import Silence, SilenceKind
from hub.domain.snapshot import Snapshot, snapshot
from hub.web.picture.coverage import DOTS, HATCH
from hub.web.picture.draw import Asked, Picture, picture
from hub.web.picture.scale import Window
from hub.web.picture.shapes import PAPER, Glyph, Rect, Words
from hub.web.picture.words import sentences
from hub.web.wanted import OPEN
from tests.support.given import an_id
from tests.support.long_life import TODAY, Said
from tests.support.read_life import chronology_of

DAY = TODAY.date()
HOUSING = "urn:childhub:agency:housing"
NAMED = {HOUSING: "Northborough Housing"}
ASKED = Request(
    an_id("r"), an_id("robin"), HOUSING, "care", Purpose.SECTION_47, ("known",), TODAY, TODAY + timedelta(hours=4)
)


def told(kind: SilenceKind | None, *asked: Request, since: date | None = None) -> Snapshot:
    """What is known of housing, of whom nothing is shown for a reason; none: it has sent something."""
    silences = (Silence(HOUSING, kind),) if kind is not None else ()
    sent = () if silences else (Said("housing", date(2026, 1, 5), "Damp."),)
    joined = (Connected(HOUSING, since),) if since is not None else ()
    return snapshot(replace(chronology_of(sent, silences), requests=asked, connected=joined), DAY)


def drawn(of: Snapshot) -> Picture:
    """The picture of three years."""
    targets = {one.report_id: f"e-{place}" for place, one in enumerate(of.entries)}
    return picture(of, NAMED, Asked(Window.THREE_YEARS, OPEN, targets, DAY))


def written(of: Snapshot) -> list[str]:
    """The words in the lane and under its name."""
    found = drawn(of)
    return [one.text for one in (*found.under, *found.names) if isinstance(one, Words)]


def answered(said: Answer) -> Request:
    """The request, answered an hour later; more time is until tomorrow."""
    due = ASKED.due + timedelta(days=1) if said == "more_time" else ASKED.due
    return replace(ASKED, answer=said, answered=TODAY + timedelta(hours=1), due=due, reason="other_law")


def test_a_padlock_lies_on_the_stripes_and_its_lane_says_both() -> None:
    of = told(SilenceKind.WITHHELD, ASKED)
    under = drawn(of).under
    lock = next(place for place, one in enumerate(under) if isinstance(one, Glyph) and one.sign == "padlock")
    stripes = [place for place, one in enumerate(under) if isinstance(one, Rect) and one.fill == HATCH]
    ground = under[lock - 1]
    assert (len(stripes), stripes[0] < lock, isinstance(ground, Rect) and ground.fill) == (1, True, PAPER)
    owed = "Asked 20 November 2026, 14:15. No reply yet, due 20 November 2026, 18:15"
    assert f"Holds something that you may not see. {owed}" in written(of)


@pytest.mark.parametrize(("kind", "why"), [
    (SilenceKind.NEVER_HEARD, "Nothing has ever come from it: not known"),
    (SilenceKind.NOT_CONNECTED, "Not connected"),
    (SilenceKind.IN_QUESTION, "Something may be about this child: whose it is, is in question"),
])  # fmt: skip
def test_what_an_agency_answered_or_owes_is_said_beside_why_nothing_of_it_is_shown(kind: SilenceKind, why: str) -> None:
    of = told(kind, answered("not_known"))
    assert f"{why}. Answered: not known to them" in written(of)
    said = " ".join(sentences(of, NAMED))
    assert "Northborough Housing was asked about this child and answered on 20 November 2026 that the child" in said
    assert ("sent nothing" in said, of.not_known, DOTS in repr(drawn(of).under)) == (False, (HOUSING,), True)
    owing = told(kind, ASKED)
    assert any(one.startswith(f"{why}. Asked 20 November 2026, 14:15. No reply yet") for one in written(owing))
    (dots,) = (one for one in drawn(owing).under if isinstance(one, Rect) and one.fill == DOTS)
    (stripes,) = (one for one in drawn(owing).under if isinstance(one, Rect) and one.fill == HATCH)
    assert (dots.x, dots.x + dots.width) == (0, stripes.x)


def test_whoever_was_never_heard_by_its_road_alone_loses_no_answer() -> None:
    """As known on today, the silence says only that nothing had come by that day."""
    of = told(SilenceKind.AFTER_THIS_DAY, answered("cannot_share"))
    never = Standing(HOUSING, (Finding(FeedKind.NEVER_HEARD),))
    of = snapshot(replace(of.shown, feeds=(never,)), DAY)
    assert "Nothing has ever come from it: not known. Answered: they cannot share" in written(of)


def test_what_lies_set_aside_hides_no_answer_and_is_never_nothing() -> None:
    aside = Standing(HOUSING, (Finding(FeedKind.SET_ASIDE, since=TODAY - timedelta(days=90), count=1),))
    for kind in (SilenceKind.SET_ASIDE, SilenceKind.NOTHING_RECEIVED):
        for asked, answer in (((), ""), ((answered("not_known"),), "Answered: not known to them")):
            of = snapshot(replace(told(kind, *asked).shown, feeds=(aside,)), DAY)
            said = written(of)
            assert "Something it sent was not taken in: not known" in said
            assert (answer in said) is bool(answer)
            assert ("Nothing sent about this child" in said, of.not_known) == (False, (HOUSING,))
    assert "Something it sent was not taken in: not known" in written(told(SilenceKind.SET_ASIDE))


def test_whoever_sent_a_message_that_never_came_has_not_sent_nothing() -> None:
    """By the silence, or by its road alone as known on today; what it answered, and that it was asked, stand beside."""
    gap = Standing(HOUSING, (Finding(FeedKind.GAP, count=1),))
    why = "A numbered message of its own never came: not known"
    for kind in (SilenceKind.NEVER_CAME, SilenceKind.NOTHING_RECEIVED, SilenceKind.AFTER_THIS_DAY):
        for asked, answer in (((), ""), ((answered("not_known"),), ". Answered: not known to them")):
            of = snapshot(replace(told(kind, *asked).shown, feeds=(gap,)), DAY)
            assert f"{why}{answer}" in written(of)
            assert DOTS in repr(drawn(of).under)
            said = " ".join((*written(of), *sentences(of, NAMED))).lower()
            assert ("sent nothing" in said, "nothing sent" in said, of.not_known) == (False, False, (HOUSING,))
    missing = "A message with a number is missing that Northborough Housing sent; it may be about this child."
    assert missing in sentences(told(SilenceKind.NEVER_CAME), NAMED)
    owing = written(told(SilenceKind.NEVER_CAME, ASKED))
    assert any(one.startswith(f"{why}. Asked 20 November 2026, 14:15. No reply yet") for one in owing)


def test_whoever_needs_more_time_is_not_said_to_have_not_replied() -> None:
    of = told(SilenceKind.NOTHING_RECEIVED, answered("more_time"))
    assert "Asked 20 November 2026, 14:15. Needs more time, until 21 November 2026, 18:15" in written(of)
    said = [one for one in sentences(of, NAMED) if "Housing" in one]
    assert said == [
        "Northborough Housing was asked about this child and answered on 20 November 2026 that it needs more time, "
        "until 21 November 2026, 18:15. That does not mean that nothing is known there."
    ]
    assert ([one.source for one in of.more_time], of.no_reply) == ([HOUSING], ())
    assert "1 entry, needs time" in written(told(None, answered("more_time")))
    assert "1 entry, no reply" in written(told(None, ASKED))


def test_what_it_has_not_replied_to_at_all_is_said_before_what_it_needs_time_for() -> None:
    later = replace(ASKED, request_id=an_id("again"), due=ASKED.due + timedelta(days=9))
    (one,) = waiting((answered("more_time"), later))
    assert (one.due, one.more_time, replied((answered("more_time"), later))) == (later.due, None, ())


def test_an_answer_is_said_where_the_agency_was_connected_too_lately_for_its_own_place() -> None:
    said = written(told(SilenceKind.NOTHING_RECEIVED, answered("known_nothing_relevant"), since=DAY))
    assert "Not known before it was connected, 20 November 2026. Answered: known, and nothing that is relevant" in said
