"""What people type, read strictly: a child's exact identifier, a purpose, a day in three boxes. No value is echoed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.identifiers import Identifier, Scheme, identifier, parse_identifier
from contracts.vocabulary import CheckState, Purpose, StaffRole
from hub.domain.three_factors import Factors, by_given, by_postcode

READING: tuple[Purpose, ...] = (Purpose.EMERGENCY, Purpose.SECTION_47, Purpose.SECTION_17, Purpose.EARLY_HELP)
CHECKING: tuple[Purpose, ...] = (Purpose.AUDIT,)
_BARE_NUMBER = re.compile(r"[0-9][0-9 -]{8,14}[0-9]")
# What is right, by an invented example: a number typed here is never repeated.
WRONG_NUMBER: Mapping[Scheme, str] = {
    Scheme.NHS_NUMBER: "An NHS number has 10 digits and the last one checks the others, such as 999 000 0018. "
    "Look at each digit again",
    Scheme.UPN: "A pupil number has a letter and then 12 digits, and the letter checks the others, such as "
    "upn:B801200005001. Look at each again",
}
WRONG_OTHER = "This is not a number of that kind. Enter it as that agency writes it, its kind first, such as la:201/C1"
_EARLIEST_YEAR, _EARLIEST_BIRTH = 2000, 1900
Wrong = dict[str, str]


@dataclass(frozen=True, slots=True)
class Search:
    """Whose chronology, for what purpose, as known on which day (None: today)."""

    child: Identifier
    purpose: Purpose
    as_known_on: date | None


def purposes_for(role: StaffRole) -> tuple[Purpose, ...]:
    """The purposes offered to a role; which of them the law lets through is not decided here."""
    return CHECKING if role is StaffRole.IG_OFFICER else READING


def read_search(fields: Mapping[str, str], today: date) -> Search | Wrong:
    """The search that the form states, or what is wrong with it, by field."""
    wrong: Wrong = {}
    child = read_child(fields.get("child", ""))
    if isinstance(child, str):
        wrong["child"] = child
    purpose = next((one for one in Purpose if one.value == fields.get("purpose")), None)
    if purpose is None:
        wrong["purpose"] = "Select why you need to see this record"
    day = read_day(fields, today)
    if isinstance(day, str):
        wrong["day"] = day
    if isinstance(child, str) or purpose is None or isinstance(day, str):
        return wrong
    return Search(child, purpose, day)


def read_factors(fields: Mapping[str, str], today: date) -> tuple[Factors, Purpose] | Wrong:
    """The three factors and the purpose that the form states, or what is wrong with it, by field."""
    wrong: Wrong = {}
    family, given, postcode = (fields.get(name, "").strip()[:200] for name in ("family", "given", "postcode"))
    born = day_in_boxes(fields, "born", _EARLIEST_BIRTH)
    purpose = next((one for one in Purpose if one.value == fields.get("purpose")), None)
    if not isinstance(born, date) or born > today:
        wrong["born"] = born if isinstance(born, str) else "Enter the whole date of birth, today or earlier"
    if not family:
        wrong["family"] = "Enter the family name"
    if bool(given) is bool(postcode):
        wrong["third"] = "Enter a given name or a postcode, and not both"
    if purpose is None:
        wrong["purpose"] = "Select why you need to see this record"
    if wrong or purpose is None or not isinstance(born, date):
        return wrong
    found = by_given(family, born, given) if given else by_postcode(family, born, postcode)
    return (found, purpose) if found is not None else {"third": "Enter names in letters, and a postcode in full"}


def read_child(text: str) -> Identifier | str:
    """The identifier typed, or what is wrong with it. A bare ten-digit number is an NHS number."""
    text = text.strip()
    if not text:
        return "Enter the child's identifier"
    if _BARE_NUMBER.fullmatch(text):
        found = identifier(Scheme.NHS_NUMBER, text)
    else:
        try:
            found = parse_identifier(text)
        except ValueError:
            return "Enter an identifier that starts with nhs: upn: la: or hub:, or a 10-digit NHS number"
    if found.check in (CheckState.BAD_FORMAT, CheckState.FAILED, CheckState.PLACEHOLDER):
        return WRONG_NUMBER.get(found.scheme, WRONG_OTHER)
    return found


def read_day(fields: Mapping[str, str], today: date) -> date | str | None:
    """The day in the three boxes, None when all are empty, or what is wrong with it: never one still to come."""
    found = day_in_boxes(fields, "day")
    if isinstance(found, date) and found > today:
        return "The day must be today or in the past"
    return found


def day_in_boxes(fields: Mapping[str, str], name: str, earliest: int = _EARLIEST_YEAR) -> date | str | None:
    """The day in the three boxes of that name, None when all are empty, or what is wrong with it."""
    typed = [fields.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")]
    if not any(typed):
        return None
    if not all(one.isascii() and one.isdigit() and len(one) <= 4 for one in typed):
        return "The day must include a day, a month and a year, such as 27 3 2026"
    day, month, year = (int(one) for one in typed)
    try:
        found = date(year, month, day)
    except ValueError:
        return "The day must be a real day"
    if found.year < earliest:
        return "The year must have 4 digits, such as 2026"
    return found


def day_given(fields: Mapping[str, str], name: str) -> Mapping[str, str]:
    """What was typed into the three boxes, to be given back; nothing where it is more than a day is written with."""
    boxes = (f"{name}-{part}" for part in ("day", "month", "year"))
    typed = {box: fields.get(box, "").strip() for box in boxes}
    return {box: one if one.isascii() and one.isdigit() and len(one) <= 4 else "" for box, one in typed.items()}


def read_number(text: str) -> UUID | None:
    """The number of something on record, as pages carry it or as they show it in groups of four; None: it is none."""
    try:
        return UUID(text.replace(" ", ""))
    except ValueError:
        return None
