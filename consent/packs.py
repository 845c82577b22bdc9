"""Which law and which edition of the guidance was in force on a day: a past decision is judged by its own day.

The start of the Children Act 2004 s16LA duty is a setting: it is enacted, but no commencement regulations were found,
so it is off until someone who has seen them enters the date.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from consent.finding import Evidence

DPA_2018 = date(2018, 5, 25)
WT_2018 = date(2018, 7, 4)
WT_2020 = date(2020, 12, 9)
WT_2023 = date(2023, 12, 15)
DAA_49A = date(2025, 11, 7)
PCSCA_44A = date(2026, 1, 12)
DUAA_2026 = date(2026, 2, 5)
DAY_BEFORE_DUAA = date(2026, 2, 4)
WT_2026 = date(2026, 3, 19)

CODE_16LA = "16LA"


@dataclass(frozen=True, slots=True)
class LawSettings:
    """What an information-governance lead settles about law that cannot be read from the statute book alone."""

    sixteen_la_from: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of law or guidance with the days on which it was in force; `valid_to` is its last day."""

    code: str
    title: str
    citation: str
    valid_from: date
    valid_to: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Pack:
    """All that was in force on a day; two days with the same parts have the same law."""

    name: str
    parts: tuple[Part, ...]
    codes: frozenset[str]


PARTS: tuple[Part, ...] = (
    Part("DPA2018", "Data Protection Act 2018", "DPA 2018", DPA_2018, None, Evidence.KNOWLEDGE),
    Part("WT2018", "Working Together 2018", "WT 2018", WT_2018, date(2020, 12, 8), Evidence.KNOWLEDGE),
    Part("WT2020", "Working Together, 2020 update", "WT 2020", WT_2020, date(2023, 12, 14), Evidence.KNOWLEDGE),
    Part("WT2023", "Working Together 2023", "WT 2023", WT_2023, date(2026, 3, 18), Evidence.SECONDARY),
    Part("WT2026", "Working Together 2026", "WT 2026", WT_2026, None, Evidence.UNCERTAIN),
    Part("DAA49A", "Police must tell schools", "Domestic Abuse Act 2021 s49A", DAA_49A, None, Evidence.SECONDARY),
    Part("PCSCA44A", "Victims' records", "PCSC Act 2022 ss44A-44E", PCSCA_44A, None, Evidence.SECONDARY),
    Part("DUAA", "Recognised legitimate interests", "DUAA 2025 ss70-71", DUAA_2026, None, Evidence.VERIFIED),
)
_NAMED = ("DUAA", CODE_16LA)


def _with_settings(settings: LawSettings) -> tuple[Part, ...]:
    if settings.sixteen_la_from is None:
        return PARTS
    duty = Part(
        CODE_16LA,
        "Duty to share information about a child",
        "Children Act 2004 s16LA (CWSA 2026 s4)",
        settings.sixteen_la_from,
        None,
        Evidence.UNCERTAIN,
    )
    return (*PARTS, duty)


@lru_cache(maxsize=4096)
def pack_on(day: date, settings: LawSettings) -> Pack:
    """Everything in force on `day`, named by the edition of Working Together and the changes that matter most here."""
    parts = tuple(
        part
        for part in _with_settings(settings)
        if part.valid_from <= day and (part.valid_to is None or day <= part.valid_to)
    )
    codes = frozenset(part.code for part in parts)
    edition = next((part.code for part in parts if part.code.startswith("WT")), "before WT2018")
    name = "+".join((edition, *(code for code in _NAMED if code in codes)))
    return Pack(name, parts, codes)


def boundaries(settings: LawSettings) -> tuple[date, ...]:
    """The first days on which the law was another than the day before, in order."""
    return tuple(sorted({part.valid_from for part in _with_settings(settings)}))
