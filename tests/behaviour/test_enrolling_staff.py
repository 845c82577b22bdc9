"""Can somebody be enrolled from the command line, sign in with the phrase printed, and nobody take their name?"""

import os
import re
import subprocess
import sys
from pathlib import Path

from hub.application.ports import Stream
from hub.application.sign_in import sign_in
from hub.domain import registry
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.places import REPO

ANA = ("staff", "add", "ana", "--name", "Ana Reed", "--agency", "social_care", "--role")


def hub_says(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What the command says at a hub in the folder."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from hub.cli import main; sys.exit(main())", *words],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(REPO), "HUB_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


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
    assert sign_in(hub.signing_in(), "ana", phrase[0]) is not None
    assert phrase[0].encode() not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_name_or_a_role_that_says_nothing_is_wrong_usage(tmp_path: Path) -> None:
    assert hub_says(tmp_path, *ANA, "queen").returncode == 2
    assert hub_says(tmp_path, "staff", "add", " ", *ANA[3:], "ig_officer").returncode == 2
