"""Is a witness that went back told of on pages and by a command, and counted again only by an act on record?"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contracts.events.access import ReadDecided
from contracts.events.log import WitnessReadmitted
from hub.application.gather_cosignatures import WENT_BACK, Standing, key_of
from hub.application.ports import Stream
from hub.cli import commands_parser
from hub.commands import log_keys, staff
from hub.domain.errors import AccessRefused
from hub.wiring import Hub
from tests.support.house import house
from tests.support.pages import signed_in
from tests.support.witnesses import policy_text, signer_of

SINCE = datetime(2026, 11, 6, 8, 12, tzinfo=UTC)
KEY = key_of(signer_of("police").vkey)


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """A hub whose one witness went back."""
    first = house(tmp_path)
    policy = tmp_path / "policy"
    policy.write_text(policy_text((first.log_key,), {"police": "bus:police"}, 1))
    first.witnesses.book.write((Standing("police", 9, SINCE, WENT_BACK, "an/origin", KEY, SINCE),), first.clock.now())
    return Hub(replace(first.settings, log_policy=policy))


def acts(hub: Hub) -> list[WitnessReadmitted]:
    return [fact for fact in hub.store.read_stream(Stream.log()) if isinstance(fact, WitnessReadmitted)]


def log(hub: Hub, *words: str) -> int:
    """How the command of these words ends."""
    return log_keys.run(hub.settings, commands_parser().parse_args(["log", *words]))


def readmit(hub: Hub, name: str, who: str) -> int:
    return log(hub, "readmit", name, "--why", "copy_put_back", "--as", who)


def test_it_is_told_on_the_pages_and_by_the_command(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    browser = signed_in(hub, staff.IG_OFFICER)
    for page in ("/about", "/audit"):
        told = browser.get(page).text
        assert "<strong>Went back</strong>" in told
        assert KEY in told
    assert log(hub, "witnesses") == 1
    assert f"WENT BACK, and does not count since 6 November 2026, 08:12 (key {KEY})" in capsys.readouterr().out


def test_an_officer_who_checks_counts_it_again_and_the_act_is_on_record(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    assert readmit(hub, "police", "ivy") == 0
    (act,) = acts(hub)
    assert (act.by.subject, act.witness, act.key_id, act.since, act.why) == (
        "ivy", "police", KEY, SINCE, "copy_put_back",
    )  # fmt: skip
    assert hub.witnesses.standings(hub.clock.now()) == (Standing("police"),)
    assert log(hub, "witnesses") == 0
    assert "police: has not confirmed yet" in capsys.readouterr().out
    with pytest.raises(AccessRefused):
        readmit(hub, "police", "ivy")
    assert len(acts(hub)) == 1


@pytest.mark.parametrize(("name", "who"), [("police", "priya"), ("health", "ivy")])
def test_nobody_else_does_and_no_other_witness_is(hub: Hub, name: str, who: str) -> None:
    with pytest.raises(AccessRefused):
        readmit(hub, name, who)
    assert not acts(hub)
    assert hub.witnesses.gone_back("police", hub.clock.now()) is not None
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 10_000))
    (tried,) = (fact for fact in facts if isinstance(fact, ReadDecided) and fact.what == "witness_readmitted")
    assert (tried.actor.subject, tried.effect) == (who, "refused")
