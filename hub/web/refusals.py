"""What is answered when the answer is no: pages that echo nothing, and the same page for absent and for forbidden."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.domain.emergency import ROLES
from hub.domain.errors import (
    AccessRefused,
    CannotSet,
    Conflict,
    HubError,
    StoreUnavailable,
    TooBusy,
    Unreadable,
    WaitsForWitnesses,
)
from hub.web.headers import put
from hub.web.page import OWN_PHRASE, ChooseFirst, Desk, NoSuchPage, NotForThisRole, ProveAgain, SignedOut, Visit

Handler = Callable[[Request, Exception], Response]
UPDATE_NEEDED = {
    "title": "Update needed",
    "says": "The record holds something that a newer edition of the hub wrote and this one cannot read yet, so nothing "
    "is shown. It is being updated. Try again in a few minutes; if it lasts, tell whoever runs the hub.",
}
NOT_SET = (
    "It is on record that you asked for it, and nothing was made. You can print the chronology page from your browser: "
    "it prints in a plain layout, and says that it is not a numbered copy. Tell whoever runs this hub."
)
MISSING = "That page is not here, or you cannot see it."


class NotOurForm(Exception):
    """The form did not come from a page given out under this token."""


def add_refusals(app: FastAPI, desk: Desk) -> None:
    """Every error that can reach the edge gets its page."""
    handlers: dict[type[Exception], Handler] = {
        AccessRefused: _handler(desk, _refused),
        WaitsForWitnesses: _trouble(
            desk, 403, "Only emergencies are shown just now", f"{WaitsForWitnesses.SAYS} That you asked is on record."
        ),
        ProveAgain: lambda _request, _error: RedirectResponse("/sign-in/again", 303),
        ChooseFirst: lambda _request, _error: RedirectResponse(OWN_PHRASE, 303),
        SignedOut: lambda _request, _error: RedirectResponse("/sign-in", 303),
        NotForThisRole: _trouble(
            desk, 403, "This page is not for your role", "It belongs to another role at the hub. It holds no record."
        ),
        NotOurForm: _trouble(
            desk, 403, "This form is out of date", "Nothing was done. Go back to the start and fill it in again."
        ),
        NoSuchPage: _trouble(desk, 404, "Page not found", MISSING),
        RequestValidationError: _trouble(desk, 422, "This could not be read", "Go back to the start and try again."),
        StoreUnavailable: _unkept(desk),
        Conflict: _unkept(desk),
        Unreadable: _unreadable(desk),
        TooBusy: _trouble(desk, 503, "Too many are signing in just now", "Nothing was done. Try again in a minute."),
        CannotSet: _trouble(desk, 503, "No PDF could be made", NOT_SET),
        HubError: _broken(desk),
        HTTPException: _http(desk),
    }
    for error, handler in handlers.items():
        app.add_exception_handler(error, handler)
    app.add_exception_handler(Exception, _last(desk))


def _handler(desk: Desk, page: Callable[[Visit], Response]) -> Handler:
    def handle(request: Request, _error: Exception) -> Response:
        return page(desk.visit(request.cookies, request.url.path, {}))

    return handle


def _refused(visit: Visit) -> Response:
    """The same for everybody and every child; with the way into an emergency, unless that is what was refused."""
    in_danger = visit.session is not None and visit.session.actor.role in ROLES and visit.path != "/emergency"
    return visit.show("refused.html", 403, says=AccessRefused.SAYS, in_danger=in_danger)


def _trouble(desk: Desk, status: int, title: str, says: str) -> Handler:
    return _handler(desk, lambda visit: visit.show("trouble.html", status, title=title, says=says))


def _unkept(desk: Desk) -> Handler:
    return _trouble(
        desk,
        503,
        "The hub cannot show anything just now",
        "What you asked could not be put on record, and nothing is shown that is not on record. Try again in a minute.",
    )


def _unreadable(desk: Desk) -> Handler:
    def handle(request: Request, error: Exception) -> Response:
        where = error.position if isinstance(error, Unreadable) else 0
        if isinstance(error, Unreadable) and error.is_newer:
            return desk.visit(request.cookies, request.url.path, {}).show("trouble.html", 503, **UPDATE_NEEDED)
        says = (
            f"The record kept at position {where} does not open, so nothing is shown. Tell your information-governance "
            "officer the position. The log will show whether anything was changed."
        )
        visit = desk.visit(request.cookies, request.url.path, {})
        return visit.show("trouble.html", 503, title="A kept record does not open", says=says)

    return handle


def _broken(desk: Desk) -> Handler:
    return _trouble(
        desk, 500, "The hub could not do this", "Nothing you asked for was shown. Tell whoever runs this hub."
    )


def _http(desk: Desk) -> Handler:
    def handle(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        visit = desk.visit(request.cookies, request.url.path, {})
        absent = status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
        title, says = ("Page not found", MISSING) if absent else ("This could not be read", "Start again.")
        answer = visit.show("trouble.html", status, title=title, says=says)
        answer.headers.update(getattr(error, "headers", None) or {})
        return answer

    return handle


def _last(desk: Desk) -> Handler:
    """For what nobody foresaw. It is answered outside the middleware, so the headers are put on here."""
    page = _broken(desk)

    def handle(request: Request, error: Exception) -> Response:
        answer = page(request, error)
        put(answer.headers, desk.cookie.secure)
        return answer

    return handle
