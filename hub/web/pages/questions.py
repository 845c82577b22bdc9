"""Questions for a person: is it one child, or two? The hub never merges on a guess."""

from dataclasses import replace

from starlette.responses import Response

from contracts.vocabulary import StaffRole
from hub.application.list_questions import ListingQuestions, list_questions
from hub.web.page import Page, Visit

WHY = {
    "identifiers_lead_to_different_people": "Its identifiers lead to different children",
    "found_before_to_be_two_people": "A person found before that these are two children",
    "another_national_number_differs": "One national number agrees and another differs",
    "number_agrees_but_name_and_birth_date_do_not": "The number agrees, but the name and date of birth do not",
}


def show(visit: Visit) -> Response:
    """The questions, newest first. Raises AccessRefused (on record), StoreUnavailable: nothing is shown."""
    reading = visit.parts.reading()
    rows = visit.parts.rows_of("questions")
    listing = ListingQuestions(reading.store, reading.index, reading.clock, reading.law, reading.deciding, rows)
    found = list_questions(listing, visit.member.actor)
    questions = tuple(replace(one, why=WHY.get(one.why, one.why)) for one in found)
    return visit.show("questions.html", questions=questions)


PAGES = (Page("GET", "/questions", show, frozenset({StaffRole.MASH_DECISION_MAKER})),)
