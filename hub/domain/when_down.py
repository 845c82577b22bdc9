"""What people do while the hub cannot be reached: the words, a paper form, and one page that needs no hub."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from typing import Final

from hub.domain.own_area import duty_desk

# What is met, and what to do; `{duty}` is whom to call.
STEPS: Final = (
    ("A child is in danger now", "Call 999."),
    ("You are worried about a child", "Call {duty}."),
    (
        "You need what another agency knows",
        "Call that agency’s safeguarding lead. You may share and ask by telephone on the same law: a failed system is "
        "no reason not to share.",
    ),
    (
        "You decided something",
        "Write it on the paper form below. Enter it when the hub is back, with the time at which it happened.",
    ),
    (
        "Your agency sends by file",
        "Go on putting files into the folder. What is sent while the hub is down waits at your own edge and is taken "
        "in once.",
    ),
    (
        "When it is back",
        "The chronology says from which agencies something may be missing. Nothing that was put on record is lost.",
    ),
)
BY_HAND: Final = (
    "Your area’s duty desk. No number was set for this page: look it up in your local procedures and write it here by "
    "hand"
)
FORM_TITLE: Final = "Paper form, one for each child"
FORM_SAYS: Final = (
    "Keep it locked away, as any record of a child. When it has been entered, do with it as your agency’s procedure "
    "says."
)
# What is written by hand.
FORM: Final = (
    "Date and time",
    "Who you are: name, role, agency, telephone",
    "The child: name, date of birth, address, any number",
    "What happened, as it was seen or heard",
    "What the child said, in the child’s own words, and to whom",
    "What you think of it, and why",
    "Whom you spoke to: name, agency, telephone, time",
    "What you shared or were told, with whom, and why it was necessary",
    "What was decided, and by whom",
    "Was the family told? If not, why, and when it is decided again",
    "Entered at the hub: when, and by whom",
)
_STYLE: Final = """
body{margin:0;font:1.125rem/1.5 "Helvetica Neue",Helvetica,Arial,sans-serif;color:#14232f;background:#fff}
header,main,footer{max-width:52rem;margin:0 auto;padding:1rem 1.25rem}
header{border-bottom:.4rem solid #14232f}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}
h1{font-size:2rem;line-height:1.2}h2{font-size:1.375rem;margin-top:2.5rem}
a{color:#0b4a8f;display:inline-block;padding:.25rem 0}
dl>div{border-bottom:1px solid #b6c2cb;padding:.7rem 0}dt{font-weight:700}dd{margin:0}
.number{font-size:1.25rem;font-weight:700;white-space:nowrap}.paper dd{min-height:3.5rem}
@media print{.skip,.again{display:none}.form{break-before:page}dl>div{break-inside:avoid}}
"""


def page(hub_name: str, number: str | None, calls: tuple[tuple[str, str], ...] = ()) -> str:
    """The page, ending with a line feed: no script, no picture, nothing that is fetched.

    `number`: the duty desk's; without one there is room to write it. `calls`: whom else to call, and the number.
    """
    duty, by_hand = duty_desk(number), () if number else ((BY_HAND, ""),)
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    numbers = tuple((who, f'<span class="number">{escape(number)}</span>') for who, number in calls)
    parts = (
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>The hub is down – {escape(hub_name)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head>",
        '<body><a class="skip" href="#main">Skip to main content</a>',
        f"<header><p>{escape(hub_name)}</p></header>",
        '<main id="main" tabindex="-1"><h1>The hub cannot be reached just now</h1>',
        "<p>Children are protected by people who call each other; the hub only helps. What you sent and saw "
        "confirmed is on record. Of anything else, look when the hub is back before you send it again.</p>",
        '<p class="again"><a href="/">Try again</a></p>',
        _rows((title, escape(says.replace("{duty}", duty))) for title, says in STEPS),
        *(("<h2>Whom to call</h2>",) if by_hand or numbers else ()),
        *((_rows(by_hand, "paper"),) if by_hand else ()),
        *((_rows(numbers),) if numbers else ()),
        f'<section class="form" aria-labelledby="form"><h2 id="form">{FORM_TITLE}</h2>',
        f"<p>{FORM_SAYS}</p>",
        _rows(((one, "") for one in FORM), "paper"),
        "</section></main>",
        "<footer><p>If a child is in danger now, call 999.</p></footer>",
        "</body></html>",
    )
    return "\n".join(parts) + "\n"


def _rows(rows: Iterable[tuple[str, str]], kind: str = "steps") -> str:
    """Each as what it is, and what is said of it (markup)."""
    lines = "\n".join(f"<div><dt>{escape(title)}</dt><dd>{says}</dd></div>" for title, says in rows)
    return f'<dl class="{kind}">\n{lines}\n</dl>'
