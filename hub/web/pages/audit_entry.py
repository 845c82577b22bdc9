"""One entry, proved in front of whoever reads it, and the proof as a file. Each look is on record first."""

import re

from starlette.responses import Response

from hub.application.hand_out_proof import hand_out_proof
from hub.application.prove_entry import ProvedEntry, ProvingEntries, prove_entry
from hub.domain import access_words
from hub.domain.errors import NotOnRecord
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages.audit_parts import checking, names, of_this_role

_NUMBER = re.compile(r"([1-9][0-9]{0,17})(/proof)?")


def show(visit: Visit) -> Response:
    """The entry, or the file. Raises NotForThisRole and NoSuchPage (on record), StoreUnavailable, Unreadable."""
    found = _NUMBER.fullmatch(visit.rest)
    if found is None:
        raise NoSuchPage
    number = int(found[1])
    if found[2]:
        return _file(visit, number)
    entry = proved(visit, number)
    return visit.show("audit_entry.html", number=number, entry=entry, names=names(visit), words=access_words)


def proved(visit: Visit, number: int) -> ProvedEntry:
    """The entry. Raises NotForThisRole and NoSuchPage (the try is on record), StoreUnavailable, Unreadable."""
    try:
        return of_this_role(lambda: prove_entry(_proving(visit), visit.member.actor, number))
    except NotOnRecord:
        raise NoSuchPage from None


def _file(visit: Visit, number: int) -> Response:
    try:
        made = of_this_role(lambda: hand_out_proof(_proving(visit), visit.member.actor, number))
    except NotOnRecord:
        raise NoSuchPage from None
    headers = {"Content-Disposition": f'attachment; filename="entry-{number}.zip"'}
    return Response(made, headers=headers, media_type="application/zip")


def _proving(visit: Visit) -> ProvingEntries:
    return ProvingEntries(checking(visit), visit.parts.kept, visit.parts.proofs)


PAGES = (Page("GET", "/audit/entry/{rest:path}", show),)
