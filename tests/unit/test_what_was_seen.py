"""Is what a look came to said by counts of that reader's own looks and prints, and of that reader's own agency?"""

from datetime import timedelta
from uuid import UUID, uuid4

from contracts.events.hub import AccessDecided
from hub.domain.access_line import AccessLine
from hub.domain.explained import Link, LinkKind
from hub.domain.what_was_seen import was_seen
from tests.support.given import a_decision

CHILD = uuid4()


def a_look(subject: str, effect: str = "permitted", agency: str = "urn:childhub:agency:school") -> AccessDecided:
    made = a_decision(CHILD, 3, effect)
    actor = made.actor.model_copy(update={"subject": subject, "agency": agency})
    return made.model_copy(update={"decision_id": uuid4(), "actor": actor, "items_shown": 7})


def a_print(look: AccessDecided, effect: str = "permitted") -> AccessLine:
    return AccessLine(9, look.at, "print", "meeting_pack", effect, look.actor)


def reported(look: AccessDecided, days: int, agency: str, kind: LinkKind = LinkKind.REPORTED) -> Link:
    return Link(CHILD, kind, look.at + timedelta(days=days), agency)


def test_only_what_that_reader_did_is_counted() -> None:
    look, other = a_look("sam"), a_look("lena")
    decisions = (look, a_look("sam"), a_look("sam", "refused"), other)
    prints = (a_print(look), a_print(look, "refused"), a_print(other), a_print(other))
    seen = was_seen(look.decision_id, decisions, prints, ())
    assert seen is not None
    assert (seen.entries, seen.held_back, seen.times, seen.printed, seen.own_report) == (7, 0, 2, 1, False)


def test_a_report_of_the_readers_own_agency_within_a_day_is_told() -> None:
    look = a_look("sam")
    own = look.actor.agency
    for link, told in (
        (reported(look, 1, own), True),
        (reported(look, -1, own), True),
        (reported(look, 2, own), False),
        (reported(look, 0, "urn:childhub:agency:police"), False),
        (reported(look, 0, own, LinkKind.SENT), False),
    ):
        seen = was_seen(look.decision_id, (look,), (), (link,))
        assert seen is not None
        assert seen.own_report is told, link


def test_of_a_look_that_is_not_on_the_record_nothing_is_said() -> None:
    refused = a_look("sam", "refused")
    assert was_seen(refused.decision_id, (refused,), (), ()) is None
    assert was_seen(UUID(int=0), (a_look("sam"),), (), ()) is None
