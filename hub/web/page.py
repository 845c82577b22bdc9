"""What a page is: an address, a way to ask for it, who may ask, and a plain function that answers."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

from starlette.responses import Response

from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.standing import Ending, Standing
from hub.domain.errors import AccessRefused
from hub.web.door import is_open
from hub.web.late import late_lists
from hub.web.machine_tokens import Machines
from hub.web.parts import Parts
from hub.web.rendering import Rendering
from hub.web.session import Cookie, Person, Session, Sessions, is_token, new_token
from hub.web.trips import Trips, cookie_name
from hub.web.words_kept import Words, WordsKept

OWN_PHRASE = "/pass-phrase"
TIME_LEFT, STAY = "/time-left", "/stay"  # what a page that stands open asks: it brings along what is being typed there
TYPED_FOR = "typed-for"
NOTICES = "/notices"
_ADDRESS = re.compile(r"(/[a-z0-9-]+)+")
_NEVER_KEPT = ("/sign-in", "/sign-out", "/kept", OWN_PHRASE)  # a pass phrase is never among what is kept


class SignedOut(Exception):
    """Nobody is signed in under the token that came."""


class ProveAgain(Exception):
    """Whoever is signed in must prove again who they are before this is done."""


class ChooseFirst(Exception):
    """Whoever is signed in came by a pass phrase that the hub gave them, and chooses their own before anything else."""


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
    standing: Standing
    trips: Trips
    words: WordsKept
    machines: Machines

    def token_of(self, cookies: Mapping[str, str]) -> str:
        """The token that came with the request; a fresh one, leading nowhere, when none did."""
        token = cookies.get(self.cookie.name, "")
        return token if is_token(token) else new_token()

    def visit(self, cookies: Mapping[str, str], path: str, fields: Mapping[str, str], rest: str = "") -> "Visit":
        """The request as the pages see it."""
        token = self.token_of(cookies)
        trip = cookies.get(cookie_name(self.cookie.secure), "")
        return Visit(self, token, self.session(token, path), path, fields, rest, trip)

    def session(self, token: str, path: str) -> Session | None:
        """The live session under the token; to ask how long it has left is no use of it."""
        return self.sessions.find(token, used=path != TIME_LEFT)

    def end(self, person: Person, why: Ending) -> None:
        """Every session of this person is over, and on record as ended. Raises StoreUnavailable."""
        for one in self.sessions.end(lambda session: session.person == person):
            self.standing.keep_end(one.actor, why)

    def end_lost(self, person: Person, why: Ending) -> None:
        """As `end`, of those sessions alone under which the person may be here no more."""
        lost = {one.mark for one in self.sessions.of(person) if self.standing.lost(one.actor, one.opened.wall)}
        for one in self.sessions.end(lambda session: session.mark in lost):
            self.standing.keep_end(one.actor, why)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: under which token and by whom, what the form holds, and the rest of the path where there is one.

    `from_elsewhere`: a link of another site led here, and the browser sent no cookie of a session that it may have.
    `place`: where to go when the page is left: to its own address, if it stands there for whoever asks for it.
    """

    desk: Desk
    token: str
    session: Session | None
    path: str
    fields: Mapping[str, str]
    rest: str = ""
    trip: str = field(default="", repr=False)
    bearer: str = field(default="", repr=False)
    from_elsewhere: bool = False
    place: str = "/sign-in"

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

    def check_standing(self) -> None:
        """Nothing, while whoever is signed in still may be here; what they sent is kept for them.

        Raises SignedOut, ChooseFirst, StoreUnavailable, Unreadable.
        """
        if is_open(self.path) or self.path == "/sign-out":
            return
        if self.session is None:
            ended = self.desk.sessions.ended(self.token)
            if ended is not None:
                self.keep_words(ended.person)
            raise SignedOut
        if why := self.desk.standing.lost(self.session.actor, self.session.opened.wall):
            self.keep_words(self.session.person)
            self.desk.end_lost(self.session.person, why)
            raise SignedOut
        if self.path not in (OWN_PHRASE, TIME_LEFT, STAY) and self.desk.standing.must_choose(self.session.actor):
            raise ChooseFirst

    def keep_words(self, person: Person) -> None:
        """What the form holds is kept for this person, until they sign in again in this browser."""
        path = self.fields.get(TYPED_FOR, "") if self.path in (TIME_LEFT, STAY) else self.path
        typed = self.typed
        if typed and _ADDRESS.fullmatch(path) and not path.startswith(_NEVER_KEPT):
            self.desk.words.keep(self.token, person, Words(path, typed), self.desk.sessions.now())

    @property
    def typed(self) -> dict[str, str]:
        """What the form holds, without what our pages add to it."""
        return {name: value for name, value in self.fields.items() if name not in ("form_key", TYPED_FOR)}

    def field(self, name: str) -> str:
        """A field of the form, without the spaces around it; empty when it is not there."""
        return self.fields.get(name, "").strip()

    def show(self, template: str, status: int = 200, **values: object) -> Response:
        """The page that the template makes, with what the frame around every page needs."""
        form_key = self.desk.sessions.form_key(self.token)
        frame = {"session": self.session, "form_key": form_key, "path": self.path, "StaffRole": StaffRole}
        seconds = self.session.seconds_left(self.session.seen) if self.session is not None else 0
        late = late_lists(self.parts.late()) if self.session is not None and status == 200 else ()
        at = self.parts.clock.now()
        notices = self.parts.notices().now(at) if self.session is not None and self.path != NOTICES else ()
        open_for = {"left_for": self.place, "seconds_left": seconds}
        return self.desk.rendering.page(template, status, **frame, **open_for, late=late, notices=notices, **values)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's place. `roles` may ask for it (empty: whoever is signed in, or anybody at the addresses open to all).

    `fresh`: only for somebody who proved less than 5 minutes ago who they are: exports, prints, emergencies, keys.
    `asks_by_address`: what stands behind `?` in the address is read, as an issuer's answer is.
    """

    method: Literal["GET", "POST"]
    path: str
    answer: Callable[[Visit], Response]
    roles: frozenset[StaffRole] = frozenset()
    fresh: bool = False
    asks_by_address: bool = False

    def respond(self, visit: Visit) -> Response:
        """The answer. Raises NotForThisRole (on record), SignedOut, ProveAgain, and what the use case raises."""
        visit.check_standing()
        if self.roles and visit.member.actor.role not in self.roles:
            self._keep_refusal(visit)
            raise NotForThisRole
        if self.fresh and not visit.member.is_fresh(visit.desk.sessions.now()):
            visit.keep_words(visit.member.person)
            raise ProveAgain
        answer = self.answer(visit)
        if self.method == "POST" and answer.status_code < HTTPStatus.BAD_REQUEST:
            visit.desk.words.drop(visit.token, Words(visit.path, visit.typed))  # it was sent: nothing waits any more
        return answer

    def _keep_refusal(self, visit: Visit) -> None:
        """The try is on record, though the page holds no child's record. Raises StoreUnavailable."""
        code = re.sub(r"[^a-z0-9]+", "_", self.path.lower()).strip("_") or "start"
        with suppress(AccessRefused):
            keep_read(visit.parts.store, visit.parts.clock, visit.member.actor, ("page", code), self.roles)
