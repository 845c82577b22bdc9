"""Is what was opened for a page gone from memory as soon as the page is made, without waiting for the collector?"""

import gc

from hub.commands import staff
from hub.domain.chronology import Entry
from hub.wiring import Hub
from tests.support.pages import ASKING, send, signed_in


def opened() -> int:
    """How many entries of a chronology are in memory."""
    return sum(type(one) is Entry for one in gc.get_objects())


def test_no_entry_stays_once_its_page_is_made(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    send(browser, "/chronology", ASKING)
    gc.collect()
    before = opened()
    gc.disable()
    try:
        assert "Domestic abuse incident" in send(browser, "/chronology", ASKING).text
        assert opened() == before
    finally:
        gc.enable()
