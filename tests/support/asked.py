"""A hub with the story of a child, where agencies were asked what they know of that child."""

import re
from collections.abc import Mapping
from pathlib import Path

from httpx2 import Response

from contracts.events.requests import InformationAnswered
from hub.commands import staff
from hub.domain.requests import owed_by
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.house import house
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import tell_story

NURSERY = "urn:childhub:agency:nursery"
BLIND = ("known_relevant", "known_nothing_relevant", "not_known")  # what says something of the child


def question_to(*agencies: str) -> Mapping[str, str]:
    """What the form carries when these agencies are asked."""
    return {**ASKING, **{f"to-{agency}": "1" for agency in agencies}, "want-known": "1", "within": "4"}


def asked_of(folder: Path, *agencies: str) -> Hub:
    """A hub in the folder; these agencies have the question."""
    made = house(folder)
    tell_story(made)
    assert send(signed_in(made, staff.DECISION_MAKER), "/ask/keep", question_to(*agencies)).status_code == 200
    made.work()
    return made


def fields(hub: Hub) -> dict[str, str]:
    """What the form of the nursery's one request carries."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    (one,) = owed_by(NURSERY, hub.store.read_history(person_id).facts)
    return {"request": str(one.request_id), "child": f"hub:{person_id.hex}"}


def opened(hub: Hub, whose: staff.Member = staff.NURSERY_LEAD) -> Response:
    """The one request, opened."""
    return send(signed_in(hub, whose), "/requests/one", fields(hub))


def answers(hub: Hub) -> list[str]:
    """What was answered."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    facts = hub.store.read_history(person_id).facts
    return [one.answer for one in facts if isinstance(one, InformationAnswered)]


def pressable(page: Response) -> set[str]:
    """The answers that the page offers."""
    return set(re.findall(r'name="answer" value="([a-z_]+)"', page.text))
