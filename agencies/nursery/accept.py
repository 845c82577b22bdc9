"""What is shared with the nursery turned into a note for its designated safeguarding lead (a made-up form)."""

from agencies.agency import Delivered
from agencies.formats import shared_notice
from contracts import strict_json
from contracts.events.sharing import ReportShared
from contracts.strict_json import Json

FORM = "little-oaks-note"


def accept(shared: ReportShared) -> Delivered:
    """The note, for the designated lead's own folder."""
    note: dict[str, Json] = {
        "form": FORM,
        "for": "designated safeguarding lead",
        "reference": str(shared.share_id),
        "item": str(shared.origin.report_id),
        "about_reference": str(shared.of) if shared.of is not None else None,
        "heading": shared_notice.heading(shared),
        "child": shared_notice.name_of(shared_notice.child_of(shared)),
        "happened": shared_notice.happened(shared),
        "what_is_said": shared_notice.said(shared),
        "who_has_been_told": shared_notice.told(shared),
        "handling": shared.handling,
        "what_to_do": shared_notice.what_to_do(shared),
    }
    return Delivered(f"note-{shared.share_id}.json", strict_json.write(note))
