"""Operation Encompass: the police tell of domestic abuse, and the child's school knows before its next day begins.

The least goes, to the designated lead, by itself. A nursery is not reached by the duty: that is noticed and on record,
with the way by which a person may tell it.
"""

from collections.abc import Mapping

from contracts.agreement import Agreement
from contracts.events.hub import ReportLinked
from contracts.events.sharing import DisclosureDecided
from contracts.vocabulary import Purpose
from hub.application.ports import Stream
from hub.application.share_reports import SharingOn, disclose
from hub.domain.disclosing import Disclosing, Wish
from hub.domain.relied_basis import SCHOOL_DUTY, Party
from hub.domain.school_day import SchoolCalendar
from hub.domain.school_notice import settings_of


def notify_schools(
    sharing: SharingOn, agreements: Mapping[str, Agreement], calendar: SchoolCalendar, notice: ReportLinked
) -> int:
    """How many places of the child were decided about; each once for one notice, however often this is asked.

    Raises StoreUnavailable, Unreadable, Conflict, NotEnrolled.
    """
    standing = sharing.store.read_history(notice.person_id).standing()
    if all(link.report_id != notice.report_id for link in standing):
        return 0
    decided = _decided(sharing, notice)
    made = 0
    for setting in settings_of(standing):
        if setting.party.source in decided or setting.party.source not in agreements:
            continue
        disclose(sharing, notice.person_id, _asked(sharing, agreements, calendar, notice, setting.party))
        made += 1
    return made


def _decided(sharing: SharingOn, notice: ReportLinked) -> frozenset[str]:
    """The recipients about whom this notice was decided before."""
    facts = sharing.store.read_stream(Stream.access(notice.person_id))
    return frozenset(
        fact.recipient
        for fact in facts
        if isinstance(fact, DisclosureDecided) and fact.cause == "duty" and notice.report_id in fact.asked_for
    )


def _asked(
    sharing: SharingOn,
    agreements: Mapping[str, Agreement],
    calendar: SchoolCalendar,
    notice: ReportLinked,
    place: Party,
) -> Disclosing:
    now = sharing.clock.now()
    return Disclosing(
        cause="duty",
        sharer=Party(notice.source, notice.agency_kind),
        recipient=place,
        agreement=agreements[place.source],
        purpose=Purpose.DOMESTIC_ABUSE_SCHOOL,
        at=now,
        wishes=(Wish(notice.report_id, sharing.clock.new_id()),),
        due_by=calendar.next_start(now),
        basis=SCHOOL_DUTY,
    )
