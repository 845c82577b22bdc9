"""What is shared with the force turned into a log entry for its public protection desk (a made-up form)."""

from agencies.agency import Delivered
from agencies.formats import shared_notice
from contracts import strict_json
from contracts.events.sharing import ReportShared
from contracts.report import Person
from contracts.strict_json import Json
from contracts.vocabulary import StatementKind

FORM = "hexley-partner-information"
_VIEWS = (StatementKind.PROFESSIONAL_OPINION, StatementKind.SYSTEM_DERIVED)
_FACTS = tuple(kind for kind in StatementKind if kind not in _VIEWS)


def accept(shared: ReportShared) -> Delivered:
    """The log entry: fact and opinion apart (DPA 2018 s38(2)), and the basis on which the force may hold it."""
    content = shared.content
    entry: dict[str, Json] = {
        "form": FORM,
        "desk": "public protection",
        "reference": str(shared.share_id),
        "item": str(shared.origin.report_id),
        "about_reference": str(shared.of) if shared.of is not None else None,
        "heading": shared_notice.heading(shared),
        "source_agency": shared.origin.source,
        "urgent": shared.urgent,
        "nominals": [_nominal(person) for person in (content.people if content is not None else ())],
        "location": content.place.text if content is not None and content.place is not None else None,
        "happened": shared_notice.happened(shared),
        "fact": shared_notice.said(shared, *_FACTS),
        "opinion": shared_notice.said(shared, *_VIEWS),
        "not_to_be_told": [one.person for one in shared.telling if one.state.value.startswith("not_told")],
        "purpose": shared.purpose.value,
        "basis": [one.model_dump(mode="json", exclude_none=True) for one in shared.bases],
        "handling": shared.handling,
        "what_to_do": shared_notice.what_to_do(shared),
        "more_is_held": shared.partial,
    }
    return Delivered(f"partner-information-{shared.share_id}.json", strict_json.write(entry))


def _nominal(person: Person) -> Json:
    born = person.birth_date.value if person.birth_date is not None else None
    return {"label": person.ref, "role": person.role.value, "name": shared_notice.name_of(person), "born": born}
