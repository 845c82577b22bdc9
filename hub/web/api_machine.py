"""What an agency's own system may ask: how many of its messages the hub has, to hold against its own books.

Counts and nothing else: a machine never reads what anybody stated, and nothing that it is told is about a child.
"""

from starlette.responses import JSONResponse, Response

from hub.application.let_machine_in import LettingMachinesIn, let_machine_in, still_stands
from hub.domain.errors import SignInRefused
from hub.views.received import balances
from hub.web.machine_tokens import LIFE
from hub.web.page import NoSuchPage, Page, Visit

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_WANTED = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE}


def token(visit: Visit) -> Response:
    """A token for whoever proves to hold an agency's key, or 400 with no more than RFC 6749 s.5.2 wants said.

    Raises NoSuchPage, StoreUnavailable.
    """
    if any(visit.fields.get(name) != value for name, value in _WANTED.items()):
        return JSONResponse({"error": "unsupported_grant_type"}, 400)
    try:
        machine = let_machine_in(_letting(visit), visit.fields.get("client_assertion", ""))
    except SignInRefused:
        return JSONResponse({"error": "invalid_client"}, 400)
    given = visit.desk.machines.give(machine)
    return JSONResponse(
        {"access_token": given, "token_type": "Bearer", "expires_in": int(LIFE.total_seconds()), "scope": "balance"}
    )


def balance(visit: Visit) -> Response:
    """The agency's own books, counted; 401 for whoever brings no token that stands. Raises StoreUnavailable."""
    machine = visit.desk.machines.find(visit.bearer)
    if machine is None or not still_stands(_letting(visit), machine):
        return JSONResponse({"error": "invalid_token"}, 401, {"WWW-Authenticate": "Bearer"})
    own = next((one for one in balances(visit.parts.rows_of("received")) if one.source == machine.source), None)
    names = ("received", "accepted", "duplicates", "quarantined", "missing")
    return JSONResponse({name: getattr(own, name) if own is not None else 0 for name in names})


def _letting(visit: Visit) -> LettingMachinesIn:
    if visit.parts.machines is None:
        raise NoSuchPage
    return visit.parts.machines


PAGES = (Page("POST", "/machine/token", token), Page("GET", "/machine/balance", balance))
