"""Flags of the national programmes that protect children (CP-IS, FGM), and of codes that say the same."""

from dataclasses import replace

from agencies.agency import Stated
from agencies.formats.draft import says
from agencies.formats.fhir_build import Happening, Item, label_people, open_case, report, retraction
from agencies.formats.fhir_codes import flag_tags, is_programme, is_table_code
from agencies.formats.fhir_parts import Left, required_subject, time_of
from agencies.formats.fhir_r4 import Body
from agencies.formats.fhir_values import (
    as_code,
    codings,
    extensions,
    member,
    members,
    text,
    updated,
    wording,
)
from contracts.errors import NotReadable
from contracts.events.health import HealthFlagCleared, HealthFlagSet
from contracts.report import Statement
from contracts.vocabulary import StatementKind


def flag(item: Item) -> tuple[Stated, ...]:
    """A flag set, or ended; an ended flag does not say that the concern was wrong.

    Raises Left (not_safeguarding), NotReadable (status, code_unknown: it is in words alone), ValidationError.
    """
    status = text(item.body, "status")
    if status not in ("active", "inactive", "entered-in-error"):
        raise NotReadable("status")
    categories = [one for concept in members(item.body, "category") for one in codings(concept)]
    found = (*categories, *codings(member(item.body, "code")))
    if not found:
        raise NotReadable("code_unknown")
    if not any(is_programme(one) or is_table_code(one) for one in found):
        raise Left("not_safeguarding")
    period = member(item.body, "period")
    start, end = text(period, "start"), text(period, "end")
    who = required_subject(item)
    role = who.role_on(time_of(start, _made(item.body), updated(item.body)).day())
    case = replace(open_case(item, label_people(((who, role),))), tags=flag_tags(found))
    about = case.people[0]
    if status == "entered-in-error":
        return (retraction(case, HealthFlagSet, about),)
    said = (*_flag(item.body), *_categories(item.body))
    if status == "inactive":
        return (report(case, HealthFlagCleared, about, Happening(time_of(end), None, said), whole=False),)
    state = says("flag_status", StatementKind.FACT_RECORDED, status)
    return (report(case, HealthFlagSet, about, Happening(time_of(start), None, (*said, *state))),)


def _flag(body: Body) -> tuple[Statement, ...]:
    """The flag's code, and its notes; a view, since a flag is set on somebody's judgement."""
    view = StatementKind.PROFESSIONAL_OPINION
    concept = member(body, "code")
    first = next(iter(codings(concept)), None)
    code = as_code(first, recognised=is_table_code(first)) if first is not None else None
    notes = [text(member(one, "valueAnnotation"), "text") for one in extensions(body, "extension-flagnotes")]
    by = text(member(body, "author"), "display")
    return (
        *says("flag", view, wording(concept), code=code, by=by),
        *(one for note in notes for one in says("flag", view, note, by=by)),
    )


def _categories(body: Body) -> tuple[Statement, ...]:
    fact = StatementKind.FACT_RECORDED
    return tuple(
        said
        for concept in members(body, "category")
        for one in codings(concept)
        for said in says("flag_category", fact, one.display, code=as_code(one, recognised=is_programme(one)))
    )


def _made(body: Body) -> str | None:
    """When the flag was made, as a Provenance inside it says."""
    inside = members(body, "contained")
    return next((text(one, "recorded") for one in inside if one.get("resourceType") == "Provenance"), None)
