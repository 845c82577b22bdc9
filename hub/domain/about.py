"""What an entry is about: by which report it is, and by the class of content of each of its statements that is shown.

It is read from closed sets of the published language alone, never from words. An entry may be about more than one.
"""

from collections.abc import Iterable, Mapping
from enum import Enum

from contracts.catalogue import REPORTS
from contracts.vocabulary import FieldClass
from hub.domain.chronology import Entry


class About(Enum):
    """What an entry may be about: its code, its words."""

    CONCERN = ("concern", "A concern about the child")
    DOMESTIC_ABUSE = ("domestic_abuse", "Domestic abuse")
    MISSING = ("missing", "Going missing")
    HEALTH = ("health", "Health")
    SCHOOL = ("school", "School and attendance")
    CARE = ("care", "Plans, care and protection")
    CRIME = ("crime", "Offences, custody, risk from adults")

    @property
    def code(self) -> str:
        """What a form sends."""
        return self.value[0]

    @property
    def words(self) -> str:
        """What a form says."""
        return self.value[1]


OF_REPORT: Mapping[About, tuple[str, ...]] = {
    About.CONCERN: ("concern.raised", "risk.state"),
    About.DOMESTIC_ABUSE: ("domestic_abuse.notified",),
    About.MISSING: ("missing.started", "missing.ended", "return_interview.held"),
    About.HEALTH: (
        *("ae.attendance", "ae.attendance_ended", "ae.admitted", "wellbeing.scored"),
        *("health.missed_appointment", "health.flag_set", "health.flag_cleared"),
    ),
    About.SCHOOL: ("attendance.summary", "school.enrolled", "school.left", "school.suspended", "school.excluded"),
    About.CARE: (
        *("contact.received", "referral.received", "referral.closed", "assessment.completed", "s47.started"),
        *("s47.ended", "cp_conference.held", "cp_plan.started", "cp_plan.ended", "cin_plan.started", "cin_plan.ended"),
        *("looked_after.started", "looked_after.ended", "early_help.started", "early_help.ended"),
        *("care_leaver.contacted", "adoption.step_recorded", "police_protection.used", "involvement.stated"),
    ),
    About.CRIME: (
        *("custody.released", "custody.received", "risk_register.added", "risk_register.ended"),
        "warning_marker.stated",
    ),
}
_OF_CONTENT: Mapping[FieldClass, About] = {
    FieldClass.HEALTH: About.HEALTH,
    FieldClass.EDUCATION: About.SCHOOL,
    FieldClass.SOCIAL_CARE: About.CARE,
    FieldClass.CRIMINAL: About.CRIME,
}
_BY_TYPE: Mapping[str, About] = {name: one for one, names in OF_REPORT.items() for name in names}
_BY_FIELD: Mapping[tuple[str, str], About] = {
    (report.TYPE, rule.name): _OF_CONTENT[rule.content]
    for report in REPORTS
    for rule in report.FIELDS
    if rule.content in _OF_CONTENT
}


def about(entry: Entry) -> frozenset[About]:
    """What the entry, or what corrects it, is about; nothing where its report says only who somebody is."""
    found = {_BY_TYPE[entry.type]} if entry.type in _BY_TYPE else set[About]()
    for one in (entry, *entry.later):
        for line in (*one.facts, *one.views, *one.child_words):
            of_line = _BY_FIELD.get((one.type, line.field))
            if of_line is not None:
                found.add(of_line)
    return frozenset(found)


def any_about(entries: Iterable[Entry]) -> tuple[About, ...]:
    """All that any of the entries is about, in the order of the set."""
    found = frozenset[About]().union(*map(about, entries))
    return tuple(one for one in About if one in found)
