"""Words, days and lines for notes and pages about the law."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import fill

from consent.finding import Evidence
from contracts.vocabulary import AgencyKind, Article6, Article9, Gateway, StaffRole

WIDTH = 100
SURE = {
    Evidence.VERIFIED: "primary text read",
    Evidence.SECONDARY: "read in a secondary source",
    Evidence.KNOWLEDGE: "from general knowledge, not re-read",
    Evidence.UNCERTAIN: "uncertain: needs a lawyer's eye",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


def in_words(day: date) -> str:
    """A day: `6 October 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def decoded(text: str) -> str:
    """The text with the meaning in place of each code of a basis, a condition or a power, and the code after it."""
    return _CODE.sub(lambda found: f"{_MEANING[found[0]]} [{found[0]}]" if found[0] in _MEANING else found[0], text)


def section(title: str, paragraphs: Iterable[str]) -> list[str]:
    """A titled section, a blank line after each paragraph."""
    return [*heading(title), *(line for one in paragraphs for line in (paragraph(one, 0), ""))]


def heading(title: str) -> list[str]:
    """A title, underlined."""
    return [title, "-" * len(title)]


def paragraph(text: str, indent: int) -> str:
    """The text filled to the width, each line indented."""
    space = " " * indent
    return fill(text, WIDTH, initial_indent=space, subsequent_indent=space, break_on_hyphens=False)


def listed(names: Sequence[str]) -> str:
    """`a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def lower(text: str) -> str:
    """A meaning from the vocabulary inside a sentence; an acronym at its start stays as it is."""
    return text if text[:2].isalpha() and text[:2].isupper() else text[:1].lower() + text[1:]


def plain(code: str) -> str:
    """A code as words: `child_voice` is `child voice`."""
    return code.replace("_", " ")


def upper(text: str) -> str:
    """The text as the start of a sentence."""
    return text[:1].upper() + text[1:]


def a_body(kind: AgencyKind) -> str:
    """`a police force`, `an NHS body`."""
    return _KIND[kind]


def a_role(role: StaffRole) -> str:
    """`a MASH decision-maker`, `a practitioner`."""
    return _ROLE[role]


_ROLE = {
    StaffRole.MASH_DECISION_MAKER: "a MASH decision-maker",
    StaffRole.MASH_RESEARCHER: "a MASH researcher",
    StaffRole.PRACTITIONER: "a practitioner",
    StaffRole.IG_OFFICER: "an information-governance officer",
}
_KIND = {
    AgencyKind.POLICE: "a police force",
    AgencyKind.NHS: "an NHS body",
    AgencyKind.GP: "a general practice",
    AgencyKind.MAINTAINED_SCHOOL: "a maintained school",
    AgencyKind.ACADEMY: "an academy",
    AgencyKind.INDEPENDENT_SCHOOL: "an independent school",
    AgencyKind.LOCAL_AUTHORITY: "a local authority",
    AgencyKind.YOUTH_OFFENDING_TEAM: "a youth offending team",
    AgencyKind.PROBATION: "a probation body",
    AgencyKind.VCSE_COMMISSIONED: "a commissioned voluntary body",
    AgencyKind.VCSE_INDEPENDENT: "a voluntary body",
    AgencyKind.CLUB: "a club",
    AgencyKind.HUB: "the hub",
}
_MEANING = {one.value: lower(one.meaning) for kind in (Article6, Article9) for one in kind} | {
    one.value: one.meaning for one in Gateway
}
