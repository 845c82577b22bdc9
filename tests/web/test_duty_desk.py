"""Do the pages on which somebody may be stuck say whom to call, and where to look when no number is set?"""

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from hub.commands import demo, invented_desk, serve, staff
from hub.domain.own_area import duty_desk
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.house import house
from tests.support.pages import ASKING, pages, send, signed_in
from tests.support.terminal import hub_says
from tests.web.test_chronology_page import words_of

NUMBER, SHOWN = "01632 960100", "01632 960 100"


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub for which no number is set."""
    return house(tmp_path_factory.mktemp("duty"))


@pytest.fixture(scope="module")
def with_number(without: Hub) -> Hub:
    """The same hub, with a number."""
    return Hub(replace(without.settings, duty_number=NUMBER))


def stuck(hub: Hub) -> dict[str, str]:
    """The pages of an emergency, of a hub that is down, of a refusal, and the foot of every page."""
    reader: TestClient = signed_in(hub, staff.UNRELATED)
    refused = send(reader, "/chronology", ASKING)
    assert refused.status_code == 403
    return {
        "emergency": words_of(reader.get("/emergency").text),
        "down": words_of(pages(hub).get("/when-down").text),
        "refused": words_of(refused.text),
        "sign in": words_of(pages(hub).get("/sign-in").text),
    }


def test_the_number_stands_where_somebody_may_be_stuck(with_number: Hub) -> None:
    told = stuck(with_number)
    assert {name for name, said in told.items() if f"all the duty desk on {SHOWN}" in said} == set(told)
    assert not [name for name, said in told.items() if "not set on this hub" in said]


def test_without_one_the_local_procedure_is_named(without: Hub) -> None:
    told = stuck(without)
    assert {name for name, said in told.items() if "as your local procedures give it" in said} == set(told)


def test_it_is_what_the_setting_says(tmp_path: Path) -> None:
    hub = Hub(Settings(home=tmp_path, duty_number=NUMBER))
    assert words_of(serve.about(hub)["duty_number"]) == f"the duty desk on {SHOWN}"


@pytest.mark.parametrize(("is_set", "shown"), [(None, SHOWN), ("01632 960199", "01632 960 199")])
def test_the_demo_has_one_of_its_own_where_none_is_set(tmp_path: Path, is_set: str | None, shown: str) -> None:
    hub = demo.enrolled(Settings(home=tmp_path, duty_number=is_set))
    assert words_of(serve.about(hub)["duty_number"]) == f"the duty desk on {shown}"


def test_what_is_served_or_written_of_the_demos_hub_afterwards_has_it_too(tmp_path: Path) -> None:
    played = Settings(home=tmp_path / "played")
    assert invented_desk.with_its_number(played).duty_number is None
    demo.enrolled(played)
    assert invented_desk.with_its_number(played).duty_number == invented_desk.NUMBER
    set_here = replace(played, duty_number="01632 960199")
    assert invented_desk.with_its_number(set_here) == set_here
    assert invented_desk.with_its_number(replace(played, database="host=elsewhere")).duty_number is None
    (played.home / "duty-number-of-the-demo").write_text("call us", encoding="utf-8")
    assert invented_desk.with_its_number(played).duty_number is None


def test_every_command_is_run_with_it(tmp_path: Path) -> None:
    demo.enrolled(Settings(home=tmp_path / "played"))
    file = tmp_path / "down.html"
    done = hub_says(tmp_path / "played", "when-down", str(file))
    assert (done.returncode, done.stdout) == (0, f"{file} written\n")
    assert f"Call {duty_desk(invented_desk.NUMBER)}." in file.read_text(encoding="utf-8")


def test_a_hub_that_held_something_keeps_no_number_of_the_demonstrations(tmp_path: Path) -> None:
    real = house(tmp_path)
    demo.enrolled(real.settings)
    assert invented_desk.with_its_number(real.settings).duty_number is None
