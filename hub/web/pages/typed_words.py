"""What somebody typed or chose on a form, in the words of that form: for the page that gives it back to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from contracts.events.access import EmergencyReason
from contracts.events.compartment import OpeningReason
from contracts.events.printing import PrintReason
from contracts.events.reply import Disputes, Whose
from contracts.identifiers import Identifier, Scheme
from contracts.vocabulary import Purpose
from hub.domain import access_words, reply_words
from hub.web import decision_form, telling_form
from hub.web.forms import read_child
from hub.web.pages import asking, audit_parts, audit_review, find, leading, printing, subject_reports
from hub.web.rendering import number, reference
from hub.web.words_kept import Words

# What a page needs and nobody typed, and how a list is looked at: it is sent again all the same.
UNSAID: Final = frozenset({"mark", "ends", "list", "step", "seen", "asked"})
LOOKS: Final = frozenset({"range", "show-range", "order", "look", "least", "own-words", "late", "without"})
TICKED: Final = "Yes"
_IN_TWO: Final = re.compile(r"(.+)-(day|month|year)")
_LONG_NUMBER: Final = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form, and the words of each answer that it offers, by code; none where people write."""

    asks: str
    answers: Mapping[str, str] = field(default_factory=dict)


_ANYWHERE: Final[Mapping[str, Question]] = {
    "purpose": Question("What it is for", {one.value: find.in_words(one)[0] for one in Purpose}),
    "urgent": Question("Delay could harm the child"),
    "family": Question("Family name"),
    "given": Question("Given name"),
    "born": Question("Date of birth"),
    "day": Question("As known on, or up to"),
    "part": Question("What is held apart"),
    "of-report": Question("In report"),
    "label": Question("How reports name the person"),
    "words": Question("In your own words"),
    "decision": Question("Decision on record"),
    "agency": Question("Agency"),
    "kind": Question("What they did", {code: access_words.kind(code) for code in access_words.KINDS_OFFERED}),
    "effect": Question("Outcome", audit_parts.EFFECTS),
    "period": Question("How many days", {code: said for code, (_, said) in audit_parts.PERIODS.items()}),
    "finding": Question("What the review comes to", dict(audit_review.FINDINGS)),
    "asker": Question("Who asks?", {str(code): said for code, said in subject_reports.ASKERS.items()}),
    "proof": Question(
        "How did you make sure who asks?", {str(code): said for code, said in subject_reports.PROOFS.items()}
    ),
}
_OF_FORM: Final[Mapping[str, Mapping[str, Question]]] = {
    "/print/make": {
        "product": Question("What is it?", {str(code): said[0] for code, said in printing.PRODUCTS.items()}),
        "why": Question("Why is it made?", {one.value: one.meaning for one in PrintReason}),
        "recipient": Question("Who is it for?", {printing.COURT: "The court"}),
        "meant_for": Question("Who there will have it?"),
    },
    "/emergency": {
        "reason": Question("What is happening?", {one.value: one.meaning for one in EmergencyReason}),
        "understood": Question("I have read who is told, and that it will be looked at"),
    },
    "/compartments/open": {
        "purpose": Question("What are you doing for the child?", {one.value: find.in_words(one)[0] for one in Purpose}),
        "why": Question("Why can you not do it without this?", {one.value: one.meaning for one in OpeningReason}),
    },
    "/compartments/review": {
        "words": Question("The words that were taken out", {"released": "Release them", "kept": "Keep them apart"}),
    },
    "/decide/keep": {
        "what": Question("What are you deciding?", decision_form.WHAT),
        "to": Question("Who with?", {"asked": decision_form.TO_ASKED}),
        "r": Question("Entries"),
        "why": Question("Why is sharing necessary?", {one.value: said[0] for one, said in decision_form.WHY.items()}),
        "family": Question(
            "Can the family be told about this sharing?",
            {str(code): said[0] for code, said in decision_form.FAMILY.items()},
        ),
        "reason": Question("If you do not share: why", dict(asking.REASONS)),
        "approved-by": Question("Who agrees with you (where the reason needs it)"),
        "review": Question("When it is looked at again"),
        "note": Question("Anything else to record? (optional)"),
    },
    "/ask/keep": {
        "to": Question("Whom do you ask?"),
        "want": Question("What do you ask for?", {str(code): said for code, said in asking.WANTED.items()}),
        "within": Question("By when?", {code: said for code, (_, said) in asking.HOURS.items()}),
    },
    "/enquiry/open": {"for": Question("What is the enquiry for?", dict(leading.FOR_IN_WORDS))},
    "/enquiry/assign/keep": {
        "to": Question("Assign it to", {code: said for code, (said, _) in leading.TO.items()}),
        "staff": Question("If a member of staff: who"),
        "team": Question("If a team: which"),
    },
    "/requests": {
        "request": Question("Request"),
        "answer": Question("Answer", {str(code): said for code, said in asking.ANSWERS.items()}),
        "reason": Question("Why you cannot share", dict(asking.REASONS)),
    },
    "/told/keep": {
        "what": Question("How does it stand?", telling_form.WHAT),
        "when": Question("When, beside the sharing?", {one.value: said for one, said in telling_form.WHEN.items()}),
        "how": Question("How?", {str(code): said for code, said in telling_form.HOW.items()}),
        "on": Question("On which day?"),
        "told-by": Question("Who told them?"),
        "harm": Question("What would telling harm?", {one.value: said for one, said in telling_form.HARM.items()}),
        "because": Question("Who would be put at risk, or what would fail?"),
        "approved-by": Question("Who agrees with you?"),
        "review": Question("When is it decided again? Within 28 days"),
        "by": Question("By which day?"),
        "child-agrees": Question(
            "Does the child agree?", {str(code): said for code, said in telling_form.AGREES.items()}
        ),
        "child-words": Question("In the child’s own words"),
    },
    "/reply/keep": {
        "whose": Question("Whose reply is it?", {one.value: reply_words.WHOSE[one] for one in Whose}),
        "agency": Question("Which agency? Only if it is an agency’s reply"),
        "disputes": Question("What do they say is wrong?", {one.value: reply_words.ASKED[one] for one in Disputes}),
        "said": Question("On which day did they say it?"),
        "words": Question("What did they say?"),
    },
    "/audit/subject-report/review": {
        "report": Question("Report on who looked"),
        "outcome": Question("What becomes of it?", subject_reports.OUTCOMES),
        "because": Question("If nothing is listed, or not yet: why?", subject_reports.REASONS),
        "until": Question("If not yet: until which day?"),
        **{f"hold-{code}": Question(f"Hold back besides: {said}") for code, said in subject_reports.REASONS.items()},
    },
}


def in_words(typed: Words, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Each question once with what was answered, in the form's words; what people wrote stands as they wrote it.

    `titles` are what agencies are called, by source and by the short name that a box has.
    """
    found: dict[str, list[str]] = {}
    for name, value in typed.fields.items():
        looks = typed.path == "/chronology" and (name in LOOKS or name.startswith(("from-", "kind-", "about-")))
        if value and name not in UNSAID and not looks:
            asks, answer = _line(typed.path, name, value, titles)
            found.setdefault(asks, []).append(answer)
    dates = {_question(typed.path, day[1]).asks for name in typed.fields if (day := _IN_TWO.fullmatch(name))}
    return tuple((asks, (" " if asks in dates else ", ").join(answers)) for asks, answers in found.items())


def _line(path: str, name: str, value: str, titles: Mapping[str, str]) -> tuple[str, str]:
    if name == "child":
        return "Child", _child(value)
    if day := _IN_TWO.fullmatch(name):
        return _question(path, day[1]).asks, value
    group, _, code = name.partition("-")
    question = _question(path, name)
    if value == "1" and code and name not in _OF_FORM.get(path, {}):
        question = _question(path, group)
        return question.asks, _ticked(question, code, titles)
    if value == "1":
        return question.asks, TICKED
    return question.asks, question.answers.get(value) or titles.get(value) or _shortened(value)


def _question(path: str, name: str) -> Question:
    plain = name.replace("-", " ").replace("_", " ").capitalize()
    return _OF_FORM.get(path, {}).get(name) or _ANYWHERE.get(name) or Question(plain)


def _ticked(question: Question, code: str, titles: Mapping[str, str]) -> str:
    """What was ticked: one of the answers, an agency by its short name, or an entry by its number."""
    return question.answers.get(code) or titles.get(code) or _shortened(code)


def _child(text: str) -> str:
    child = read_child(text)
    if isinstance(child, Identifier) and child.scheme is Scheme.HUB:
        return reference(UUID(child.value))
    return text


def _shortened(text: str) -> str:
    """The text; the number of something on record, as people say it."""
    first, _, _ = text.partition(" ")
    return f"No. {number(UUID(first))}" if _LONG_NUMBER.fullmatch(first) else text
