"""One's own pass phrase: another is chosen by whoever knows the one that stands, and all other sessions end."""

from dataclasses import replace
from typing import Final

from starlette.responses import Response

from hub.application.change_phrase import PhraseRefused, change_phrase
from hub.application.sign_in import has_phrase
from hub.domain.errors import SignInRefused
from hub.domain.pass_phrase import LONGEST, SHORTEST
from hub.web.page import OWN_PHRASE, Page, Visit
from hub.web.pages.sign_in import LAPSED, TOO_MANY, give, let_in

_PRESENT: Final = {
    "phrase": "The pass phrase that you have is not right",
    "phrase_lapsed": LAPSED,
    "too_many": TOO_MANY,
}
_CHOSEN: Final = {
    "too_short": f"Choose a longer one: it has {SHORTEST} characters or more",
    "too_long": f"Choose a shorter one: it has {LONGEST} characters at most",
    "usual": "Choose another: this one is made of usual words, names, rows of keys or the same again and again",
    "had_before": "Choose another: this one you have, or the hub made it",
}
_TWICE: Final = "The two are not the same: enter the new one again"


def ask(visit: Visit) -> Response:
    """The form; whoever signs in by an issuer is told that it looks after that."""
    return _form(visit, {}, 200)


def choose(visit: Visit) -> Response:
    """The new phrase stands, under a new token, or the form again. The phrase that stands is the proof of who it is.

    Raises TooBusy, Conflict, StoreUnavailable.
    """
    here, chosen = visit.member, visit.fields.get("chosen", "")
    if not has_phrase(visit.parts.signing, here.actor.subject):
        return _form(visit, {}, 403)
    if chosen != visit.fields.get("again", ""):
        return _form(visit, {"again": _TWICE}, 422)
    try:
        change_phrase(visit.parts.signing, here.actor, visit.fields.get("phrase", ""), chosen)
    except SignInRefused as refused:
        return _form(visit, {"phrase": _PRESENT[str(refused)]}, 429 if str(refused) == "too_many" else 403)
    except PhraseRefused as refused:
        return _form(visit, {"chosen": _CHOSEN[str(refused)]}, 422)
    for one in visit.desk.sessions.end(lambda session: session.person == here.person and session.mark != here.mark):
        visit.desk.standing.keep_end(one.actor, "own_hand")
    token, _ = let_in(visit, visit.token, here.actor, here.name)
    afresh = replace(visit, token=token, session=visit.desk.sessions.find(token))
    answer = afresh.show("pass_phrase_changed.html")
    give(answer, visit.desk.cookie, token)
    return answer


def _form(visit: Visit, wrong: dict[str, str], status: int) -> Response:
    actor = visit.member.actor
    first = visit.desk.standing.must_choose(actor)
    return visit.show(
        "pass_phrase.html",
        status,
        wrong=wrong,
        first=first,
        by_phrase=has_phrase(visit.parts.signing, actor.subject),
        shortest=SHORTEST,
    )


PAGES = (Page("GET", OWN_PHRASE, ask), Page("POST", OWN_PHRASE, choose))
