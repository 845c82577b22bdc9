"""Pages killed at any step of a look or of a share: is nothing shown or sent without its record, and a share once?"""

import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from httpx2 import Client, HTTPError

from contracts.events.access import OutcomesKept
from contracts.events.hub import AccessDecided
from contracts.events.sharing import DisclosureDecided, ShareSent
from hub.adapters.fact_codes import CODES
from tests.faults.test_stopped_midway import answers, sign_in
from tests.support.beset import Beset, on_files, soon
from tests.support.pages import form_key
from tests.support.processes import free_port
from tests.support.recipients import CHILD, HEALTH, recipient

pytestmark = pytest.mark.slow

LOOKING = {"child": f"nhs:{CHILD}", "purpose": "s47"}
SHARING = {**LOOKING, "what": "all", f"to-{HEALTH.name}": "1", "why": "s47", "family": "to_be_told"}
DECIDED, SENT, LOOKED, ENDED = (CODES[one] for one in (DisclosureDecided, ShareSent, AccessDecided, OutcomesKept))


def with_pages(folder: Path) -> tuple[Beset, str]:
    """A hub on files, and where its pages will be."""
    port = free_port()
    return on_files(folder, {"HUB_PORT": str(port)}), f"http://127.0.0.1:{port}"


def came(here: str, beset: Beset, path: str, fields: Mapping[str, str], first: Callable[[], object] = bool) -> bytes:
    """What somebody who signs in and asks has of the answer, whole or broken off; `first` is done when it comes."""
    shown = bytearray()
    with Client(base_url=here, headers={"origin": here}, timeout=60) as browser:
        soon(lambda: answers(browser), "pages")
        with beset.opened() as hub:
            sign_in(browser, hub)
        asked = {"form_key": form_key(browser.get("/about")), **fields}
        with suppress(HTTPError), browser.stream("POST", path, data=asked) as answer:
            assert answer.status_code == 200
            for part in answer.iter_raw(64):
                shown += part
                first()
    return bytes(shown)


@pytest.mark.parametrize(("step", "on_record"), [(f"keeping {LOOKED}", 0), (f"kept {LOOKED}", 1)])
def test_killed_before_a_look_is_shown_nothing_is_and_what_was_kept_stays(
    tmp_path: Path, step: str, on_record: int
) -> None:
    beset, here = with_pages(tmp_path)
    with recipient(beset, tmp_path) as there:
        before = there.looks()
        serving = beset.dying("serve", step)
        assert came(here, beset, "/chronology", LOOKING) == b""
        assert serving.process.wait(60) == -signal.SIGKILL
        assert there.looks() == before + on_record
        assert beset.broken() == []


def test_killed_while_a_look_is_shown_it_is_on_record(tmp_path: Path) -> None:
    beset, here = with_pages(tmp_path)
    with recipient(beset, tmp_path) as there:
        before = there.looks()
        serving = beset.hub.start("serve")
        assert came(here, beset, "/chronology", LOOKING, serving.process.kill)
        assert serving.process.wait(60) == -signal.SIGKILL
        assert there.looks() == before + 1
        assert beset.broken() == []


def test_killed_before_it_is_kept_how_a_look_ended_the_look_is_on_record(tmp_path: Path) -> None:
    beset, here = with_pages(tmp_path)
    with recipient(beset, tmp_path) as there:
        before = there.looks()
        serving = beset.dying("serve", f"keeping {ENDED}")
        came(here, beset, "/chronology", LOOKING)
        assert serving.process.wait(60) == -signal.SIGKILL
        assert there.looks() == before + 1
        assert beset.broken() == []


@pytest.mark.parametrize(
    ("step", "shares"),
    [
        (f"keeping {DECIDED}", 0),
        *((step, 1) for step in (f"kept {DECIDED}", "shared", f"keeping {SENT}", f"kept {SENT}")),
    ],
)
def test_killed_in_a_share_what_was_decided_goes_once_and_nothing_else_does(
    tmp_path: Path, step: str, shares: int
) -> None:
    beset, here = with_pages(tmp_path)
    with recipient(beset, tmp_path) as there:
        serving = beset.dying("serve", step)
        assert came(here, beset, "/decide/keep", SHARING) == b""
        assert serving.process.wait(60) == -signal.SIGKILL
        assert there.broken() == []
        assert there.delivered() == shares
