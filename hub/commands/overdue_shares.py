"""`hub shares --overdue`: what went to an agency where nobody has read it in time, across all children."""

from contracts.strict_json import Json
from hub.application.list_overdue_shares import ListingShares, list_overdue_shares
from hub.application.sign_in import act_as
from hub.commands.one_line import in_json
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.settings import Settings
from hub.views.shares import SHARES, Unread
from hub.wiring import Hub, titles


def run(settings: Settings, staff: str, *, as_json: bool) -> int:
    """0, with the list printed. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    hub = Hub(settings)
    hub.follow()
    with then_follow(hub):
        found = listed(hub, staff)
        if as_json:
            print(in_json({"overdue": [as_object(one) for one in found]}))
        else:
            for line in lines(found):
                print(line)
    return 0


def listed(hub: Hub, staff: str) -> tuple[Unread, ...]:
    """The list as this member of staff may see it. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    rows = hub.view_rows.read(SHARES)
    listing = ListingShares(hub.store, hub.index, hub.clock, hub.law, hub.deciding(), rows)
    return list_overdue_shares(listing, act_as(hub.store, staff))


def lines(found: tuple[Unread, ...]) -> list[str]:
    """The list for a terminal."""
    called = titles()
    told = [
        f"since {words.moment(one.due_by)}: {called.get(one.recipient, one.recipient)}, report {one.report_id}, "
        f"child hub:{one.person_id}, {_how_far(one)}"
        for one in found
    ]
    return told or ["Nothing is overdue: everything that was due has been read."]


def _how_far(one: Unread) -> str:
    if one.delivered_at is not None:
        return f"delivered {words.moment(one.delivered_at)}, nobody has said that it was read"
    return "nobody has said that it was read, nor that it was delivered" if one.sent else "it has not left yet"


def as_object(one: Unread) -> dict[str, Json]:
    """One share as a JSON object."""
    return {
        "share": str(one.share_id),
        "report": str(one.report_id),
        "person": str(one.person_id),
        "recipient": one.recipient,
        "due_by": one.due_by.isoformat(),
        "sent": one.sent,
        "delivered_at": one.delivered_at.isoformat() if one.delivered_at is not None else None,
    }
