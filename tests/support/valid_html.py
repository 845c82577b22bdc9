"""html-validate, which reads pages by the rules of HTML itself: npm fetches it once, by a lock, and node runs it."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from tests.support.kept_server import alone_with
from tests.support.required import missing

SETTING = "HUB_TEST_HTML_VALIDATE"
SOURCE = Path(__file__).parent / "html_checker"
_PARTS = ("package.json", "package-lock.json")
_FETCH = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=5")
_MOST_SAID = 2_000


def faults_by_page(pages: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """What is wrong with the pages (markup by name), as page, place, rule and words; they are written to the folder.

    Ends the test where the checker is not to be had.
    """
    program = _program()
    names = {f"{number}.html": name for number, name in enumerate(pages)}
    for file, name in names.items():
        (folder / file).write_text(pages[name], encoding="utf-8")
    shutil.copyfile(SOURCE / "rules.json", folder / ".htmlvalidate.json")
    told = folder / "told.json"  # by a file: what it writes to a pipe it does not wait for
    command = [str(program), "--formatter", f"json={told}", *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if not told.exists():
        raise RuntimeError(done.stderr[-_MOST_SAID:])
    return tuple(
        f"{names[Path(page['filePath']).name]}, line {one['line']}: {one['ruleId']}: {one['message']}"
        for page in json.loads(told.read_text(encoding="utf-8"))
        for one in page["messages"]
    )


def _program() -> Path:
    """The checker's command, fetched on first use, each of its parts checked by its digest."""
    lacking = [program for program in ("node", "npm") if shutil.which(program) is None]
    if "node" in lacking or (lacking and not _kept().exists()):
        missing("html-validate", f"not on this machine: {', '.join(lacking)}")
    kept = _kept()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with alone_with(kept.parent / f"{kept.name}.lock"):
        if not kept.exists():
            _fetch(kept)
    program = kept / "node_modules" / ".bin" / "html-validate"
    answer = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        missing("html-validate", f"node does not run it: {answer.stderr[-_MOST_SAID:]}")
    return program


def _kept() -> Path:
    """The folder it is kept in between runs, which a lock of other parts never shares."""
    named = os.environ.get(SETTING)
    mark = sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()[:16]
    return Path(named) if named else Path.home() / ".cache" / "safeguarding-hub" / f"html-validate-{mark}"


def _fetch(kept: Path) -> None:
    with tempfile.TemporaryDirectory(dir=kept.parent) as made:
        whole = Path(made) / "whole"
        whole.mkdir()
        for part in _PARTS:
            shutil.copyfile(SOURCE / part, whole / part)
        done = subprocess.run(_FETCH, cwd=whole, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            missing("html-validate", done.stderr[-_MOST_SAID:])
        whole.rename(kept)
