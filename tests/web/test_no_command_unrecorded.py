"""Does every command end with 1, and say no word of a record, when the store can't put on record that it was asked?"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hub.cli import commands_parser
from hub.commands import staff
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.house import house
from tests.support.story import SECRETS, tell_story
from tests.web.test_nothing_unrecorded import shown

Leaf = tuple[str, ...]
CHILD, NOBODYS = f"nhs:{ROBIN}", "00000000-0000-4000-8000-000000000001"
AS_PRIYA, AS_IVY, TOLD = ("--as", "priya"), ("--as", "ivy"), (CHILD, "--report", NOBODYS, "--person", "mother")
FILE = "agencies/police/samples/made-up-incident-notice.json"
# How each command is asked for something that is on somebody's record; a command that is added is added here.
WORDS: dict[Leaf, tuple[str, ...]] = {
    ("demo",): ("--once",),
    ("send",): ("police", FILE),
    ("chronology",): (CHILD, *AS_PRIYA, "--purpose", "s47"),
    ("audit", "unexplained"): AS_IVY,
    ("audit", "export"): ("--s62", *AS_IVY, "out.csv"),
    ("share",): (CHILD, "--report", NOBODYS, "--to", "health", *AS_PRIYA, "--purpose", "s47"),
    ("shares",): (CHILD, *AS_PRIYA),
    ("take-back",): (CHILD, "--decision", NOBODYS, *AS_PRIYA),
    ("family", "answer"): (CHILD, "--person", "mother", "--asker", "parent", "--proof", "document_seen", *AS_IVY),
    ("subject-report", "propose"): (
        CHILD, "--person", "mother", "--asker", "parent", "--proof", "document_seen", *AS_IVY,
    ),
    ("subject-report", "review"): (NOBODYS, CHILD, *AS_IVY),
    ("refuse",): (
        CHILD, *AS_PRIYA, "--asked-by", "health", "--asked-for", "all", "--purpose", "s47", "--reason", "no_consent",
    ),
    ("refusals",): AS_IVY,
    ("telling",): AS_PRIYA,
    ("telling", "told"): (*TOLD, "--day", "2026-11-20", "--how", "in_writing", "--by", "A Worker", *AS_PRIYA),
    ("telling", "not-told"): (
        *TOLD, "--why", "safety", "--reason", "x", "--approved-by", "B", "--review-on", "2026-12-01", *AS_PRIYA,
    ),
    ("telling", "due"): (*TOLD, "--by-day", "2026-12-01", *AS_PRIYA),
    ("telling", "undo"): (CHILD, "--telling", NOBODYS, "--reason", "x", *AS_PRIYA),
    ("reply",): (
        *(CHILD, "--report", NOBODYS, "--whose", "child", "--said-on", "2026-11-20", "--disputes", "fact"),
        *("--words", "x", *AS_PRIYA, "--purpose", "s47"),
    ),
    ("law", "explain"): ("--decision", NOBODYS, *AS_IVY),
    ("quarantine", "list"): AS_IVY,
    ("quarantine", "show"): ("1", "--purpose", "audit", *AS_IVY),
    ("quarantine", "replay"): ("--code", "empty", *AS_PRIYA),
    ("feeds",): AS_IVY,
    ("print", "meeting"): (CHILD, *AS_PRIYA, "--purpose", "s47", "--to", "school", "--for", "Head"),
    ("print", "court"): (CHILD, *AS_PRIYA, "--purpose", "s47", "--for", "The court"),
    ("break-glass",): (CHILD, "--as", "sam", "--reason", "hurt"),
    ("reviews",): AS_IVY,
    ("agency-keys", "rotate"): (FILE, "--fingerprint", "00", *AS_IVY),
    ("agency-keys", "revoke"): ("police", "--key", "police-1", *AS_IVY),
    ("agency-keys", "approve"): (NOBODYS, *AS_IVY),
    ("agency-keys", "list"): AS_IVY,
    ("agency-keys", "review"): ("police", *AS_IVY),
    ("staff", "list"): AS_IVY,
    ("staff", "phrase"): AS_IVY,
    ("review",): (NOBODYS, *AS_IVY, "--finding", "ask"),
    ("enquiry", "open"): (CHILD, *AS_PRIYA, "--purpose", "s47"),
    ("enquiry", "assign"): (CHILD, *AS_PRIYA, "--purpose", "s47", "--worker", "tom"),
    ("enquiry", "rate"): (CHILD, *AS_PRIYA, "--purpose", "s47", "--rating", "Red"),
    ("enquiry", "close"): (CHILD, *AS_PRIYA, "--purpose", "s47"),
    ("enquiry", "list"): AS_PRIYA,
    ("team",): ("join", "tom", "assessment-north", *AS_IVY),
    ("conflict", "declare"): (CHILD, *AS_PRIYA, "--kind", "friend"),
    ("conflict", "withdraw"): (NOBODYS, *AS_IVY),
    ("conflict", "list"): AS_IVY,
    ("alarms",): AS_IVY,
    ("log", "readmit"): ("police", "--why", "copy_put_back", *AS_IVY),
    ("log", "begin-book"): AS_IVY,
    ("compartments", "open"): (
        CHILD, "--report", NOBODYS, "--compartment", "refuge", *AS_PRIYA, "--purpose", "s47", "--why", "safety",
    ),
    ("compartments", "agree"): (NOBODYS, *AS_IVY),
    ("compartments", "asked"): AS_IVY,
    ("erasure", "ask"): (CHILD, "--ground", "unlawful", *AS_IVY),
    ("erasure", "approve"): (NOBODYS, *AS_IVY),
    ("erasure", "hold"): (CHILD, "--reason", "court", "--review-on", "2027-01-01", *AS_IVY),
    ("erasure", "lift"): (NOBODYS, *AS_IVY),
    ("erasure", "list"): AS_IVY,
    ("erasure", "finish"): (NOBODYS, *AS_IVY),
    ("erasure", "certificate"): (NOBODYS, *AS_IVY),
    ("retention", "due"): (*AS_IVY, "--on", "2200-01-01"),
    ("match", "list"): AS_PRIYA,
    ("match", "settle"): (NOBODYS, "--answer", "not-sure", "--reason", "x", *AS_PRIYA),
    ("match", "move"): (NOBODYS, "--from", CHILD, "--to-somebody-new", "--reason", "x", *AS_PRIYA),
    ("match", "agree"): (NOBODYS, *AS_IVY),
    ("ties",): (*AS_PRIYA, "--kind", "family_name"),
}  # fmt: skip
# These read nobody's record: language, law and agreements as published, keys and roads, and the log's own check; `work`
# and `edge` show nothing, and the pages of `serve` have their own test.
READ_NO_RECORD: frozenset[Leaf] = frozenset(
    {
        ("audit", "verify"),
        ("law", "export"),
        ("agreements", "check"),
        ("agreements", "show"),
        ("ig-pack",),
        ("when-down",),
        ("kafka", "plan"),
        ("kafka", "check"),
        ("kafka", "apply"),
        ("work",),
        ("edge",),
        ("enrol",),
        ("staff", "add"),
        ("staff", "leave"),
        ("staff", "role"),
        ("keys",),
        ("keys", "rotate"),
        ("compartments", "serve"),
        ("compartments", "keys"),
        ("database", "make"),
        ("witness",),
        ("log", "keys"),
        ("log", "begin"),
        ("log", "witnesses"),
        ("policies", "list"),
        ("retention", "classes"),
        ("policies", "explain"),
        ("policies", "compare"),
        ("serve",),
        ("contracts", "export"),
    }
)
_ALL_OF_THEM = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from hub.cli import main
found = []
for words in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    sys.stdin = io.StringIO("Exemplar\\n")
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as left:
            code = left.code
    found.append([code, out.getvalue(), err.getvalue()])
sys.stdout.write(json.dumps(found))
"""


def leaves(parser: argparse.ArgumentParser, path: Leaf = ()) -> list[Leaf]:
    """Every command, by its words: those with others under them too, where they can be given alone."""
    actions = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    below = tuple(actions)
    own = [] if any(one.required for one in below) else [path]
    return [
        *own,
        *(leaf for one in below for name, each in one.choices.items() for leaf in leaves(each, (*path, name))),
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with a story in it."""
    hub: Hub = house(tmp_path_factory.mktemp("commands"))
    tell_story(hub)
    hub.follow()
    hub.close()
    return hub.settings.home


def asked(home: Path, commands: list[Leaf]) -> list[tuple[object, str, str]]:
    """The exit code of each command, and what it said; what they write goes beside the hub."""
    words = [[*leaf, *WORDS[leaf]] for leaf in commands]
    root = Path(__file__).parents[2]
    words = [[str(root / word) if word == FILE else word for word in each] for each in words]
    clocks = home.parent / "clocks.toml"
    clocks.write_text("[[rating]]\nname = 'Red'\nhours = 4\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _ALL_OF_THEM],
        input=json.dumps(words),
        capture_output=True,
        text=True,
        cwd=home.parent,
        env={**os.environ, "HUB_HOME": str(home), "HUB_CLOCKS": str(clocks), "PYTHONPATH": str(root)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(code, out, err) for code, out, err in json.loads(done.stdout)]


def shut(home: Path) -> None:
    """The store takes no row any more: the database itself refuses."""
    with closing(sqlite3.connect(home / "hub.db")) as db:
        db.execute("CREATE TRIGGER shut BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'full'); END")
        db.commit()


def test_every_command_is_covered() -> None:
    assert set(leaves(commands_parser())) == set(WORDS) | READ_NO_RECORD


@pytest.mark.slow
def test_when_nothing_can_be_kept_every_command_ends_with_1_and_no_word(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = sorted(WORDS)
    shut(home)
    wrong, told = [], []
    for leaf, (code, out, err) in zip(commands, asked(home, commands), strict=True):
        told.append((leaf, f"exit {code}"))
        if code != 1 or shown(out + err) or "on record" not in err or "What was put on record" in err:
            wrong.append((leaf, code, out, err))
    with capsys.disabled():
        sys.stdout.write("\n" + "".join(f"  hub {' '.join(leaf):24} {said}\n" for leaf, said in told))
    assert not wrong


@pytest.mark.slow
def test_the_same_words_show_a_record_while_the_store_keeps(tmp_path: Path) -> None:
    hub = house(tmp_path)
    tell_story(hub)
    hub.close()
    ((code, out, err),) = asked(hub.settings.home, [("chronology",)])
    assert (code, err) == (0, "")
    assert len(shown(out)) == len(SECRETS) - 1
    assert staff.DECISION_MAKER.subject in WORDS["chronology",]
