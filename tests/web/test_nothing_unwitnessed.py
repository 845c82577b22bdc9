"""While nobody outside confirms the log, does every page and command but those named here refuse, emergencies apart?"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.events.erasure import ErasureGround
from contracts.identifiers import parse_identifier
from hub.application.erase_record import ask_erasure
from hub.commands import staff
from hub.domain.errors import WaitsForWitnesses
from hub.domain.witnessed import WitnessState
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.house import house, proved
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in, signed_in
from tests.support.story import PROTECTED, SECRETS, tell_story
from tests.support.unwitnessed import left_alone
from tests.web.test_no_command_unrecorded import WORDS, Leaf, asked
from tests.web.test_nothing_unrecorded import FORM, HOLD_NO_RECORD, answers, shown
from tests.web.test_strangers import every_route

CHILD = parse_identifier(f"nhs:{ROBIN}")
# What shows nothing that is said of a child, or is read in an emergency: who looked, and how things stand.
STILL_ANSWERED = HOLD_NO_RECORD | frozenset(
    {
        ("POST", "/sign-in"),
        ("POST", "/who-looked"),
        *(("GET", path) for path in ("/audit", "/audit/looks", "/audit/refused", "/audit/emergencies")),
        *(("GET", path) for path in ("/audit/unexplained", "/audit/sharing", "/audit/entry/{rest:path}")),
        *(("GET", path) for path in ("/audit/staff/{rest:path}", "/audit/policies", "/feeds", "/quarantine")),
        *(("POST", path) for path in ("/audit/looks", "/audit/staff", "/audit/review")),
        *(
            ("POST", f"{api}/audit/{path}")
            for api in ("", "/api")
            for path in ("emergencies", "sharing", "unexplained")
        ),
        ("GET", "/reviews"),  # who opened in an emergency, as who looked
        ("POST", "/erasures/hold"),  # to keep is open to anybody, and shows nothing of the child
        ("GET", "/compartments/asked"),  # that somebody asked, as who looked
        ("GET", "/compartments/agree"),  # nothing waits here; where something does, its child is on the list
        ("GET", "/moves"),  # nothing waits to be moved here, and nobody was shown anything wrongly
        ("GET", "/moved"),
        ("GET", "/enquiries/{rest:path}"),  # none is open here; where one is, the list names its child, and waits
        ("GET", "/requests"),  # nothing is asked of anybody here; where something is, the list names its children
        ("GET", "/audit/subject-reports"),  # likewise
        *((method, "/activity") for method in ("GET", "POST")),  # likewise: nobody here did anything about a child yet
        *(("POST", f"/api/audit/{path}") for path in ("child", "looks", "staff")),
        *(
            ("GET", f"/api/audit{path}")
            for path in ("", "/emergencies", "/sharing", "/unexplained", "/entry/{rest:path}")
        ),
    }
)
EMERGENCIES = frozenset({("POST", "/emergency")})
# Likewise: what came in or was set aside by codes, who looked, a decision not to share, how often, and emergencies.
COMMANDS_STILL_ANSWERED: frozenset[Leaf] = frozenset(
    {
        ("demo",),
        ("send",),
        ("audit", "unexplained"),
        ("audit", "export"),
        ("refuse",),
        ("refusals",),
        ("law", "explain"),
        ("quarantine", "list"),
        ("quarantine", "replay"),
        ("feeds",),
        ("break-glass",),
        ("reviews",),
        ("review",),
        ("ties",),
        ("alarms",),
        ("team",),
        *(("agency-keys", act) for act in ("approve", "list", "review", "revoke", "rotate")),
        ("compartments", "asked"),  # that somebody asked, as who looked
        ("compartments", "agree"),  # asks for the pass phrase first
        ("compartments", "open"),  # asks for the pass phrase first; tests/behaviour/test_compartments_opened.py
        ("conflict", "declare"),
        ("conflict", "list"),
        ("conflict", "withdraw"),
        ("enquiry", "list"),  # none is open here; where one is, the list names its child, and waits
        # to keep is open to anybody, the others ask for the pass phrase; that finishing waits: test_erasing_a_record.py
        *(("erasure", act) for act in ("approve", "ask", "finish", "hold", "lift")),
        ("erasure", "certificate"),  # names nobody but those who acted
        *(("log", act) for act in ("begin-book", "readmit")),  # how witnesses stand is put right while they are silent
        ("staff", "list"),  # who works here
        ("staff", "phrase"),  # what somebody signs in by
        # asks for the pass phrase first; the list names nobody here, and waits where it does
        *(("match", act) for act in ("agree", "list", "move", "settle")),
    }
)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub with a story in it, and a witness that has been silent for hours."""
    first = house(tmp_path_factory.mktemp("alone"))
    tell_story(first)
    ask_erasure(first.erasing(), proved(first, staff.IG_OFFICER), CHILD, ErasureGround.UNLAWFUL)
    first.follow()
    hub = Hub(replace(first.settings, log_policy=left_alone(first)))
    assert hub.witnesses.state(hub.clock.now()) is WitnessState.REFUSE
    return hub


@pytest.mark.parametrize("member", staff.MEMBERS, ids=lambda member: member.subject)
def test_every_page_that_shows_something_of_a_child_waits(alone: Hub, member: staff.Member) -> None:
    app = create_app(parts_of(alone))
    browser = browsing(app)
    sign_in(browser, alone, member)
    wrong: list[tuple[str, str, set[int]]] = []
    for method, path in sorted(every_route(app.routes), key=lambda route: (route[1] == "/sign-out", route)):
        given = answers(browser, method, path)
        if (method, path) in EMERGENCIES:
            continue
        assert not [word for answer in given for word in shown(answer.text)], path
        statuses = {answer.status_code for answer in given}
        if (method, path) not in STILL_ANSWERED and not statuses <= {403, 404, 422}:
            wrong.append((method, path, statuses))
    assert not wrong, [one[0] for one in wrong]


def test_the_answer_says_why_and_nothing_of_who_is_known(alone: Hub) -> None:
    browser = signed_in(alone, staff.DECISION_MAKER)
    known = send(browser, "/chronology", ASKING)
    assert (known.status_code, "Other agencies have not confirmed" in known.text) == (403, True)
    absent = send(browser, "/chronology", {**ASKING, "child": "9990001375"})
    assert absent.text == known.text


def test_an_emergency_is_read_all_the_same(alone: Hub) -> None:
    browser = signed_in(alone, staff.DECISION_MAKER)
    answer = send(browser, "/chronology", {**FORM, "purpose": "emergency"})
    assert (answer.status_code, set(shown(answer.text))) == (200, set(SECRETS) - {PROTECTED})


@pytest.mark.slow
def test_every_command_that_shows_something_of_a_child_waits(tmp_path: Path) -> None:
    first = house(tmp_path)
    tell_story(first)
    ask_erasure(first.erasing(), proved(first, staff.IG_OFFICER), CHILD, ErasureGround.UNLAWFUL)
    first.follow()
    os.environ["HUB_LOG_POLICY"] = str(left_alone(first))
    first.close()
    try:
        commands = sorted(leaf for leaf in WORDS if leaf not in COMMANDS_STILL_ANSWERED)
        found = asked(first.settings.home, commands)
    finally:
        del os.environ["HUB_LOG_POLICY"]
    wrong = [
        (leaf, code, out, err)
        for leaf, (code, out, err) in zip(commands, found, strict=True)
        if code != 1 or shown(out + err) or WaitsForWitnesses.SAYS not in err
    ]
    assert not wrong, [one[0] for one in wrong]
