"""`python -m tests.faults.again [N] [word…]`: every fault test N times in a row (20); what failed, and how often.

Words are passed on to pytest, such as a file or `-n 0`. Ends with 1 when any round failed; where a server is missing
that faults are put to, a round fails, and is not green for what it left out.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from tests.support.required import SETTING

ROUNDS = 20
SERVERS = ("postgres", "kafka")
HERE = Path(__file__).parent


def main(words: list[str]) -> int:
    """How it went: 0 when every round was green."""
    rounds = int(words[0]) if words and words[0].isdigit() else ROUNDS
    more = words[1:] if words and words[0].isdigit() else words
    files = [] if any(word.startswith("tests/") for word in more) else [str(HERE)]
    green, surroundings = 0, {**os.environ, SETTING: with_servers(os.environ.get(SETTING, ""))}
    for number in range(1, rounds + 1):
        began = monotonic()
        with tempfile.TemporaryDirectory(prefix="hub-again-") as folder:
            asked = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", folder]
            done = subprocess.run(
                [*asked, *files, *more],
                cwd=HERE.parents[1],
                check=False,
                capture_output=True,
                text=True,
                env=surroundings,
            )
        green += done.returncode == 0
        said = done.stdout if done.returncode else done.stdout.strip().splitlines()[-1]
        sys.stdout.write(f"round {number} of {rounds}, {monotonic() - began:.0f} s: {said}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{green} of {rounds} rounds were green\n")
    return 0 if green == rounds else 1


def with_servers(setting: str) -> str:
    """The setting of what may not be missing, with the servers."""
    named = (name.strip() for name in setting.split(","))
    return ",".join(dict.fromkeys(name for name in (*named, *SERVERS) if name))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
