"""Code tables of the DfE children's social care collections; an unknown code is kept, and marked as not recognised.

Source: the children in need census and SSDA903 code lists, as the open validators and the Standard Safeguarding
Dataset hold them. Meanings are short and ours; an empty one is a code we accept and hold no meaning for.
"""

from collections.abc import Mapping

from contracts.report import Code
from contracts.vocabulary import SensitivityTag, Sex

Table = Mapping[str, str]


def _plain(codes: str) -> Table:
    return dict.fromkeys(codes.split(), "")


REFERRAL_SOURCE: Table = {
    "1A": "Family", "1B": "Acquaintance", "1C": "Self", "1D": "Other person", "2A": "School",
    "2B": "Education service", "3A": "GP", "3B": "Health visitor", "3C": "School nurse", "3D": "Other primary health",
    "3E": "A&E", "3F": "Other health", "4": "Housing", "5A": "Council, adult social care", "5B": "Council, other",
    "5C": "Another council", "5D": "Council, early help", "6": "Police", "7": "Justice, immigration or Cafcass",
    "8": "Other", "9": "Anonymous", "10": "Unknown",
}  # fmt: skip
INFORMANTS = frozenset({"1A", "1B", "1C", "1D", "9"})
CLOSURE_REASON: Table = {
    "RC1": "Adopted", "RC2": "Died", "RC3": "Child arrangements order", "RC4": "Special guardianship",
    "RC5": "Moved to another council", "RC6": "To adult services", "RC7": "Other, or no longer in need",
    "RC8": "After assessment, no action", "RC9": "After assessment, to early help",
}  # fmt: skip
_WHO = (("A", "child"), ("B", "parent or carer"), ("C", "another in the household"))
_THEMES = (
    ("1", "Alcohol"), ("2", "Drugs"), ("3", "Domestic abuse"), ("4", "Mental health"), ("5", "Learning disability"),
    ("6", "Physical disability or illness"),
)  # fmt: skip
FACTOR: Table = {
    **{f"{number}{who}": f"{theme}: {of}" for number, theme in _THEMES for who, of in _WHO},
    "7A": "Young carer", **dict.fromkeys(("8B", "8C", "8D", "8E", "8F"), "Privately fostered"),
    "9A": "Unaccompanied asylum seeker", "10A": "Missing", "11A": "Sexual exploitation", "12A": "Trafficking",
    "13A": "Gangs", "14A": "Socially unacceptable behaviour", "15A": "Self-harm", "16A": "Neglect",
    "17A": "Emotional abuse", "18A": "Physical abuse, withdrawn code", "18B": "Physical abuse, child on child",
    "18C": "Physical abuse by an adult", "19A": "Sexual abuse, withdrawn code", "19B": "Sexual abuse, child on child",
    "19C": "Sexual abuse by an adult", "20": "Other", "21": "None found", "22A": "Female genital mutilation",
    "23A": "Abuse linked to faith or belief", "24A": "Criminal exploitation",
}  # fmt: skip
WITHDRAWN_FACTORS = frozenset({"18A", "19A"})
NO_FACTOR = "21"
_MIND = (SensitivityTag.HEALTH, SensitivityTag.MENTAL_HEALTH)
_BODY = (SensitivityTag.HEALTH,)
FACTOR_TAGS: Mapping[str, tuple[SensitivityTag, ...]] = {
    **{f"3{who}": (SensitivityTag.VICTIM_SAFETY,) for who, _ in _WHO},
    **{f"4{who}": _MIND for who, _ in _WHO},
    **{f"{number}{who}": _BODY for number in "1256" for who, _ in _WHO},
    "15A": _MIND,
    "9A": (SensitivityTag.IMMIGRATION,),
    "22A": (SensitivityTag.SEXUAL_HEALTH_FGM,),
}
START_REASON: Table = {
    "S": "Started to be looked after", "L": "Legal status changed", "P": "Placement and carer changed",
    "T": "Placement changed, same carer", "B": "Legal status, placement and carer changed",
    "U": "Legal status and placement changed, same carer",
}  # fmt: skip
PLACEMENT_TYPE: Table = {
    **dict.fromkeys(("A3", "A4", "A5", "A6"), "Placed for adoption"), "H5": "Semi-independent",
    "K1": "Secure children's home", "K2": "Children's home", "P1": "With parents", "P2": "Independent",
    "P3": "Residential employment", "R1": "Residential care home", "R2": "NHS", "R3": "Mother and baby",
    "R5": "Young offender institution", "S1": "Residential school",
    **dict.fromkeys(("T0", "T1", "T2", "T3", "T4"), "Temporary"),
    **dict.fromkeys(("U1", "U2", "U3", "U4", "U5", "U6"), "Foster care"), "Z1": "Other",
}  # fmt: skip
PLACEMENT_TAGS: Mapping[str, SensitivityTag] = {
    **dict.fromkeys(("A3", "A4", "A5", "A6"), SensitivityTag.ADOPTION),
    **dict.fromkeys(("K1", "R5"), SensitivityTag.CRIMINAL),
}
END_REASON: Table = {
    "X1": "Next episode follows", "E11": "Adopted", "E12": "Adopted", "E2": "Died", "E3": "Another council took over",
    "E4A": "Home, as planned", "E4B": "Home, not planned", "E13": "Home to others without parental responsibility",
    "E14": "Remand ended", "E15": "Found to be an adult", "E16": "Moved abroad", "E17": "Stayed with carers at 18",
    "E41": "Child arrangements order", **dict.fromkeys(("E45", "E46", "E47", "E48"), "Special guardianship"),
    "E5": "Independent living, with support", "E6": "Independent living", "E7": "To adult services", "E8": "Other",
    "E9": "Sentenced to custody",
}  # fmt: skip
END_TAGS: Mapping[str, SensitivityTag] = {
    **dict.fromkeys(("E11", "E12"), SensitivityTag.ADOPTION),
    **dict.fromkeys(("E9", "E14"), SensitivityTag.CRIMINAL),
}
CHANGE_REASON: Table = {
    "CARPL": "Care plan", "CLOSE": "Placement closed", "ALLEG": "Allegation", "STAND": "Standards concern",
    "APPRR": "Approval removed", "CREQB": "Carer asked", "CREQO": "Carer asked", "CHILD": "Child asked",
    "LAREQ": "Council asked", "PLACE": "Change of provider's status", "CUSTOD": "Custody", "OTHER": "Other",
}  # fmt: skip
ACTIVITY = _plain("F1 P1 F2 P2 F4 P4 F5 P5 G4 G5 G6")
ACCOMMODATION = _plain("B C D E G H K R S T U V W X Y Z 0 1 2")
DISABILITY: Table = {
    "NONE": "None", "MOB": "Mobility", "HAND": "Hand function", "PC": "Personal care", "INC": "Incontinence",
    "COMM": "Communication", "LD": "Learning", "HEAR": "Hearing", "VIS": "Vision", "BEH": "Behaviour",
    "CON": "Consciousness", "AUT": "Autism", "DDA": "Other",
}  # fmt: skip
ETHNICITY = _plain(
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"
)
UPN_UNKNOWN = _plain("UN1 UN2 UN3 UN4 UN5 UN6 UN7")
SEX: Mapping[str, Sex] = {"F": Sex.FEMALE, "M": Sex.MALE, "U": Sex.UNKNOWN}
OLD_SEX: Mapping[str, Sex] = {"1": Sex.MALE, "2": Sex.FEMALE, "0": Sex.UNKNOWN, "9": Sex.OTHER}


def folded(raw: str) -> str:
    """The code as the tables hold it: no white space at the ends, upper case."""
    return raw.strip().upper()


def coded(system: str, table: Table, raw: str | None) -> Code | None:
    """The code as it was sent, with its meaning where we hold one; None when nothing was sent."""
    if raw is None or not raw.strip():
        return None
    key = folded(raw)
    return Code(system=f"dfe:{system}", code=raw.strip(), display=table.get(key) or None, recognised=key in table)
