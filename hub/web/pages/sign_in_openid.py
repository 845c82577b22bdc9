"""Signing in by one's own organisation (OpenID Connect): sent there, come back, and signed out from there."""

from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from hub.application.openid_port import Answered
from hub.application.sign_in_openid import SigningInOpenly, come_back, issuer_named, set_out, sign_out_from_there
from hub.domain.errors import SignInRefused
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages.sign_in import NOT_ACCEPTED, NOT_REACHED, give, let_in
from hub.web.pages.sign_in_again import form as again
from hub.web.session import Proof, Session
from hub.web.trips import SECONDS, cookie_name

_MOST = 4096
_SAYS = {
    "issuer": f"{NOT_ACCEPTED}. Nobody is signed in.",
    "issuer_away": f"{NOT_REACHED}. Nobody is signed in. Try again in a few minutes.",
}


def go(visit: Visit) -> Response:
    """Send the browser to the issuer; whoever is signed in by it is to prove again who they are. Raises NoSuchPage."""
    openly, session = _openly(visit), visit.session
    try:
        afresh = session is not None and session.actor.issuer == issuer_named(openly, visit.rest).issuer
        trip, address = set_out(openly, visit.rest, afresh=afresh)
    except SignInRefused:
        raise NoSuchPage from None
    answer = RedirectResponse(address, 303)
    secure = visit.desk.cookie.secure
    value = visit.desk.trips.begin(trip, visit.token)
    answer.set_cookie(cookie_name(secure), value, SECONDS, path="/", secure=secure, httponly=True, samesite="lax")
    return answer


def back(visit: Visit) -> Response:
    """Whoever comes back is let in under a new token, or sees the form again; who never set out is told so.

    Raises StoreUnavailable.

    The next page is asked for by this one: on the way back from another site the browser sends no Strict cookie.
    """
    openly, under = _openly(visit), visit.desk.trips.end(visit.trip)
    if under is None or under.trip.issuer != visit.rest:
        return visit.show("sign_in_lost.html", 403, why="")
    before = visit.desk.sessions.find(under.token) if under.trip.afresh else None
    try:
        if under.trip.afresh and before is None:
            raise SignInRefused("too_late")
        found = come_back(openly, under.trip, _answered(visit), before.actor if before is not None else None)
    except SignInRefused as refused:
        return _not_let_in(replace(visit, token=under.token, session=before, place="/sign-in"), str(refused))
    proof = Proof(found.proved, found.vouched.session)
    token, place = let_in(visit, under.token, found.actor, found.name, proof)
    answer = visit.show("signed_in.html", place=place)
    secure = visit.desk.cookie.secure
    answer.delete_cookie(cookie_name(secure), path="/", secure=secure, httponly=True, samesite="lax")
    give(answer, visit.desk.cookie, token)
    return answer


def ended(visit: Visit) -> Response:
    """200 when an issuer's logout token was proved and its sessions are over, 400 when not; for issuers alone.

    OpenID Connect Back-Channel Logout 1.0 s2.5 to 2.8. Raises NoSuchPage, StoreUnavailable.
    """
    openly = _openly(visit)
    try:
        issuer, said = sign_out_from_there(openly, visit.rest, visit.fields.get("logout_token", ""))
    except SignInRefused:
        return Response(status_code=400)

    def is_meant(one: Session) -> bool:
        by_subject = not said.subject or one.actor.subject == said.subject
        by_session = not said.session or one.issuer_session == said.session
        return one.actor.issuer == issuer.issuer and by_subject and by_session

    for one in visit.desk.sessions.end(is_meant):
        visit.desk.standing.keep_end(one.actor, "by_issuer")
    return Response(status_code=200)


def _not_let_in(visit: Visit, code: str) -> Response:
    """The way in again, and why; whoever was signed in and could not prove it again stays signed in.

    Their browser sent no token on its way back, and perhaps none when it set out: it is given none here, since that
    would put whoever is signed in there out of the session that they have.
    """
    away = code == "issuer_away"
    said, status = ("issuer_away", 503) if away else ("issuer", 403)
    if visit.session is not None:
        return again(visit, refused=said, status=status)
    return visit.show("sign_in_lost.html", status, why=_SAYS[said])


def _openly(visit: Visit) -> SigningInOpenly:
    if visit.parts.openly is None:
        raise NoSuchPage
    return visit.parts.openly


def _answered(visit: Visit) -> Answered:
    state, code, issuer, error = (visit.fields.get(name, "")[:_MOST] for name in ("state", "code", "iss", "error"))
    return Answered(state, code, issuer, error)


PAGES = (
    Page("GET", "/sign-in/with/{rest:path}", go),
    Page("GET", "/sign-in/return/{rest:path}", back, asks_by_address=True),
    Page("POST", "/sign-in/ended/{rest:path}", ended),
)
