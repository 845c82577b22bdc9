"""A decision written out as a note: what was asked, the answer, the reasons by question with the law, what it rests on.

The note says what the findings say, in the order of the questions; it decides nothing.
"""

from collections.abc import Iterable
from datetime import date

from consent.decide import RULEBOOK, Outcome
from consent.finding import Effect, Evidence, Finding, Question
from consent.judge import is_criminal, is_special
from consent.minimise import ItemOutcome
from consent.myths import REPLIES
from consent.next_steps import apart, next_steps
from consent.packs import LawSettings, pack_on
from consent.refusals import GROUNDS, Reason, RefusalOutcome, Refusing
from consent.request import Act, FactsInLaw, Item, PersonTelling, Request
from consent.transparency import DATED
from consent.wording import (
    SURE,
    a_body,
    a_role,
    decoded,
    heading,
    in_words,
    listed,
    lower,
    paragraph,
    plain,
    section,
    upper,
)

ASKS = {
    Question.POWER: "Is there a power or a duty to share?",
    Question.BASIS: "On what lawful basis?",
    Question.SPECIAL: "Which condition lets special-category information go?",
    Question.CRIMINAL: "Which condition lets information about offences go?",
    Question.CONFIDENCE: "Is the duty of confidence met?",
    Question.TELLING: "Has each person been told, or is there a reason why not?",
    Question.ACCESS: "May this member of staff see it?",
    Question.CONTENT: "Does other law hold this content back?",
    Question.HANDLING: "Is it going to the right place, and no more than is needed?",
    Question.RIGHTS: "What do the rights of the people concerned require?",
}
LEADS = {
    Effect.BAR: "It is barred.",
    Effect.FIX: "To be put right.",
    Effect.WARNING: "To be weighed.",
    Effect.GROUND: "Yes.",
}
DISCLAIMER = (
    "The rules are the project's own reading of the law, marked with how each was checked; no lawyer has approved "
    "them. This note is not legal advice."
)
_LETTING = (Question.POWER, Question.BASIS, Question.ACCESS)
_DOING = {
    Act.HOLD: "ON TAKING IN INFORMATION",
    Act.SHARE: "ON SHARING INFORMATION",
    Act.READ: "ON READING A CHRONOLOGY",
    Act.ERASE: "ON DESTROYING INFORMATION",
}
_LAWS = {rule.law.id: rule.law for rule in RULEBOOK}
_HOLDING = frozenset(rule.law.id for rule in RULEBOOK if rule.law.holds)


def note(request: Request, facts: FactsInLaw, outcome: Outcome, settings: LawSettings = LawSettings()) -> str:
    """The decision on this request as a note, ending with a line feed."""
    parts = [
        f"NOTE {_DOING[request.act]}",
        "",
        *section("What was asked", (_asked(request, facts),)),
        *section("The answer", (answer_in_words(request, outcome),)),
        *_reasons(request, facts, outcome),
        *_told(facts),
        *_contents(request, facts, outcome),
        *_titled("Four questions, kept apart", apart(request, facts)),
        *_titled("What to do next", next_steps(request, facts, outcome, _HOLDING)),
        *_rests_on(request.on, settings, outcome.findings),
    ]
    return "\n".join(parts).rstrip() + "\n"


def refusal_note(case: Refusing, outcome: RefusalOutcome, settings: LawSettings = LawSettings()) -> str:
    """A decision not to share, and what the law says to it, as a note."""
    titles = {ground.reason: ground.title for ground in GROUNDS}
    titles |= {Reason(reply.myth.value): reply.title for reply in REPLIES}
    given = titles[case.reason]
    purpose = f" The request was made to: {lower(case.purpose.meaning)}." if case.purpose is not None else ""
    pressing = " Significant harm is feared, or it is urgent." if case.pressing else ""
    asked = (
        f"On {in_words(case.on)} {a_body(case.body)} decided not to share with {a_body(case.asker)} what it had asked "
        f"for.{purpose}{pressing} The reason given is: {lower(given)}."
    )
    parts = [
        "NOTE ON A DECISION NOT TO SHARE",
        "",
        *section("What was decided", (asked,)),
        *section("The answer", (_refusal_answer(case, outcome),)),
        *heading("The reasons"),
        *(line for each in outcome.findings for line in (*_finding(each, ""), "")),
        *_rests_on(case.on, settings, outcome.findings),
    ]
    return "\n".join(parts).rstrip() + "\n"


def answer_in_words(request: Request, outcome: Outcome) -> str:
    """The answer in a sentence or two."""
    held = any(not item.shown for item in outcome.items)
    if request.act is Act.HOLD:
        marked = " It is marked for its sender to correct." if outcome.fixes else ""
        return f"It is taken in and kept, as everything is.{marked}"
    if outcome.permitted:
        fixes = " It is pressing, so what is wrongly labelled is put right afterwards." if request.pressing else ""
        afterwards = fixes if outcome.fixes else ""
        partly = " Not every item may go with it; what stays back, and why, is said below." if held else ""
        return f"Yes. It may go ahead.{_lets(outcome)}{afterwards}{partly}"
    if outcome.bars:
        return "No. The law forbids it, whatever the ground, for as long as what is said below holds."
    if outcome.fixes:
        return "Not as it stands. Put right what is listed below and ask again; nothing forbids it."
    holding = [each for each in outcome.warnings if each.rule in _LAWS and _LAWS[each.rule].holds]
    if holding:
        return "Not until a person has weighed what is said below and has decided, on record, to go ahead."
    return "No. Nothing was found that allows it."


def _lets(outcome: Outcome) -> str:
    """What lets it go ahead, by the names of the grounds for it; what answers another question is not named here."""
    names = [_LAWS[each.rule].title for each in outcome.grounds if _LAWS[each.rule].question in _LETTING]
    return f" What lets it: {'; '.join(lower(name) for name in dict.fromkeys(names))}." if names else ""


def _titled(title: str, paragraphs: tuple[str, ...]) -> list[str]:
    return section(title, paragraphs) if paragraphs else []


def _refusal_answer(case: Refusing, outcome: RefusalOutcome) -> str:
    if outcome.myth:
        return "This is no reason to keep information back. The decision is on record, marked as resting on a myth."
    if outcome.stands:
        review = f" It is looked at again on {in_words(case.review_on)}." if case.review_on is not None else ""
        return f"The decision stands.{review}"
    if case.reason is Reason.MORE_DETRIMENTAL:
        return "The reason is a good one, and the decision is not yet whole. It is on record as it is."
    return "The decision does not stand as it is. It is on record."


def _asked(request: Request, facts: FactsInLaw) -> str:
    who = f"{a_body(request.agency_kind)} ({request.agency})"
    if request.role is not None:
        who = f"{a_role(request.role)} at {who}"
    count = "one item" if len(facts.items) == 1 else f"{len(facts.items)} items"
    to = f" with {a_body(request.recipient_kind)} ({request.recipient})" if request.recipient_kind is not None else ""
    doing = {
        Act.HOLD: f"stated {count}, which the hub received",
        Act.SHARE: f"asked to share {count}{to}",
        Act.READ: "asked which child is meant" if request.to_answer else "asked to read a child's chronology",
        Act.ERASE: f"was asked to destroy {count}",
    }[request.act]
    told = [f"On {in_words(request.on)} {who} {doing}."]
    if request.purpose is not None:
        told.append(f"The purpose: {lower(request.purpose.meaning)}.")
    if request.need is not None:
        told.append(f"The level of need is {request.need.value}: {lower(request.need.meaning)}.")
    if request.urgent:
        told.append("It is urgent.")
    return " ".join(told)


def _reasons(request: Request, facts: FactsInLaw, outcome: Outcome) -> list[str]:
    by_question: dict[Question, list[Finding]] = {question: [] for question in Question}
    for finding in outcome.findings:
        by_question[_LAWS[finding.rule].question].append(finding)
    lines = heading("The reasons")
    number = 0
    for question, found in by_question.items():
        if not found and question not in _must_be_asked(request, facts.items):
            continue
        number += 1
        lines += [f"{number}. {ASKS[question]}", ""]
        lines += [line for merged in _merged(found) for line in (*_finding(*merged), "")]
        if not found:
            lines += [paragraph(_nothing(question, request), 3), ""]
    return lines


def _nothing(question: Question, request: Request) -> str:
    if question is Question.POWER:
        return (
            "None was found that stands by itself. A legal obligation or a public task, if that is the basis below, "
            "brings its own; any other basis leaves this open, and a public body then names the power it acts under."
        )
    if question is Question.ACCESS:
        return "Nothing was found that lets this person see it."
    if request.pressing:
        return "Nothing was found that answers this. It goes all the same, since delay could harm the child."
    return "Nothing was found that answers this, and without an answer it does not go."


def _must_be_asked(request: Request, items: tuple[Item, ...]) -> frozenset[Question]:
    if request.act is Act.READ:
        return frozenset({Question.ACCESS})
    if request.act is not Act.SHARE:
        return frozenset()
    asked = {Question.POWER, Question.BASIS}
    if any(is_special(item) for item in items):
        asked.add(Question.SPECIAL)
    if any(is_criminal(item) for item in items):
        asked.add(Question.CRIMINAL)
    return frozenset(asked)


def _merged(found: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """Findings that say the same once, with the people whom they are about; bars first, then what is to be done."""
    people: dict[tuple[str, str], list[str]] = {}
    first: dict[tuple[str, str], Finding] = {}
    for finding in found:
        key = (finding.rule, finding.says)
        first.setdefault(key, finding)
        names = people.setdefault(key, [])
        if finding.person is not None and finding.person not in names:
            names.append(finding.person)
    order = tuple(LEADS)
    merged = [(finding, listed(people[key])) for key, finding in first.items()]
    return sorted(merged, key=lambda pair: order.index(pair[0].effect))


def _finding(finding: Finding, about: str) -> list[str]:
    lead = LEADS[finding.effect]
    whom = f" (As to {about}.)" if about else ""
    lines = [paragraph(f"{lead} {finding.says}{whom}", 3)]
    lines.append(paragraph(f"{finding.citation} [{SURE[finding.evidence]}; rule {finding.rule}]", 5))
    if finding.propose:
        lines.append(paragraph(f"Ways on: {'; '.join(decoded(way) for way in finding.propose)}.", 5))
    return lines


def _told(facts: FactsInLaw) -> list[str]:
    """Each person once; one of whom two items say different things, or who is another in each, with its item."""
    told = [(number, item, each) for number, item in enumerate(facts.items, start=1) for each in item.tellings]
    said: dict[str, set[str]] = {}
    for _, _, each in told:
        said.setdefault(each.person, set()).add(_telling(each))
    lines = [
        _telling(each) + (f" (Item {number}, {item.type} from {item.agency}.)" if len(said[each.person]) > 1 else "")
        for number, item, each in told
    ]
    return section("Who has been told", dict.fromkeys(lines)) if lines else []


def _telling(telling: PersonTelling) -> str:
    who = upper(telling.person)
    reason = f" The reason: {plain(telling.reason).rstrip('.')}." if telling.reason is not None else ""
    people = [
        f"{verb} by {name}"
        for verb, name in (("decided", telling.decided_by), ("approved", telling.approved_by))
        if name is not None
    ]
    by = f" {upper(listed(people))}." if people and telling.state in DATED else ""
    when = f" To be looked at again by {in_words(telling.review_on)}." if telling.review_on is not None else ""
    return f"{who}: {lower(telling.state.meaning)}.{reason}{by}{when}"


def _contents(request: Request, facts: FactsInLaw, outcome: Outcome) -> list[str]:
    if request.act is not Act.SHARE or not outcome.items:
        return []
    kinds = {item.item_id: item for item in facts.items}
    told = [_content(number, kinds[item.item_id], item) for number, item in enumerate(outcome.items, start=1)]
    return section("What goes, and what stays back", told)


def _content(number: int, item: Item, outcome: ItemOutcome) -> str:
    going = "; ".join(lower(one.meaning) for one in sorted(outcome.classes))
    told = f"Item {number}, {item.type} from {item.agency}. May go: {going or 'nothing'}."
    reasons: dict[str, list[str]] = {}
    for content, reason in sorted(outcome.withheld):
        reasons.setdefault(reason, []).append(lower(content.meaning))
    stays = " ".join(f"{reason}: {'; '.join(classes)}." for reason, classes in reasons.items())
    return f"{told} Stays back. {stays}" if stays else told


def _rests_on(on: date, settings: LawSettings, findings: tuple[Finding, ...]) -> list[str]:
    pack = pack_on(on, settings)
    parts = "; ".join(f"{part.citation} ({SURE[part.evidence]})" for part in pack.parts)
    order = tuple(Evidence)
    weakest = max((each.evidence for each in findings), key=order.index, default=None)
    told = [f"Judged by the law and guidance of {in_words(on)}, pack {pack.name}: {parts}."]
    if weakest is not None:
        told.append(f"The weakest support for any reason above: {SURE[weakest]}.")
    return section("What this rests on", (*told, DISCLAIMER))
