"""`hub agreements check` and `hub agreements show`: whether each agreement fits and stands, and what it says."""

import tomllib
from datetime import date
from typing import Literal

from pydantic import ValidationError

from agencies import registry as partners
from agencies.agency import Agency
from contracts.agreement import Agreement
from contracts.catalogue import REPORTS
from hub.commands.one_line import lines_alone, one_line
from hub.domain import agreement_html, agreement_page
from hub.domain.agreements import Finding, Weight, check, does_not_fit
from hub.wiring import agreement_of

Form = Literal["plain", "markdown", "html"]
KNOWN = frozenset(report.TYPE for report in REPORTS)


def run_check(on: date) -> int:
    """0 when every agreement fits and none is closed on the day, 1 otherwise, with the findings printed."""
    found = [one for agency in partners.AGENCIES for one in of(agency, on)]
    for one in found:
        print(one_line(f"{one.agency}: {one.weight.value}: {one.says}"))
    if not any(one.weight is not Weight.SOON for one in found):
        print(f"{len(partners.AGENCIES)} agreements fit, and routine sharing is open under each.")
        return 0
    return 1


def run_show(name: str, on: date, *, form: Form) -> int:
    """0, with the agreement printed."""
    agency = partners.by_name(name)
    agreement = agreement_of(name)
    writers = {"plain": agreement_page.plain, "markdown": agreement_page.markdown, "html": agreement_html.page}
    print(lines_alone(writers[form](agreement, agency.title, of(agency, on), on)), end="")
    return 0


def of(agency: Agency, on: date) -> tuple[Finding, ...]:
    """What is wrong with one agency's agreement on a day."""
    try:
        agreement: Agreement = agreement_of(agency.name)
    except ValidationError as refused:
        return (does_not_fit(agency.name, place(refused)),)
    except tomllib.TOMLDecodeError:
        return (does_not_fit(agency.name, "its TOML"),)
    return check(agreement, agency, KNOWN, on)


def place(refused: ValidationError) -> str:
    """The first place that does not fit."""
    first = refused.errors(include_url=False, include_context=False, include_input=False)[0]
    return ".".join(str(part) for part in first["loc"]) or "the top"
