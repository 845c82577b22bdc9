"""What is said of a file that should hold an agency's public keys and does not, and whose file it may be."""

import re
from types import MappingProxyType

from agencies import registry as partners
from contracts.events.hub import AgencyEnrolled
from hub.adapters.enrolment_file import NotAnEnrolment

SAYS = MappingProxyType(
    {
        "form": "this is not what `hub edge AGENCY --enrolment` prints.",
        "weak_key": "a key in it protects nothing: anybody could sign or read by it. The agency makes new keys.",
        "proof": "whoever made this file does not hold the key in it.",
        "fingerprint": "the fingerprint is not this key's: ask the agency to read it out again, by a number you know.",
        "not_this_agency": "the file does not state the agency as this hub knows it.",
    }
)


def refuse_stranger(stated: AgencyEnrolled) -> None:
    """Raise NotAnEnrolment where it says of the agency what this edition does not."""
    known = next((one for one in partners.AGENCIES if one.name == stated.agency), None)
    if known is None or (known.source, known.kind) != (stated.source, stated.agency_kind):
        raise NotAnEnrolment("not_this_agency")
    if not re.fullmatch(rf"{re.escape(known.name)}-[0-9]{{1,6}}", stated.key_id):
        raise NotAnEnrolment("not_this_agency")
