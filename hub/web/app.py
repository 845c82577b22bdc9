"""The web application: an explicit tuple of pages, behind a door that lets strangers see only what is open to all."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import compile_path

from hub.application.standing import Standing
from hub.web import api_audit, api_machine
from hub.web.door import FOR_MACHINES, REFUSED, Door, Rules
from hub.web.headers import Headers
from hub.web.machine_tokens import Machines
from hub.web.outcomes import Counted
from hub.web.page import Desk, Page, Visit
from hub.web.pages import (
    about,
    activity,
    apart,
    asking,
    audit_entry,
    audit_home,
    audit_lists,
    audit_looks,
    audit_policies,
    audit_review,
    chronology,
    compare,
    decide,
    emergency,
    enquiries,
    entry,
    erasures,
    feeds,
    guidance,
    health,
    home,
    law,
    leading,
    locked,
    log_files,
    moving,
    notices,
    open_files,
    pass_phrase,
    printing,
    quarantine,
    questions,
    rating,
    reason,
    replying,
    sign_in,
    sign_in_again,
    sign_in_openid,
    subject_reports,
    tell,
    to_do,
    who_looked,
    words_back,
)
from hub.web.parts import Parts
from hub.web.refusals import NotOurForm, add_refusals
from hub.web.rendering import Rendering
from hub.web.session import Sessions, cookie_for, new_token
from hub.web.trips import Trips
from hub.web.words_kept import WordsKept

PAGES: tuple[Page, ...] = (
    *sign_in.PAGES,
    *sign_in_again.PAGES,
    *pass_phrase.PAGES,
    *sign_in_openid.PAGES,
    *words_back.PAGES,
    *locked.PAGES,
    *activity.PAGES,
    *home.PAGES,
    *enquiries.PAGES,
    *leading.PAGES,
    *rating.PAGES,
    *reason.PAGES,
    *chronology.PAGES,
    *entry.PAGES,
    *compare.PAGES,
    *decide.PAGES,
    *asking.PAGES,
    *emergency.PAGES,
    *apart.PAGES,
    *printing.PAGES,
    *who_looked.PAGES,
    *audit_home.PAGES,
    *audit_looks.PAGES,
    *audit_lists.PAGES,
    *audit_policies.PAGES,
    *audit_review.PAGES,
    *subject_reports.PAGES,
    *erasures.PAGES,
    *audit_entry.PAGES,
    *api_audit.PAGES,
    *api_machine.PAGES,
    *feeds.PAGES,
    *quarantine.PAGES,
    *questions.PAGES,
    *moving.PAGES,
    *to_do.PAGES,
    *tell.PAGES,
    *replying.PAGES,
    *about.PAGES,
    *law.PAGES,
    *guidance.PAGES,
    *notices.PAGES,
    *health.PAGES,
    *open_files.PAGES,
    *log_files.PAGES,
)
LONGEST_PLACE = 200
_NO_PLACE = ("/sign-in", "/kept", "/api/", "/log/", "/static/", "/health", "/readyz")  # nowhere that anybody was
_SHOWN = tuple(
    compile_path(page.path)[0] for page in PAGES if page.method == "GET" and not page.path.startswith(_NO_PLACE)
)
HOSTS = ("127.0.0.1", "localhost", "[::1]")
MAX_FIELDS = 500  # more ticked boxes than MAX_FORM_BYTES has room for: the page itself says what is too many


def create_app(parts: Parts, *, over_https: bool = False, hosts: tuple[str, ...] = HOSTS) -> FastAPI:
    """The pages over these parts.

    `over_https`: whether browsers reach them by https (then the cookie is `__Host-sid`, Secure). `hosts`: the names by
    which the hub may be called.
    """
    openly = parts.openly
    standing = Standing(parts.store, parts.clock, openly.issuers if openly is not None else None)
    rendering, cookie = Rendering(parts.titles, parts.about), cookie_for(over_https)
    desk = Desk(
        parts,
        Sessions(parts.clock),
        rendering,
        cookie,
        standing,
        Trips(parts.clock),
        WordsKept(),
        Machines(parts.clock),
    )
    app = FastAPI(title="Safeguarding hub", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    for page in PAGES:
        _add(app, desk, page)
    add_refusals(app, desk)

    app.add_middleware(Counted)
    # Nobody elsewhere can make a browser ask for a page with words of their own in it (door.py), so the length of what
    # is pressed tells them nothing.
    app.add_middleware(GZipMiddleware, minimum_size=2048, compresslevel=5)
    app.add_middleware(Door, rules=_rules(desk, hosts))
    app.add_middleware(Headers, over_https=over_https)
    return app


def _rules(desk: Desk, hosts: tuple[str, ...]) -> Rules:
    def is_member(asked: HTTPConnection) -> bool:
        return desk.session(desk.token_of(asked.cookies), str(asked.scope["path"])) is not None

    def was_member(asked: HTTPConnection) -> bool:
        return desk.sessions.ended(desk.token_of(asked.cookies)) is not None

    def turned_away(asked: HTTPConnection) -> None:
        path = str(asked.scope["path"])
        gone_to = asked.headers.get("sec-fetch-dest") == "document" and len(path) <= LONGEST_PLACE
        if gone_to and any(one.match(path) for one in _SHOWN):
            desk.sessions.leave_at(desk.token_of(asked.cookies), quote(path))

    def refused(status: int) -> Response:
        title, says = REFUSED[status]
        return Visit(desk, new_token(), None, "", {}).show("trouble.html", status, title=title, says=says)

    return Rules(is_member, was_member, turned_away, refused, hosts)


def _add(app: FastAPI, desk: Desk, page: Page) -> None:
    if page.method == "POST":

        def post(request: Request, fields: Annotated[Mapping[str, str], Depends(_fields)]) -> Response:
            rest = str(request.path_params.get("rest", ""))
            visit = desk.visit(request.cookies, request.url.path, fields, rest)
            for_machines = request.url.path.startswith(FOR_MACHINES)
            if not for_machines and not desk.sessions.is_form_key(visit.token, visit.field("form_key")):
                raise NotOurForm
            return page.respond(visit)

        app.post(page.path, response_model=None)(post)
        return

    def get(request: Request) -> Response:
        rest = str(request.path_params.get("rest", ""))
        asked = dict(request.query_params) if page.asks_by_address else {}
        visit = desk.visit(request.cookies, request.url.path, asked, rest)
        linked = request.headers.get("sec-fetch-site") == "cross-site"
        bearer = request.headers.get("authorization", "")
        place = request.url.path
        return page.respond(replace(visit, bearer=bearer, from_elsewhere=linked, place=place))

    app.get(page.path, response_model=None)(get)


async def _fields(request: Request) -> Mapping[str, str]:
    """The form's fields; a field that comes twice counts once, and a file not at all."""
    async with request.form(max_files=0, max_fields=MAX_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}
