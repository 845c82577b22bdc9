"""What of a report is held apart by what it is or is marked as, and in which compartment: one table, in order.

Where somebody is, and who told, are looked for in all that a report says (compartments.py); these go by marks, codes
and the hub's registry alone, so that whoever reads the table knows what it takes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from contracts.compartment import Compartment
from contracts.report import Report, Statement
from contracts.vocabulary import RestrictedKind, SensitivityTag
from hub.domain.arrival import tags_of

Takes = Callable[[Statement], bool]
_REGISTER_OF_CONFERENCE: Final = "IMAR"  # the probation register of adults at a MARAC
_OTHER_LAW: Final = frozenset(RestrictedKind) - {RestrictedKind.ADOPTION_RECORD}


@dataclass(frozen=True, slots=True)
class ByMark:
    """One row: which compartment, what it takes of a report (None: nothing), and whether the other people go too.

    `of_staff`: somebody in the report is known to the registry as staff, or as theirs.
    """

    name: Compartment
    takes: Callable[[Report, bool], Takes | None]
    people: bool = False


def everything(_said: Statement) -> bool:
    """All that a report says, and with it the words beside its statements."""
    return True


def _of_conference(report: Report, _of_staff: bool) -> Takes | None:
    """Whether there was a referral, said yes or no; all of an entry on the conference's own register.

    What an officer, or a checklist, made of the risk is not taken: by it a child's danger is judged.
    """
    if any(said.code is not None and said.code.code == _REGISTER_OF_CONFERENCE for said in report.statements):
        return everything
    return _names_conference if any(_names_conference(said) for said in report.statements) else None


def _names_conference(said: Statement) -> bool:
    """Whether it is coded as about the conference; it goes when the answer is no too, or its absence would say yes."""
    return said.code is not None and said.code.system.rpartition(":")[2] == "marac"


def _of_adoption(report: Report, _of_staff: bool) -> Takes | None:
    marked = SensitivityTag.ADOPTION in tags_of(report)
    return everything if marked or RestrictedKind.ADOPTION_RECORD in report.handling.restricted else None


def _of_staff(report: Report, of_staff: bool) -> Takes | None:
    return everything if of_staff or SensitivityTag.RESTRICTED_PERSON in tags_of(report) else None


def _of_other_law(report: Report, _of_staff: bool) -> Takes | None:
    return everything if _OTHER_LAW & set(report.handling.restricted) else None


BY_MARK: Final = (
    ByMark(Compartment.MARAC, _of_conference),
    ByMark(Compartment.ADOPTION, _of_adoption, people=True),
    ByMark(Compartment.STAFF_SUBJECT, _of_staff),
    ByMark(Compartment.RESTRICTED, _of_other_law),
)
