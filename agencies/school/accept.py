"""What is shared with the school turned into the notice that its designated safeguarding lead reads (made-up form)."""

from agencies.agency import Delivered
from agencies.formats import shared_notice
from contracts import strict_json
from contracts.events.sharing import ReportShared
from contracts.identifiers import Scheme
from contracts.strict_json import Json

FORM = "northborough-safeguarding-notice"


def accept(shared: ReportShared) -> Delivered:
    """The notice; it goes to the designated lead alone and into no class register."""
    child = shared_notice.child_of(shared)
    upn = next((one.value for one in child.identifiers if one.scheme == Scheme.UPN), None) if child else None
    notice: dict[str, Json] = {
        "form": FORM,
        "for": "designated safeguarding lead",
        "reference": str(shared.share_id),
        "item": str(shared.origin.report_id),
        "about_reference": str(shared.of) if shared.of is not None else None,
        "heading": shared_notice.heading(shared),
        "pupil": {
            "name": shared_notice.name_of(child),
            "born": child.birth_date.value if child is not None and child.birth_date is not None else None,
            "upn": upn,
        },
        "from": shared.origin.source,
        "subject": shared.content.title if shared.content is not None else None,
        "happened": shared_notice.happened(shared),
        "what_is_said": shared_notice.said(shared),
        "who_has_been_told": shared_notice.told(shared),
        "handling": shared.handling,
        "what_to_do": shared_notice.what_to_do(shared),
        "more_is_held": shared.partial,
        "acknowledge_by": shared.due_by.isoformat() if shared.due_by is not None else None,
    }
    return Delivered(f"safeguarding-notice-{shared.share_id}.json", strict_json.write(notice))
