"""What a page is: an address, a way to ask for it, who may ask, and a plain function that answers."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.domain.errors import AccessRefused
from hub.web.late import late_lists
from hub.web.parts import Parts
from hub.web.rendering import Rendering
from hub.web.session import Cookie, Session, Sessions, is_token, new_token


class SignedOut(Exception):
    """Nobody is signed in under the token that came."""


class NotForThisRole(Exception):
    """The page belongs to another role; it holds no child's record."""


class NoSuchPage(Exception):
    """There is nothing at this address."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page works with: the use cases' needs, who is signed in, the templates, and the cookie's form."""

    parts: Parts
    sessions: Sessions
    rendering: Rendering
    cookie: Cookie

    def token_of(self, cookies: Mapping[str, str]) -> str:
        """The token that came with the request; a fresh one, leading nowhere, when none did."""
        token = cookies.get(self.cookie.name, "")
        return token if is_token(token) else new_token()

    def visit(self, cookies: Mapping[str, str], path: str, fields: Mapping[str, str], rest: str = "") -> "Visit":
        """The request as the pages see it."""
        token = self.token_of(cookies)
        return Visit(self, token, self.sessions.find(token), path, fields, rest)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: under which token and by whom, what the form holds, and the rest of the path where there is one."""

    desk: Desk
    token: str
    session: Session | None
    path: str
    fields: Mapping[str, str]
    rest: str = ""

    @property
    def parts(self) -> Parts:
        """What the use cases need."""
        return self.desk.parts

    @property
    def member(self) -> Session:
        """Who is signed in. Raises SignedOut."""
        if self.session is None:
            raise SignedOut
        return self.session

    def field(self, name: str) -> str:
        """A field of the form, without the spaces around it; empty when it is not there."""
        return self.fields.get(name, "").strip()

    def show(self, template: str, status: int = 200, **values: object) -> Response:
        """The page that the template makes, with what the frame around every page needs."""
        form_key = self.desk.sessions.form_key(self.token)
        frame = {"session": self.session, "form_key": form_key, "path": self.path, "StaffRole": StaffRole}
        late = late_lists(self.parts.late()) if self.session is not None and status == 200 else ()
        return self.desk.rendering.page(template, status, **frame, late=late, **values)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's place. `roles` may ask for it (empty: whoever is signed in, or anybody at the addresses open to all)."""

    method: Literal["GET", "POST"]
    path: str
    answer: Callable[[Visit], Response]
    roles: frozenset[StaffRole] = frozenset()

    def respond(self, visit: Visit) -> Response:
        """The answer. Raises NotForThisRole (on record), SignedOut, and what the use case raises."""
        if self.roles and visit.member.actor.role not in self.roles:
            self._keep_refusal(visit)
            raise NotForThisRole
        return self.answer(visit)

    def _keep_refusal(self, visit: Visit) -> None:
        """The try is on record, though the page holds no child's record. Raises StoreUnavailable."""
        code = re.sub(r"[^a-z0-9]+", "_", self.path.lower()).strip("_") or "start"
        with suppress(AccessRefused):
            keep_read(visit.parts.store, visit.parts.clock, visit.member.actor, ("page", code), self.roles)
