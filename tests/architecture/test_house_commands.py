"""Do the house's own commands say what they do, and does an old Python get an answer instead of a traceback?"""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from tests.support.source_tree import ROOT

TARGETS = frozenset(
    {"help", "demo", "demo-once", "test", "check", "format", "lock", "bench", "contracts", "faults", "assets"}
    | {"screenshots", "clean"}
)


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`make` run in a folder, as from a shell of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", *arguments], cwd=folder, env=plain, capture_output=True, text=True, check=False)


def test_help_names_every_target_with_what_it_does() -> None:
    said = dict(re.findall(r"(?m)^  make (\S+) +(\S.*)$", make(ROOT, "help").stdout))
    assert set(said) == TARGETS
    phony = re.search(r"(?m)^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert phony is not None
    assert set(phony[1].split()) == TARGETS


def test_an_older_python_is_told_what_is_needed(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    old = tmp_path / "old-python"
    old.write_text('#!/bin/sh\ncase "$1" in --version) echo Python 3.9.1;; *) exit 1;; esac\n', encoding="utf-8")
    old.chmod(old.stat().st_mode | stat.S_IXUSR)
    answer = make(tmp_path, "demo", f"PYTHON={old}")
    assert answer.returncode != 0
    assert "needs Python 3.11 or newer" in answer.stderr
    assert "Python 3.9.1" in answer.stderr
    assert not (tmp_path / ".venv").exists()


def test_the_first_set_up_says_each_step_before_it_begins(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / "hub").mkdir()
    python = tmp_path / "python"  # makes an environment whose Python says when it is called, and installs nothing
    python.write_text(
        "#!/bin/sh\n"
        'case "$2" in venv) mkdir -p .venv/bin; printf \'#!/bin/sh\\necho "pip called"\\n\' > .venv/bin/python;'
        " chmod +x .venv/bin/python; cp .venv/bin/python .venv/bin/hub;; esac\n",
        encoding="utf-8",
    )
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    answer = make(tmp_path, "demo", f"PYTHON={python}")
    assert answer.returncode == 0, answer.stderr
    pinned = len(re.findall(r"(?m)^[a-z0-9].*==", (ROOT / "requirements.lock").read_text(encoding="utf-8")))
    said = answer.stdout.splitlines()
    assert said[0].startswith("Making the environment .venv")
    assert said[1].startswith("  1 of 3")
    assert said[2].startswith(f"  2 of 3: installing {pinned} pinned packages")
    assert said[3:6] == ["pip called", "  3 of 3: the hub itself", "pip called"]


def test_ci_runs_the_whole_of_make_test_and_stops_at_the_first_failure() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "set -euo pipefail" in script
    assert 'HUB_TEST_REQUIRE="${HUB_TEST_REQUIRE:-go,browser,postgres,kafka$html}"' in script
    assert script.rstrip().endswith("make --no-print-directory test")


def test_a_command_loads_no_web_server_unless_it_serves() -> None:
    """The pages are a third of a start, and an edge or a job of every hour has none."""
    asked = "import sys, hub.cli; print(sorted({'fastapi', 'uvicorn', 'jinja2', 'hub.web.app'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
