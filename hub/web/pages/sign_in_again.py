"""Proving again who one is before what does most harm, and one's own sessions: seen, and ended."""

from starlette.responses import RedirectResponse, Response

from hub.application.sign_in import How, sign_in
from hub.domain.errors import SignInRefused
from hub.web.page import Page, Visit
from hub.web.pages.sign_in import LAPSED, NOT_ACCEPTED, NOT_REACHED, TOO_MANY, give, let_in

_AGAIN = How(again=True, known=True, first_too=True)
_SAYS = {
    "phrase": "The pass phrase is not right",
    "phrase_lapsed": LAPSED,
    "too_many": TOO_MANY,
    "issuer": f"{NOT_ACCEPTED}. You are still signed in",
    "issuer_away": f"{NOT_REACHED}. You are still signed in: try again in a few minutes",
}


def ask(visit: Visit) -> Response:
    """How to prove it: by the pass phrase, or at one's own organisation."""
    return form(visit, refused="", status=200)


def prove(visit: Visit) -> Response:
    """A new token for the same person, or the form again (the try is on record). Raises StoreUnavailable."""
    subject = visit.member.actor.subject
    try:
        actor, name = sign_in(visit.parts.signing, subject, visit.fields.get("phrase", ""), _AGAIN)
    except SignInRefused as refused:
        code = str(refused)
        return form(visit, refused=code, status=429 if code == "too_many" else 403)
    token, place = let_in(visit, visit.token, actor, name)
    answer = RedirectResponse(place, 303)
    give(answer, visit.desk.cookie, token)
    return answer


def sessions(visit: Visit) -> Response:
    """Where one is signed in."""
    return visit.show("own_sessions.html", open_sessions=visit.desk.sessions.of(visit.member.person))


def end(visit: Visit) -> Response:
    """One's own session of that mark is over (`others`: all but this one), on record. Raises StoreUnavailable.

    Only after a fresh proof: whoever comes to an open screen must not sign its owner out elsewhere.
    """
    here, mark = visit.member, visit.field("mark")
    ended = visit.desk.sessions.end(
        lambda one: one.person == here.person and one.mark != here.mark and mark in (one.mark, "others")
    )
    for one in ended:
        visit.desk.standing.keep_end(one.actor, "own_hand")
    return RedirectResponse("/sessions", 303)


def form(visit: Visit, *, refused: str, status: int) -> Response:
    """The ways to prove it; `refused`: why somebody just failed (see sign_in, sign_in_openid)."""
    issuer = visit.member.actor.issuer
    openly = visit.parts.openly
    by = [one for one in (openly.issuers.now() if openly is not None else ()) if one.issuer == issuer]
    return visit.show("sign_in_again.html", status, wrong=_SAYS.get(refused, ""), by=by)


PAGES = (
    Page("GET", "/sign-in/again", ask),
    Page("POST", "/sign-in/again", prove),
    Page("GET", "/sessions", sessions),
    Page("POST", "/sessions", end, fresh=True),
)
