"""A hub with the story of a child, where agencies were asked what they know of that child."""

from collections.abc import Mapping
from pathlib import Path

from hub.commands import staff
from hub.wiring import Hub
from tests.support.house import house
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import tell_story


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
