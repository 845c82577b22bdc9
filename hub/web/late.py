"""What pages call the lists that are behind, so that a short list is never taken for all there is."""

from collections.abc import Iterable
from datetime import datetime
from types import MappingProxyType

from hub.web.parts import LateView

LISTS = MappingProxyType(
    {
        "accesses": "who looked at what",
        "enquiries": "which enquiries are open",
        "feeds": "what is known of each agency's feed",
        "quarantine": "what was set aside",
        "looks": "who looked at a child",
        "moves": "which reports are to be moved",
        "openings": "who asked to open what is held apart",
        "questions": "identity questions",
        "received": "what was received from each agency",
        "refusals": "refusals to share",
        "requests": "what agencies were asked",
        "retained": "for how long records are kept",
        "shares": "what was shared",
        "subject_reports": "which reports on who looked wait for a review",
        "telling": "who is to be told",
        "waiting_here": "how many messages lie set aside",
    }
)


def late_lists(late: Iterable[LateView]) -> tuple[tuple[str, datetime], ...]:
    """Each list that is behind, in words, and from when on what was kept is not in it."""
    return tuple((LISTS.get(one.view, one.view), one.since) for one in late)
