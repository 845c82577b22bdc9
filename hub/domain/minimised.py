"""A report cut down, statement by statement, to what its recipient may have (UK GDPR Art 5(1)(c); DPA 2018 s37).

Nothing is rewritten: a part goes whole or not at all.
"""

import re
from collections.abc import Iterable

from contracts.events.hub import ReportLinked
from contracts.events.sharing import Cause, SharedContent, ToldState
from contracts.report import Person, Place, Report, Statement
from contracts.vocabulary import FieldClass, PersonRole, Telling
from hub.domain.compartments import HANDLING_NOTE

_UNTOLD = (Telling.NOT_TOLD_SAFETY, Telling.NOT_TOLD_PREJUDICE, Telling.NOT_KNOWN, Telling.DUE)
_SHORTEST = 5  # letters and digits: a postcode has at least five, and a shorter piece of an address is in any text
ASK_FOR_THE_NOTE = "Its agency's own note on handling it is not sent here: ask the hub before you act."
USE = "Use it for the purpose named and no other, and pass it on only with the hub's leave."


def minimised(report: Report, classes: frozenset[FieldClass], least: bool) -> SharedContent:
    """The report as far as these classes go; with `least`, of the people only the child."""
    people = _people(report, classes, least)
    refs = {person.ref for person in people}
    return SharedContent(
        title=report.TITLE,
        about=report.about,
        people=people,
        happened=report.happened,
        ended=report.ended,
        recorded=report.recorded,
        statements=tuple(
            _statement(said, refs, report.about, FieldClass.SOURCE in classes)
            for said in report.statements
            if report.content_of(said.field) in classes
        ),
        place=report.place if FieldClass.LOCATION in classes else None,
    )


def without_places(content: SharedContent, places: Iterable[Place]) -> SharedContent:
    """The content less each statement that holds one of these places in its words: the back door of an address."""
    marks = frozenset(mark for place in places for mark in _marks(place))
    kept = tuple(said for said in content.statements if not _holds(said, marks))
    return content.model_copy(update={"statements": kept})


def names_a_place(words: str, places: Iterable[Place]) -> bool:
    """Whether words hold one of these places, however it is written."""
    plain = _plain(words)
    return any(mark in plain for place in places for mark in _marks(place))


def places_in(report: Report) -> tuple[Place, ...]:
    """Every place that a report holds."""
    found = (report.place, *(person.address for person in report.people))
    return tuple(place for place in found if place is not None)


def told_states(link: ReportLinked) -> tuple[ToldState, ...]:
    """Whether each person in the report has been told, without the words that say why."""
    roles = {named.person: named.role for named in link.roles}
    return tuple(
        ToldState(person=told.person, role=roles[told.person], state=told.state, review_on=told.review_on)
        for told in link.telling
    )


def handling_of(states: tuple[ToldState, ...], said: Iterable[str]) -> str:
    """What the recipient must heed: the agency's own note, who must not be told yet, and what it may be used for."""
    untold = sorted({state.role.value.replace("_", " ") for state in states if state.state in _UNTOLD})
    quiet = (f"Do not tell yet, or let them learn of it: {', '.join(untold)}.",) if untold else ()
    return " ".join((*said, *quiet, USE))[:2000]


def why_recalled(cause: Cause) -> tuple[str, ...]:
    """Why it should not have come to its recipient; nothing where the cause is another."""
    match cause:
        case "moved":
            return ("What you were sent was about another child.",)
        case "taken_back":
            return ("Taken back by whoever shared it: it was not meant for you. Do not open it.",)
        case _:
            return ()


def notes_in(report: Report, hidden: Iterable[Place] = ()) -> tuple[str, ...]:
    """The agency's own notes on how its report is to be handled; one that names a hidden place says only that it is."""
    marks = frozenset(mark for place in hidden for mark in _marks(place))
    notes = (said for said in report.statements if said.field == HANDLING_NOTE)
    return tuple(ASK_FOR_THE_NOTE if not said.value or _holds(said, marks) else str(said.value) for said in notes)


def _people(report: Report, classes: frozenset[FieldClass], least: bool) -> tuple[Person, ...]:
    if FieldClass.IDENTITY not in classes:
        return ()
    named = (person for person in report.people if person.ref == report.about or not least)
    told_by = PersonRole.WITNESS
    return tuple(
        _person(person, person.ref == report.about, FieldClass.LOCATION in classes)
        for person in named
        if person.role is not told_by or person.ref == report.about or FieldClass.SOURCE in classes
    )


def _person(person: Person, is_subject: bool, with_place: bool) -> Person:
    """The person without an address that is not to go; another person's numbers are not needed to know who it is."""
    cut: dict[str, object] = {}
    if not with_place:
        cut["address"] = None
    if not is_subject:
        cut["identifiers"] = ()
    return person.model_copy(update=cut)


def _statement(said: Statement, refs: set[str], child: str, with_source: bool) -> Statement:
    """The statement without the label of somebody who does not go with it, or who said it unless that may go."""
    about = said.about if said.about in refs else None
    said_by = said.said_by if with_source or said.said_by == child else None
    return said.model_copy(update={"about": about, "said_by": said_by})


def _marks(place: Place) -> Iterable[str]:
    first_line = (place.text or "").split(",")[0]
    for piece in (place.postcode or "", place.uprn or "", first_line):
        plain = _plain(piece)
        if len(plain) >= _SHORTEST:
            yield plain


def _holds(said: Statement, marks: frozenset[str]) -> bool:
    code = said.code.display if said.code is not None else None
    words = _plain(f"{said.value or ''} {code or ''} {said.by or ''} {said.said_by or ''}")
    return any(mark in words for mark in marks)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())
