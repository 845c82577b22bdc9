"""Signing in and out: nobody is anybody by default, one answer for every failure, and each try is on record."""

from starlette.responses import RedirectResponse, Response

from contracts.events.hub import Actor
from hub.application.sign_in import How, sign_in
from hub.domain.errors import SignInRefused
from hub.web.page import Page, Visit
from hub.web.session import Cookie, Proof
from hub.web.words_kept import REASON

# What the page says of a try that failed; whoever is told of more than the first had the right phrase, or had to wait.
LAPSED = "The pass phrase that you were given is over. Ask whoever enrolled you for another"
TOO_MANY = "There were too many wrong tries under this name. Wait an hour, or sign in where you were signed in lately"
NOT_ACCEPTED = "Your organisation’s sign-in was not accepted"
NOT_REACHED = "Your organisation’s sign-in cannot be reached"
_SAYS = {"phrase": "The name or the pass phrase is not right", "phrase_lapsed": LAPSED, "too_many": TOO_MANY}


def ask(visit: Visit) -> Response:
    """The form; whoever is signed in already goes on to find a child.

    To a link of another site the browser brings no Strict cookie: asked again by a page of ours it does, where the
    form's own token would have put whoever is signed in out of their session.
    """
    if visit.from_elsewhere and visit.session is None:
        return visit.show("come_in.html")
    if visit.session is not None:
        return RedirectResponse("/", 303)
    return form(visit, refused="", status=200)


def enter(visit: Visit) -> Response:
    """A new session under a new token, or the form again. Raises StoreUnavailable: then nobody is signed in."""
    try:
        actor, name = _signed_in(visit, visit.field("subject"))
    except SignInRefused as refused:
        code = str(refused)
        return form(visit, refused=code, status=429 if code == "too_many" else 403)
    token, place = let_in(visit, visit.token, actor, name)
    answer = RedirectResponse(place, 303)
    give(answer, visit.desk.cookie, token)
    return answer


def _signed_in(visit: Visit, subject: str) -> tuple[Actor, str]:
    """Who it is, and their name. Raises SignInRefused (on record), TooBusy, StoreUnavailable."""
    here = visit.session or visit.desk.sessions.ended(visit.token)
    known = here is not None and here.actor.subject == subject
    phrase = visit.fields.get("phrase", "")
    return sign_in(visit.parts.signing, subject, phrase, How(known=known, first_too=True))


def let_in(visit: Visit, before: str, actor: Actor, name: str, proof: Proof | None = None) -> tuple[str, str]:
    """The new session's token, and where to go on: where its owner was when the session before it ended."""
    desk = visit.desk
    token = desk.sessions.open(actor, name, before, proof)
    person = (actor.issuer, actor.subject)
    kept = desk.words.move(before, token, person, desk.sessions.now())
    ended = desk.sessions.ended(before)
    place = ended.place if ended is not None and ended.person == person else "/"
    return token, "/kept" if kept else place


def leave(visit: Visit) -> Response:
    """The session is over, and the browser drops what it kept of it."""
    visit.desk.sessions.close(visit.token)
    visit.desk.words.drop(visit.token)
    answer = RedirectResponse("/sign-in", 303)
    cookie = visit.desk.cookie
    answer.delete_cookie(cookie.name, path="/", secure=cookie.secure, httponly=True, samesite="strict")
    # Over plain http, "cookies" would sign the person out of every other program on this machine's 127.0.0.1.
    kept = '"cache", "cookies", "storage"' if cookie.secure else '"cache", "storage"'
    answer.headers["Clear-Site-Data"] = kept
    return answer


def form(visit: Visit, *, refused: str, status: int) -> Response:
    """The ways to sign in; `refused`: why somebody just failed (see sign_in)."""
    openly = visit.parts.openly
    issuers = openly.issuers.now() if openly is not None else ()
    by_phrase = visit.parts.signing.by_phrase
    said = {"wrong": _SAYS.get(refused, ""), "issuers": issuers, "by_phrase": by_phrase}
    answer = visit.show("sign_in.html", status, **said, **_locked(visit))
    give(answer, visit.desk.cookie, visit.token)
    return answer


def _locked(visit: Visit) -> dict[str, object]:
    """Who was here in this browser when the hub locked by itself ("" where it did not), and what waits for them."""
    ended = visit.desk.sessions.ended(visit.token)
    if ended is None or not ended.locked:
        return {"was_here": "", "typed": False, "goes_back": False, "reopens": False}
    kept = {one.path for one in visit.desk.words.open(visit.token, ended.person, visit.desk.sessions.now())}
    waits = {"typed": bool(kept - {REASON}), "reopens": REASON in kept, "goes_back": ended.place != "/"}
    return {"was_here": ended.name, **waits}


def give(answer: Response, cookie: Cookie, token: str) -> None:
    """Hand the browser the session's cookie."""
    answer.set_cookie(cookie.name, token, path="/", secure=cookie.secure, httponly=True, samesite="strict")


PAGES = (Page("GET", "/sign-in", ask), Page("POST", "/sign-in", enter), Page("POST", "/sign-out", leave))
