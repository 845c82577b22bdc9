"""What somebody was typing when their session ended is given back to them: to send, or to throw away."""

from starlette.responses import RedirectResponse, Response

from hub.web.page import Page, Visit
from hub.web.pages.typed_words import in_words

MAKES_A_FILE = "/print/make"  # the browser keeps the file and stays on the page, where the button still stands


def show(visit: Visit) -> Response:
    """What was kept, ready to be sent; nothing was done with it."""
    words = visit.desk.words.open(visit.token, visit.member.person, visit.desk.sessions.now())
    if words is None:
        return RedirectResponse("/", 303)
    titles = visit.parts.titles
    called = {**titles, **{one.agency: titles.get(one.source, one.source) for one in visit.parts.agreements}}
    lines = in_words(words, called)
    return visit.show("words_back.html", words=words, lines=lines, makes_a_file=words.path == MAKES_A_FILE)


def drop(visit: Visit) -> Response:
    """It is forgotten."""
    visit.desk.words.drop(visit.token)
    return RedirectResponse("/", 303)


PAGES = (Page("GET", "/kept", show), Page("POST", "/kept", drop))
