"""Communications about the safety of a child: one concern for each child named."""

from collections.abc import Iterable

from agencies.agency import Stated
from agencies.formats.draft import says
from agencies.formats.fhir_build import Happening, Item, Named, label_people, open_case, report, retraction
from agencies.formats.fhir_codes import SNOMED, UNBORN_CONCERN, is_concern
from agencies.formats.fhir_local import is_marked
from agencies.formats.fhir_parts import Left, subject, time_of
from agencies.formats.fhir_people import Party
from agencies.formats.fhir_r4 import Body
from agencies.formats.fhir_values import Coding, as_code, codings, member, members, text, updated
from contracts.errors import NotReadable
from contracts.events.shared import ConcernRaised
from contracts.report import Statement
from contracts.vocabulary import PersonRole, StatementKind
from contracts.when import When

_SENT = frozenset({"completed", "in-progress", "unknown"})
_NOT_SENT = frozenset({"preparation", "not-done", "on-hold", "stopped"})
_CHILDREN = (PersonRole.CHILD, PersonRole.UNBORN_CHILD)


def communication(item: Item) -> tuple[Stated, ...]:
    """A concern for each child whom the message is about.

    Raises Left (resource_not_shared, not_sent), NotReadable (status, no_child_named, person_missing), ValidationError.
    """
    status = text(item.body, "status") or ""
    if status not in _SENT | _NOT_SENT | {"entered-in-error"}:
        raise NotReadable("status")
    topics = _topics(item.body)
    if not is_concern(topics):
        raise Left("resource_not_shared")
    if status in _NOT_SENT:
        raise Left("not_sent")
    sent = time_of(text(item.body, "sent"))
    case = open_case(item, label_people(_people(item, topics, time_of(sent.value, updated(item.body)))))
    children = [one for one in case.people if one.role in _CHILDREN]
    if not children:
        raise NotReadable("no_child_named")
    if status == "entered-in-error":
        return tuple(retraction(case, ConcernRaised, one, _part(at)) for at, one in enumerate(children))
    said = (*_category(topics), *_payload(item.body))
    return tuple(
        report(case, ConcernRaised, one, Happening(sent, None, _about(said, one), _part(at)))
        for at, one in enumerate(children)
    )


def _part(place: int) -> str:
    return str(place) if place else ""


def _topics(body: Body) -> tuple[Coding, ...]:
    concepts = (*members(body, "category"), member(body, "topic"), *members(body, "reasonCode"))
    return tuple(one for concept in concepts for one in codings(concept))


def _people(item: Item, topics: tuple[Coding, ...], at: When) -> Iterable[tuple[Party, PersonRole]]:
    """Those named in `subject` and `about`: children, unless the message or their age says otherwise."""
    unborn = any(one.system == SNOMED and one.code == UNBORN_CONCERN for one in topics)
    found = [subject(one, item) for one in (member(item.body, "subject"), *members(item.body, "about")) if one]
    people = [one for one in found if one is not None]
    for party in people:
        if party.role is not None:
            yield party, party.role
        elif party.age_on(at.day()) == "adult" or party.described_by_relation():
            yield party, PersonRole.PARENT_OR_CARER if unborn else PersonRole.OTHER
        elif unborn:
            yield party, PersonRole.PARENT_OR_CARER
        else:
            yield party, PersonRole.CHILD
    if unborn and people:
        yield Party(said="", unborn=True), PersonRole.UNBORN_CHILD


def _category(topics: tuple[Coding, ...]) -> tuple[Statement, ...]:
    fact = StatementKind.FACT_RECORDED
    kept = [one for one in topics if is_concern((one,))]
    return tuple(
        said for one in kept for said in says("category", fact, one.display, code=as_code(one, recognised=True))
    )


def _payload(body: Body) -> tuple[Statement, ...]:
    """The unmarked words of the message: what somebody says, not proved. A kind is never read from words."""
    by = text(member(body, "sender"), "display")
    return tuple(
        said
        for part in members(body, "payload")
        if not is_marked(part)
        for said in says(
            "what_happened", StatementKind.ALLEGATION, text(part, "contentString"), by=by, confidence="low_mapping"
        )
    )


def _about(said: tuple[Statement, ...], one: Named) -> tuple[Statement, ...]:
    return tuple(statement.model_copy(update={"about": one.ref}) for statement in said)
