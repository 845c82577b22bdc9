"""Every view, in one place."""

from hub.views.accesses import ACCESSES
from hub.views.enquiries import ENQUIRIES
from hub.views.feeds import FEEDS
from hub.views.looks import LOOKS
from hub.views.moves import MOVES
from hub.views.openings import OPENINGS
from hub.views.quarantine import QUARANTINE
from hub.views.questions import QUESTIONS
from hub.views.received import RECEIVED
from hub.views.refusals import REFUSALS
from hub.views.requests import REQUESTS
from hub.views.retained import RETAINED
from hub.views.shares import SHARES
from hub.views.subject_reports import SUBJECT_REPORTS
from hub.views.telling import TELLING
from hub.views.view import View
from hub.views.waiting_here import WAITING_HERE

VIEWS: tuple[View, ...] = (
    ACCESSES,
    ENQUIRIES,
    FEEDS,
    LOOKS,
    MOVES,
    OPENINGS,
    QUARANTINE,
    QUESTIONS,
    RECEIVED,
    REFUSALS,
    REQUESTS,
    RETAINED,
    SHARES,
    SUBJECT_REPORTS,
    TELLING,
    WAITING_HERE,
)
