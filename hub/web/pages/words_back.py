"""What somebody was typing when their session ended is given back to them: to send, or to throw away.

Of a record that stood open nothing is kept but whose it was: why it is needed is asked again before it is opened.
"""

from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from hub.web.page import Page, Visit
from hub.web.pages import reason
from hub.web.pages.typed_words import in_words
from hub.web.words_kept import REASON, Words, form_of

MAKES_A_FILE = "/print/make"  # the browser keeps the file and stays on the page, where the button still stands


def show(visit: Visit) -> Response:
    """What was kept, ready to be sent; nothing was done with it."""
    kept = _kept(visit)
    if not kept:
        return RedirectResponse("/", 303)
    if len(kept) == 1 and kept[0].path == REASON:
        visit.desk.words.drop(visit.token)
        return reason.ask(replace(visit, fields=kept[0].fields))
    titles = visit.parts.titles
    called = {**titles, **{one.agency: titles.get(one.source, one.source) for one in visit.parts.agreements}}
    forms = tuple((one, in_words(one, called), form_of(visit.token, one)) for one in kept)
    return visit.show("words_back.html", forms=forms, reopens=REASON, makes_a_file=MAKES_A_FILE)


def drop(visit: Visit) -> Response:
    """The form that is named is forgotten (all, where none is); what is left is shown again."""
    which = visit.field("which")
    for one in _kept(visit):
        if which in ("", form_of(visit.token, one)):
            visit.desk.words.drop(visit.token, one)
    return RedirectResponse("/kept" if _kept(visit) else "/", 303)


def _kept(visit: Visit) -> tuple[Words, ...]:
    return visit.desk.words.open(visit.token, visit.member.person, visit.desk.sessions.now())


PAGES = (Page("GET", "/kept", show), Page("POST", "/kept", drop))
