"""Can whoever keeps what they were sent find it again when news of it comes: does each name the other's report?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from agencies.agency import Delivered
from agencies.nursery.accept import accept as at_nursery
from agencies.police.accept import accept as at_police
from agencies.school.accept import accept as at_school
from contracts.event_id import event_id
from contracts.events.sharing import ReportShared
from contracts.report import Change
from contracts.vocabulary import ChangeKind
from hub.application.take_back import take_back
from tests.support.given import a_concern
from tests.support.replies import a_reply, attach
from tests.support.sharers import CHILD, MASH, SharingHub

FIRST = a_concern("C-1", words="Broke a window")
Accept = Callable[[ReportShared], Delivered]


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub that has shared one concern with health."""
    there = SharingHub(tmp_path)
    there.receive(FIRST)
    there.share(there.asked(FIRST))
    there.follow()
    return there


def of(hub: SharingHub) -> str:
    return str(event_id(hub.police.source, FIRST))


@pytest.mark.parametrize("accept", [at_police, at_school, at_nursery], ids=["police", "school", "nursery"])
def test_the_first_document_has_the_id_that_all_news_of_it_names(hub: SharingHub, accept: Accept) -> None:
    attach(hub, a_reply(event_id(hub.police.source, FIRST)))
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, FIRST), reason="mistaken")
    corrected = a_concern("C-2", words="The wind did", change=change)
    hub.receive(corrected)
    hub.follow()
    take_back(hub.sharing(), MASH, CHILD, hub.decisions()[0].disclosure_id)
    hub.follow()
    told = [(one.news, json.loads(accept(one).raw)) for one in hub.caught.sent]
    new = str(event_id(hub.police.source, corrected))
    assert [(news, one["item"], one["about_reference"]) for news, one in told] == [
        ("report", of(hub), None),
        ("correction", new, of(hub)),
        ("correction", of(hub), of(hub)),
        ("recall", of(hub), of(hub)),
        ("recall", new, new),
    ]
