"""`hub law export` and `hub law explain`: the rulebook as a page, and why a decision came out as it did."""

import sys
import tomllib
from datetime import date
from pathlib import Path
from uuid import UUID

from consent.decide import LawSettings
from consent.law_page import page
from hub.application.explain_decision import Explaining, explain_decision
from hub.application.sign_in import act_as
from hub.commands.one_line import lines_alone
from hub.commands.then_follow import then_follow
from hub.domain.law_question import NotAQuestion, answer, read_question
from hub.settings import Settings
from hub.wiring import Hub

PAGE = "law.md"


def export(folder: Path) -> int:
    """0, with the rulebook written into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PAGE
    path.write_text(page(), encoding="utf-8")
    print(f"{path} written")
    return 0


def explain(file: Path, sixteen_la_from: date | None) -> int:
    """0 with the note on the question in a TOML file printed; 1 when the file holds no question."""
    try:
        question = read_question(tomllib.loads(file.read_text(encoding="utf-8")))
    except NotAQuestion as wrong:
        print(f"hub: the file holds no question of law: {wrong}", file=sys.stderr)
        return 1
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        print("hub: the file is not TOML in UTF-8", file=sys.stderr)
        return 1
    print(lines_alone(answer(question, LawSettings(sixteen_la_from))), end="")
    return 0


def explain_kept(settings: Settings, staff: str, decision_id: UUID) -> int:
    """0 with the note on a kept decision printed. Raises AccessRefused, NotEnrolled, StoreUnavailable, Unreadable."""
    hub = Hub(settings)
    with then_follow(hub):
        print(lines_alone(note_on(hub, staff, decision_id)), end="")
    return 0


def note_on(hub: Hub, staff: str, decision_id: UUID) -> str:
    """The note, for those whose work is checking. Raises AccessRefused, NotEnrolled, StoreUnavailable, Unreadable."""
    explaining = Explaining(hub.store, hub.store, hub.clock, hub.law, hub.index, hub.deciding())
    return explain_decision(explaining, act_as(hub.store, staff), decision_id)
