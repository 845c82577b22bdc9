"""What to think of before somebody is told, or information goes on: questions for a person, which hold nothing up.

The four principles for work with parents are those of Working Together 2023 chapter 1, put as questions in our own
words; the wording of the 2026 edition was not seen.
"""

from dataclasses import dataclass
from enum import Enum

from consent.finding import Evidence
from contracts.vocabulary import PersonRole, Purpose, Telling

_WITH_PARENTS = "Working Together to Safeguard Children 2023, ch 1 (whether the 2026 edition keeps it was not seen)"
_WISHES = "Children Act 1989 s17(4A), s47(5A)"
_ADVICE = "DfE information sharing advice 2024"
_PARENTS = frozenset({PersonRole.PARENT_OR_CARER})
_CHILDREN = frozenset({PersonRole.CHILD})
_EVERYBODY = frozenset(PersonRole)
WITHHELD = frozenset({Telling.NOT_TOLD_SAFETY, Telling.NOT_TOLD_PREJUDICE})
_TOLD = frozenset({Telling.TOLD_BEFORE, Telling.TOLD_AT, Telling.TOLD_AFTER, Telling.DUE})


class Occasion(Enum):
    """What is about to be done, or has been."""

    TELLING = "telling"  # a person is told, or is to be
    NOT_TELLING = "not_telling"  # a person is not told yet, with a reason
    SHARING = "sharing"  # information goes on to another agency


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question: its code, the words, where it comes from and how that was checked. `roles`: whom it is about."""

    code: str
    asks: str
    citation: str
    evidence: Evidence
    occasions: frozenset[Occasion]
    roles: frozenset[PersonRole] = _EVERYBODY


_T, _N, _S = (frozenset({each}) for each in Occasion)
PROMPTS: tuple[Prompt, ...] = (
    Prompt(
        "telling-safe",
        "Would anybody be put at risk by this telling, its time, its place, or by who else may hear or see it?",
        f"{_ADVICE}, rules 2 and 5",
        Evidence.SECONDARY,
        _T,
    ),
    Prompt(
        "child-view",
        "Has the child been asked, alone and in a way that suits them, what they wish and feel about this?",
        _WISHES,
        Evidence.KNOWLEDGE,
        _T | _N | _S,
    ),
    Prompt(
        "child-agrees",
        "Does the child agree to this person being told? If not: what was the child's reason, and what outweighs it?",
        f"{_WISHES}; UN Convention on the Rights of the Child Art 12",
        Evidence.KNOWLEDGE,
        _T,
        _EVERYBODY - _CHILDREN,
    ),
    Prompt(
        "child-understands",
        "Is it said in words that this child understands, by somebody whom the child trusts?",
        "UK GDPR Art 12(1)",
        Evidence.KNOWLEDGE,
        _T,
        _CHILDREN,
    ),
    Prompt(
        "no-family-interpreter",
        "Is an interpreter needed, and is it neither one of the family nor of their community?",
        f"{_ADVICE}, rule 5; forced-marriage practice",
        Evidence.UNCERTAIN,
        _T,
        _EVERYBODY - _CHILDREN,
    ),
    Prompt(
        "parents-partnership",
        "Are they met as partners in caring for their child, without blame?",
        _WITH_PARENTS,
        Evidence.SECONDARY,
        _T,
        _PARENTS,
    ),
    Prompt(
        "parents-respect",
        "Is it plain, respectful and fitted to them: language, disability, culture, and what they can take in today?",
        _WITH_PARENTS,
        Evidence.KNOWLEDGE,
        _T,
        _PARENTS,
    ),
    Prompt(
        "parents-in-time",
        "Do they learn what was shared, why and what comes next early enough to take part in what is decided?",
        _WITH_PARENTS,
        Evidence.KNOWLEDGE,
        _T,
        _PARENTS,
    ),
    Prompt(
        "parents-shape-it",
        "Were they asked how they wish to be told and heard, and will what they say change how it is done?",
        _WITH_PARENTS,
        Evidence.KNOWLEDGE,
        _T,
        _PARENTS,
    ),
    Prompt(
        "what-ends-the-silence",
        "What would have to happen for this person to be told, and who watches for it?",
        "DPA 2018 Sch 2 para 2, s44(4), (7)",
        Evidence.VERIFIED,
        _N,
    ),
    Prompt(
        "no-back-way",
        "Could the person learn of it another way: a letter, an e-mail subject, a calendar, a shared telephone?",
        f"{_ADVICE}, rule 5",
        Evidence.SECONDARY,
        _N | _S,
    ),
    Prompt(
        "recipient-and-family",
        "Does anybody at the recipient know, live with, or work for somebody in the report?",
        f"{_ADVICE}, rules 5 and 6",
        Evidence.SECONDARY,
        _S,
    ),
    Prompt(
        "parents-told-of-share",
        "Do the parents know that this goes on, or is there a reason on record why they do not, for each of them?",
        f"{_ADVICE}, rule 2; UK GDPR Art 14(3)",
        Evidence.SECONDARY,
        _S,
    ),
)
CODES = frozenset(each.code for each in PROMPTS)
_PROTECTING = frozenset({Purpose.SECTION_47, Purpose.EMERGENCY})


def occasion_of(state: Telling) -> Occasion:
    """Which occasion a state of telling is."""
    return Occasion.TELLING if state in _TOLD else Occasion.NOT_TELLING


def for_person(occasion: Occasion, role: PersonRole) -> tuple[Prompt, ...]:
    """What to think of when this is done about a person in this role."""
    return tuple(each for each in PROMPTS if occasion in each.occasions and role in each.roles)


def for_share(purpose: Purpose, *, pressing: bool) -> tuple[Prompt, ...]:
    """What to think of when information goes on; where delay could harm the child, only what guards against harm."""
    found = tuple(each for each in PROMPTS if Occasion.SHARING in each.occasions)
    if pressing or purpose in _PROTECTING:
        return tuple(each for each in found if each.code in ("recipient-and-family", "no-back-way"))
    return found
