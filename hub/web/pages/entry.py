"""One entry by itself: every version, its basis, who was told, its source, its proof. Each look is decided anew."""

from collections.abc import Iterator
from uuid import UUID

from starlette.responses import Response

from hub.application.prove_report import ReportProofs, proof_of_report, prove_reports
from hub.application.read_chronology import read_chronology
from hub.domain.chronology import Chronology, Entry
from hub.domain.moment import day_in_london
from hub.domain.snapshot import snapshot
from hub.web.forms import Search, read_search
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import apart, find
from hub.web.pages.audit_parts import proving


def show(visit: Visit) -> Response:
    """The entry. Raises AccessRefused (on record), NoSuchPage, StoreUnavailable, Conflict, Unreadable."""
    today = day_in_london(visit.parts.clock.now())
    asked = read_search(visit.fields, today)
    if not isinstance(asked, Search):
        return find.form(visit, asked, 422)
    shown, entry = _found(visit, asked)
    snap = snapshot(shown, today)
    return visit.show(
        "one_entry.html",
        snap=snap,
        shown=shown,
        entry=entry,
        purpose=asked.purpose,
        to_state=_standing(entry),
        opens=apart.offer(visit, today=not shown.as_known_on),
        proved=_proved(visit, shown, entry),
    )


def take_proof(visit: Visit) -> Response:
    """The proof of one version as a file, for whoever may see the entry, and on record as another look at it.

    Raises AccessRefused (on record), NoSuchPage, StoreUnavailable, Conflict, Unreadable.
    """
    asked = read_search(visit.fields, day_in_london(visit.parts.clock.now()))
    if not isinstance(asked, Search):
        return find.form(visit, asked, 422)
    shown, entry = _found(visit, asked)
    report_id = next(
        one.report_id for one in (entry, *entry.later) if one.report_id in set(_ids(visit.field("report")))
    )
    made = proof_of_report(proving(visit), visit.parts.store, shown.person_id, report_id)
    if made is None:
        raise NoSuchPage
    headers = {"Content-Disposition": 'attachment; filename="entry-proof.zip"'}
    return Response(made, headers=headers, media_type="application/zip")


def _found(visit: Visit, asked: Search) -> tuple[Chronology, Entry]:
    """What is shown of the child, and the entry named. Raises AccessRefused (on record), NoSuchPage, and as reading."""
    shown = read_chronology(visit.parts.reading(), visit.member.actor, asked.child, asked.purpose, asked.as_known_on)
    entry = named(visit.field("report"), shown)
    if entry is None:
        raise NoSuchPage
    return shown, entry


def _proved(visit: Visit, shown: Chronology, entry: Entry) -> ReportProofs | None:
    """How far each of its versions is proved; nothing on a day gone by, when none of that was known."""
    if shown.as_known_on is not None:
        return None
    versions = frozenset(one.report_id for one in (entry, *entry.later))
    return prove_reports(proving(visit), visit.parts.store, shown.person_id, versions)


def _standing(entry: Entry) -> Entry | None:
    """The newest version of it, about whose people something is stated; None where its agency has withdrawn it."""
    return None if entry.withdrawn else (entry, *entry.later)[-1]


def named(text: str, shown: Chronology) -> Entry | None:
    """The entry that holds the report named, as itself or as a later version of it; None where none is shown."""
    wanted = next(_ids(text), None)
    entries = (*shown.entries, *shown.described)
    return next((one for one in entries if wanted in {one.report_id, *(later.report_id for later in one.later)}), None)


def _ids(text: str) -> Iterator[UUID]:
    try:
        yield UUID(text)
    except ValueError:
        return


PAGES = (Page("POST", "/entry", show), Page("POST", "/entry/proof", take_proof))
