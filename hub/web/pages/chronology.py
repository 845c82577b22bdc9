"""A child's chronology, as one reader may see it. It is asked for by POST, so no identifier is ever in an address.

Looking again is asking again: each view is decided and kept anew, and nothing of it stays at the hub or in the browser.
"""

from starlette.responses import Response

from hub.application.read_chronology import read_chronology
from hub.domain import feed_words
from hub.domain.moment import day_in_london
from hub.web.forms import Search, read_search
from hub.web.page import Page, Visit
from hub.web.pages import find


def show(visit: Visit) -> Response:
    """The chronology. Raises AccessRefused (on record), StoreUnavailable, Conflict, Unreadable: nothing is shown."""
    actor = visit.member.actor
    asked = read_search(visit.fields, day_in_london(visit.parts.clock.now()))
    if not isinstance(asked, Search):
        return find.form(visit, asked, 422)
    shown = read_chronology(visit.parts.reading(), actor, asked.child, asked.purpose, asked.as_known_on)
    return visit.show(
        "chronology.html", shown=shown, purpose=asked.purpose, in_words=find.in_words, feed_words=feed_words
    )


PAGES = (Page("POST", "/chronology", show),)
