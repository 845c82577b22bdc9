"""The letter of the report on who looked: a family's letter with its looks as reviewed, in text and as one web page.

Where there is nothing to show, it is word for word the letter of `family_letter`, whatever the reason.
"""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from contracts.events.hub import AccessDecided
from contracts.events.telling import AskerKind
from hub.domain import words
from hub.domain.family_answer import FamilyDecision
from hub.domain.family_letter import letter
from hub.domain.moment import day_in_london

_STYLE = "body{font:1.1em/1.5 sans-serif;max-width:40em;margin:2em auto;padding:0 1em}h1{font-size:1.4em}"


def report_letter(
    decision: FamilyDecision,
    looks: tuple[AccessDecided, ...],
    kind: AskerKind,
    called: Mapping[str, str],
    named: Mapping[str, str],
) -> str:
    """The letter. `named`: what staff are called, by sign-in name, where the policy lets them be named."""
    text = letter(replace(decision, items=(), looks=looks, shares=()), kind, called)
    for one in looks if named else ():
        plain = f"- {words.day(day_in_london(one.at))}: somebody at "
        who = named.get(one.actor.subject, "somebody")
        text = text.replace(plain, f"- {words.day(day_in_london(one.at))}: {who}, at ", 1)
    return text


def as_page(text: str) -> str:
    """The letter as one web page that needs nothing else; every word is escaped."""
    parts: list[str] = []
    for block in text.strip().split("\n\n"):
        lines = [escape(line) for line in block.split("\n")]
        if all(line.startswith("- ") for line in lines):
            parts.append("<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>")
        elif len(lines) == 1 and block.isupper():
            parts.append(f"<h2>{lines[0]}</h2>" if parts else f"<h1>{lines[0]}</h1>")
        else:
            parts.append(f"<p>{' '.join(lines)}</p>")
    head = f'<head><meta charset="utf-8"><title>Letter</title><style>{_STYLE}</style></head>'
    return f'<!DOCTYPE html>\n<html lang="en-GB">{head}<body><main>{"".join(parts)}</main></body></html>\n'
