"""A data-sharing agreement as one web page that needs nothing else: no script, no picture, nothing that leads away."""

from collections.abc import Iterable
from datetime import date
from html import escape

from contracts.agreement import Agreement, Clause
from contracts.catalogue import report_class
from hub.domain import words
from hub.domain.agreement_page import LIMITS, facts, standing, ways
from hub.domain.agreements import Finding, Weight

_STYLE = """
body{margin:0;font:1.0625rem/1.5 "Helvetica Neue",Helvetica,Arial,sans-serif;color:#14232f;background:#fff}
header,main,footer{max-width:60rem;margin:0 auto;padding:1rem 1.25rem}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}
h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;
border-bottom:1px solid #b6c2cb;overflow-wrap:anywhere}tbody th{font-weight:600;width:40%}
.standing{border-left:.4rem solid #1d6b3c;padding:.5rem 1rem;background:#eef6f1}
.standing.closed{border-color:#a3200d;background:#fdf1ef}
@media print{.skip{display:none}h2{break-after:avoid}tr{break-inside:avoid}}
"""


def page(agreement: Agreement, title: str, found: tuple[Finding, ...], on: date) -> str:
    """The whole page, ending with a line feed; whatever the agreement holds is escaped."""
    closed = any(one.weight is not Weight.SOON for one in found)
    heading = f"Data-sharing agreement: {title} and the safeguarding partnership"
    parts = (
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        f'<head><meta charset="utf-8"><title>{escape(heading)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>",
        '<body><a class="skip" href="#main">Skip to main content</a>',
        f"<header><p>Agreement {escape(agreement.version)}, for {escape(agreement.title)}</p></header>",
        f'<main id="main"><h1>{escape(heading)}</h1>',
        f'<p class="standing{" closed" if closed else ""}"><strong>{"Closed or wrong" if closed else "Open"} on '
        f"{words.day(on)}:</strong> {escape(standing(found))}</p>",
        _table("What is agreed", (("Term", "What it says"), *facts(agreement))),
        *(_clause(way, clause) for way, clause in ways(agreement, title)),
        "<h2>What this agreement is not</h2>",
        f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in LIMITS)}</ul>",
        "</main>",
        f"<footer><p>Written out from the agreement as the hub holds it, as it stands on {words.day(on)}.</p></footer>",
        "</body></html>",
    )
    return "\n".join(parts) + "\n"


def _clause(heading: str, clause: Clause) -> str:
    rows = (("Fact", "What it is"), *((name, report_class(name).TITLE) for name in clause.types))
    return "\n".join(
        (
            _table(heading, rows),
            f"<h3>Content</h3>{_list(one.meaning for one in clause.classes)}",
            f"<h3>Purposes</h3>{_list(one.meaning for one in clause.purposes)}",
        )
    )


def _table(heading: str, rows: tuple[tuple[str, str], ...]) -> str:
    head, *body = rows
    columns = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    lines = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(said)}</td></tr>' for name, said in body)
    return f"<h2>{escape(heading)}</h2>\n<table><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table>"


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in lines)}</ul>"
