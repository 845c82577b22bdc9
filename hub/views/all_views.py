"""Every view, in one place."""

from hub.views.feeds import FEEDS
from hub.views.quarantine import QUARANTINE
from hub.views.questions import QUESTIONS
from hub.views.refusals import REFUSALS
from hub.views.telling import TELLING
from hub.views.view import View

VIEWS: tuple[View, ...] = (FEEDS, QUARANTINE, QUESTIONS, REFUSALS, TELLING)
