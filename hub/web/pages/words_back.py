"""What somebody was typing when their session ended is given back to them: to send, or to throw away."""

from starlette.responses import RedirectResponse, Response

from hub.web.page import Page, Visit


def show(visit: Visit) -> Response:
    """What was kept, ready to be sent; nothing was done with it."""
    words = visit.desk.words.open(visit.token, visit.member.person, visit.desk.sessions.now())
    if words is None:
        return RedirectResponse("/", 303)
    return visit.show("words_back.html", words=words)


def drop(visit: Visit) -> Response:
    """It is forgotten."""
    visit.desk.words.drop(visit.token)
    return RedirectResponse("/", 303)


PAGES = (Page("GET", "/kept", show), Page("POST", "/kept", drop))
