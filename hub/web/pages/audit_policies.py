"""By which policies people may act here, in words, and since when they stand on record. Each look is on record."""

from itertools import groupby

from starlette.responses import Response

from hub.application.read_policies import read_policies
from hub.web.page import Page, Visit
from hub.web.pages.audit_parts import checking, of_this_role, today

ROOMS = {
    "1_front_door.cedar": "What people may do in their work",
    "2_relations.cedar": "Who may look because of how they stand to the child",
    "3_checking.cedar": "Checking",
    "4_emergency.cedar": "In an emergency",
    "5_never.cedar": "What nobody may do",
}
EFFECTS = {"permit": "Permits", "forbid": "Forbids"}


def show(visit: Visit) -> Response:
    """The page. Raises NotForThisRole (the try is on record), StoreUnavailable, Unreadable."""
    found = of_this_role(lambda: read_policies(checking(visit), visit.parts.policies, visit.member.actor))
    by_file = groupby(found.policies, key=lambda one: one.file)
    return visit.show(
        "audit_policies.html",
        found=found,
        rooms=tuple((ROOMS.get(file, file), tuple(policies)) for file, policies in by_file),
        effects=EFFECTS,
        today=today(visit),
    )


# No role stands here: who may look is decided by the use case, so that a refused try is on record too.
PAGES = (Page("GET", "/audit/policies", show),)
