"""Codes that health messages use about children, as data (SNOMED CT, HL7 v3, NHS England code systems).

A clinical coder confirms the lists; adding a code is adding a line.
"""

from collections.abc import Iterable

from agencies.formats.fhir_values import Coding
from contracts.vocabulary import PersonRole, SensitivityTag, Sex

SNOMED = "http://snomed.info/sct"
CONCERN_TOPIC = "https://childhub.example/codesystem/message-topic"

CONCERN = {
    "836881000000105": "Child is cause for safeguarding concern",
    "1064961000000107": "Child in family is safeguarding concern",
    "878111000000109": "Unborn child is cause for safeguarding concern",
}
UNBORN_CONCERN = "878111000000109"
PROTECTION = {
    "342191000000101": "Subject to child protection plan",
    "342891000000105": "No longer subject to child protection plan",
    "375041000000100": "Family member subject of plan",
    "764841000000100": "Looked after child",
    "764951000000107": "No longer looked after",
    "818901000000100": "Unborn child subject to plan",
    "802251000000109": "Plan category",
    "802271000000100": "Plan category",
    "802281000000103": "Plan category",
    "802301000000102": "Plan category",
    "802311000000100": "Plan category",
    "224353004": "Child protection finding",
}
FGM = {"902961000000107": "Family history of female genital mutilation"}
_PROGRAMMES = {"cp-is": (), "fgm": (SensitivityTag.SEXUAL_HEALTH_FGM,)}
_SNOMED_CODES = CONCERN.keys() | PROTECTION.keys() | FGM.keys()

SEX = {"female": Sex.FEMALE, "male": Sex.MALE, "other": Sex.OTHER, "unknown": Sex.UNKNOWN}

_PARENT = frozenset({"PRN", "MTH", "FTH", "NMTH", "NFTH", "NPRN", "ADOPTP", "ADOPTM", "ADOPTF"})
_CARER = frozenset({"STPPRN", "STPMTH", "STPFTH", "PRNFOST", "MTHFOST", "FTHFOST", "GUARD"})
_SIBLING = frozenset({"SIB", "SIS", "BRO", "HSIB", "HSIS", "HBRO", "NSIB", "NSIS", "NBRO", "TWIN"})


def is_concern(found: Iterable[Coding]) -> bool:
    """Whether any coding marks a message as a concern about a child.

    Accepted: the SNOMED CT codes of CONCERN; `safeguarding` of the UK Core record headings; `safeguarding-concern` of
    our own message topics.
    """
    return any(
        (one.system == SNOMED and one.code in CONCERN)
        or (one.scheme == "ukcore-recordstandardheadings" and one.code == "safeguarding")
        or (one.system == CONCERN_TOPIC and one.code == "safeguarding-concern")
        for one in found
    )


def is_table_code(one: Coding) -> bool:
    """Whether the code is one of the SNOMED CT codes of child protection above."""
    return one.system == SNOMED and one.code in _SNOMED_CODES


def is_programme(one: Coding) -> bool:
    """Whether a flag's category is a national programme that protects children."""
    return one.scheme.startswith(("patientflagcategory", "england-flagcategory")) and one.code.lower() in _PROGRAMMES


def flag_tags(found: Iterable[Coding]) -> tuple[SensitivityTag, ...]:
    """The marks that the codes of a flag call for."""
    fgm = any(one.code in FGM or one.code.lower() == "fgm" for one in found)
    return _PROGRAMMES["fgm"] if fgm else ()


def role_of_relationship(found: Iterable[Coding]) -> PersonRole | None:
    """The role that a relationship code gives (HL7 v3 RoleCode); None for any other, since roles are never guessed."""
    codes = {one.code.upper() for one in found if one.scheme == "v3-rolecode"}
    if codes & (_PARENT | _CARER):
        return PersonRole.PARENT_OR_CARER
    return PersonRole.SIBLING if codes & _SIBLING else None
