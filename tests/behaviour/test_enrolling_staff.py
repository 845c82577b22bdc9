"""Can somebody be enrolled from the command line, sign in with the phrase printed, and nobody take their name?"""

import json
import re
from pathlib import Path

import pytest

from contracts.events.access import ReadDecided
from hub.application.change_staff import leave_staff
from hub.application.keep_apart import change_team
from hub.application.ports import Stream
from hub.application.sign_in import How, act_as, sign_in
from hub.cli import commands_parser
from hub.commands import staff_add
from hub.domain import registry
from hub.domain.errors import AccessRefused
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.house import house
from tests.support.terminal import hub_says

ANA = ("staff", "add", "ana", "--name", "Ana Reed", "--agency", "social_care", "--role")


def test_a_member_of_staff_is_enrolled_once_and_signs_in_with_the_phrase_printed(tmp_path: Path) -> None:
    done = hub_says(tmp_path, *ANA, "mash_decision_maker")
    phrase = re.search(r"[0-9a-f]{4}(-[0-9a-f]{4}){5}", done.stdout)
    assert (done.returncode, phrase is not None) == (0, True), done.stderr
    again = hub_says(tmp_path, *ANA, "ig_officer")
    assert (again.returncode, "already" in again.stdout) == (1, True)
    hub = Hub(Settings(home=tmp_path))
    (member,) = registry.staff(hub.store.read_stream(Stream.registry())).values()
    assert (member.name, member.actor.role.value) == ("Ana Reed", "mash_decision_maker")
    assert phrase is not None
    assert hub.phrases.matches(phrase[0], member.pass_hash)
    assert sign_in(hub.signing_in(), "ana", phrase[0], How(first_too=True)) is not None
    assert "It lasts until" in done.stdout
    assert phrase[0].encode() not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_name_or_a_role_that_says_nothing_is_wrong_usage(tmp_path: Path) -> None:
    assert hub_says(tmp_path, *ANA, "queen").returncode == 2
    assert hub_says(tmp_path, "staff", "add", " ", *ANA[3:], "ig_officer").returncode == 2


def test_the_list_says_who_may_sign_in_in_words_and_the_look_is_on_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub = house(tmp_path)
    ivy = act_as(hub.store, "ivy")
    change_team(hub.store, hub.clock, ivy, of="tom", team="assessment-north", change="joined")
    leave_staff(hub.store, hub.clock, "lena")

    def listed(*words: str) -> str:
        asked = commands_parser().parse_args(["staff", "list", *words])
        assert staff_add.run(hub.settings, asked) == 0
        return capsys.readouterr().out

    lines = {line.split(":")[0]: line for line in listed("--as", "ivy").splitlines()}
    assert list(lines) == ["ivy", "priya", "sam", "tom"]
    assert "Tom Okafor, Hexley Police;" in lines["tom"]
    assert "[mash_researcher]; in the team assessment-north; signs in by a pass phrase" in lines["tom"]
    assert "no team" in lines["priya"]
    with pytest.raises(AccessRefused):
        listed("--as", "sam")
    assert capsys.readouterr().out == ""
    found = json.loads(listed("--as", "priya", "--json"))["staff"]
    assert [one["subject"] for one in found if one["teams"]] == ["tom"]
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 10_000)]
    reads = [one for one in facts if isinstance(one, ReadDecided) and one.what == "staff"]
    assert [(one.actor.subject, one.effect, one.items) for one in reads] == [
        ("ivy", "permitted", 4),
        ("sam", "refused", 0),
        ("priya", "permitted", 4),
    ]
