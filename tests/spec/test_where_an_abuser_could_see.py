"""Where somebody who may be the abuser would see what is sent: does it wait, and what never goes there?"""

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.event_id import event_id
from contracts.report import Change
from contracts.vocabulary import ChangeKind, FieldClass, Purpose
from hub.cli import commands_parser
from hub.commands import share
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, say
from tests.support.sharers import SharingHub
from tests.support.whole_concern import POSTCODE, STREET, full

LEADS_THERE = {FieldClass.LOCATION, FieldClass.EDUCATION, FieldClass.SOURCE}


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    made = SharingHub(tmp_path)
    made.receive(full())
    return made


def test_what_is_not_urgent_waits_for_another_way(hub: SharingHub) -> None:
    asked = hub.asked(full(), purpose=Purpose.SECTION_17)
    assert hub.share(asked).effect == "permitted"
    fact = hub.share(replace(asked, abuser_in_reach=True, wishes=hub.asked(full()).wishes))
    assert (fact.effect, [one.rule for one in fact.fixes]) == ("refused", ["abuser-in-reach"])
    assert len(hub.caught.sent) == 1


def test_what_is_urgent_goes_without_what_leads_to_the_child(hub: SharingHub) -> None:
    fact = hub.share(replace(hub.asked(full(), urgent=True), abuser_in_reach=True))
    (shared,) = hub.caught.sent
    assert LEADS_THERE.isdisjoint(shared.classes)
    assert {FieldClass.LOCATION, FieldClass.SOURCE} <= {one.content for one in fact.withheld}
    assert all(piece not in shared.to_bytes().decode() for piece in (STREET, POSTCODE))


def test_so_does_every_correction_that_follows(hub: SharingHub) -> None:
    hub.share(hub.asked(full(), urgent=True))
    hub.share(replace(hub.asked(full(), urgent=True), abuser_in_reach=True))
    hub.share(hub.asked(full(), to=hub.care, urgent=True))
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, full()), reason="mistaken")
    hub.receive(full("C-9c").model_copy(update={"change": change}))
    hub.caught.sent.clear()
    hub.follow()
    sent = {one.recipient: one for one in hub.caught.sent}
    assert LEADS_THERE.isdisjoint(sent[hub.health.source].classes)
    assert FieldClass.LOCATION in sent[hub.care.source].classes


def test_the_command_asks_and_heeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = house(tmp_path)
    (report_id,) = say(there, "police", a_concern())
    line = f"share nhs:{ROBIN} --report {report_id} --to health --as priya --purpose s17 --abuser-in-reach"
    assert share.run(there.settings, commands_parser().parse_args(line.split())) == 1
    assert "another delivery route" in capsys.readouterr().out
