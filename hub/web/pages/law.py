"""The law as this hub reads it, rule by rule, with where each comes from and how it was checked."""

from dataclasses import dataclass

from starlette.responses import Response

from consent.decide import RULEBOOK
from consent.explain import ASKS, DISCLAIMER
from consent.finding import Effect, Question
from consent.myths import REPLIES
from consent.packs import pack_on
from consent.refusals import GROUNDS
from consent.rule import Law
from consent.wording import SURE
from hub.domain.moment import day_in_london
from hub.web.page import Page, Visit

EFFECTS = {
    Effect.GROUND: "Allows it",
    Effect.BAR: "Forbids it",
    Effect.WARNING: "Weigh first",
    Effect.FIX: "Put right",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that the law is asked, and the rules that answer it, what allows before what forbids."""

    question: Question
    words: str
    laws: tuple[Law, ...]


QUESTIONS = tuple(
    Asked(
        question,
        ASKS[question],
        tuple(
            sorted(
                (rule.law for rule in RULEBOOK if rule.law.question is question),
                key=lambda law: tuple(Effect).index(law.effect),
            )
        ),
    )
    for question in Question
)


def show(visit: Visit) -> Response:
    """The page; what is in force today is marked."""
    parts = visit.parts
    today = day_in_london(parts.clock.now())
    pack = pack_on(today, parts.reading().law)
    return visit.show(
        "law.html",
        questions=QUESTIONS,
        effects=EFFECTS,
        sure=SURE,
        today=today,
        pack=pack,
        replies=tuple(reply for reply in REPLIES if reply.in_force(today)),
        grounds=GROUNDS,
        disclaimer=DISCLAIMER,
    )


PAGES = (Page("GET", "/law", show),)
