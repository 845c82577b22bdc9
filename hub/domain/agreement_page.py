"""A data-sharing agreement written out for people: parties, what may move each way, and where it stands on a day."""

from datetime import date

from contracts.agreement import Agreement, Clause
from contracts.catalogue import report_class
from hub.domain import words
from hub.domain.agreements import Finding


def markdown(agreement: Agreement, title: str, found: tuple[Finding, ...], on: date | None) -> str:
    """The agreement as a Markdown page that two signatories could sign, and how it stands on a day if one is given."""
    lines = [f"# Data-sharing agreement: {title} and the safeguarding partnership", ""]
    lines += [f"Version {agreement.version}, for {agreement.title}.", ""]
    lines += ["| | |", "|---|---|"]
    lines += [f"| {name} | {said} |" for name, said in facts(agreement)]
    if on is not None:
        lines += ["", f"On {words.day(on)}: {standing(found)}"]
    for heading, clause in ways(agreement, title):
        lines += ["", f"## {heading}", "", "| Fact | What it is |", "|---|---|"]
        lines += [f"| `{name}` | {report_class(name).TITLE} |" for name in clause.types]
        lines += ["", f"Content: {'; '.join(one.meaning for one in clause.classes)}."]
        lines += ["", "Purposes:", "", *(f"- {one.meaning}" for one in clause.purposes)]
    lines += ["", "## What this agreement is not", "", *(f"- {one}" for one in LIMITS)]
    return "\n".join(lines) + "\n"


def plain(agreement: Agreement, title: str, found: tuple[Finding, ...], on: date) -> str:
    """The same for a terminal."""
    lines = [f"{title}, agreement {agreement.version}: {standing(found)}"]
    lines += [f"  {name}: {said}" for name, said in facts(agreement)]
    for heading, clause in ways(agreement, title):
        lines += [f"  {heading}"]
        lines += [f"    {name}: {report_class(name).TITLE}" for name in clause.types]
        lines += [f"    content: {', '.join(one.value for one in clause.classes)}"]
        lines += [f"    purposes: {', '.join(one.value for one in clause.purposes)}"]
    return "\n".join([*lines, f"  As it stands on {words.day(on)}."]) + "\n"


def standing(found: tuple[Finding, ...]) -> str:
    """Where the agreement stands, in a sentence."""
    return "; ".join(one.says for one in found) + "." if found else "in force, and nothing is wrong with it."


def ways(agreement: Agreement, title: str) -> tuple[tuple[str, Clause], ...]:
    """The two directions, each with its heading."""
    return (
        (f"What {title} states to the partnership", agreement.publishes),
        (f"What {title} may receive from it", agreement.receives),
    )


LIMITS = (
    "It is not a lawful basis: the basis is judged for each item, each person and each recipient.",
    "It does not stop sharing for a child's immediate protection, before it starts, past its review or outside its "
    "terms; such a share is marked.",
    "Past its review date routine sharing under it is closed until it is reviewed and signed again.",
    "Each side answers for what it holds as controller.",
)


def facts(agreement: Agreement) -> tuple[tuple[str, str], ...]:
    """Party, dates and signatures, each with its name."""
    return (
        ("Agency", f"{agreement.agency}: {agreement.agency_kind.meaning}"),
        ("Known to the hub as", agreement.source),
        ("Starts", words.day(agreement.starts)),
        ("To be reviewed by", words.day(agreement.review_by)),
        ("Signed by", "; ".join(agreement.signed_by)),
    )
