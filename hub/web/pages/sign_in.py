"""Signing in and out: nobody is anybody by default, one answer for every failure, and each try is on record."""

from starlette.responses import RedirectResponse, Response

from hub.application.sign_in import sign_in
from hub.domain.errors import SignInRefused
from hub.web.page import Page, Visit
from hub.web.session import Cookie


def ask(visit: Visit) -> Response:
    """The form; whoever is signed in already goes on to find a child."""
    if visit.session is not None:
        return RedirectResponse("/", 303)
    return _form(visit, refused=False, status=200)


def enter(visit: Visit) -> Response:
    """A new session under a new token, or the form again. Raises StoreUnavailable: then nobody is signed in."""
    try:
        actor, name = sign_in(visit.parts.signing, visit.field("subject"), visit.fields.get("phrase", ""))
    except SignInRefused:
        return _form(visit, refused=True, status=403)
    token = visit.desk.sessions.open(actor, name, before=visit.token)
    answer = RedirectResponse("/", 303)
    _give(answer, visit.desk.cookie, token)
    return answer


def leave(visit: Visit) -> Response:
    """The session is over, and the browser drops what it kept of it."""
    visit.desk.sessions.close(visit.token)
    answer = RedirectResponse("/sign-in", 303)
    cookie = visit.desk.cookie
    answer.delete_cookie(cookie.name, path="/", secure=cookie.secure, httponly=True, samesite="strict")
    # Over plain http, "cookies" would sign the person out of every other program on this machine's 127.0.0.1.
    kept = '"cache", "cookies", "storage"' if cookie.secure else '"cache", "storage"'
    answer.headers["Clear-Site-Data"] = kept
    return answer


def _form(visit: Visit, *, refused: bool, status: int) -> Response:
    answer = visit.show("sign_in.html", status, refused=refused)
    _give(answer, visit.desk.cookie, visit.token)
    return answer


def _give(answer: Response, cookie: Cookie, token: str) -> None:
    answer.set_cookie(cookie.name, token, path="/", secure=cookie.secure, httponly=True, samesite="strict")


PAGES = (Page("GET", "/sign-in", ask), Page("POST", "/sign-in", enter), Page("POST", "/sign-out", leave))
