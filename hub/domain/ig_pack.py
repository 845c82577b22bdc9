"""What an information-governance officer starts from, made from what the code knows; the rest is left to be filled in.

UK GDPR Arts 30, 35; DPA 2018 ss61, 64, Sch 1 paras 39-41. The pack is a draft: it approves nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consent.decide import RULEBOOK
from consent.explain import DISCLAIMER
from consent.finding import Effect, Question
from consent.rule import Law
from contracts.agreement import Agreement
from contracts.catalogue import REPORTS
from contracts.vocabulary import FieldClass, PersonRole, StaffRole
from hub.domain import agreement_page
from hub.domain.ig_risks import KEEPING, RISKS

FILL = "*to be filled in by the controller*"
_SPECIAL = {
    FieldClass.HEALTH: "special category (Art 9)",
    FieldClass.CRIMINAL: "criminal offence (Art 10)",
    FieldClass.CHILD_VOICE: "may hold special category",
    FieldClass.NARRATIVE: "may hold special category",
    FieldClass.SOCIAL_CARE: "may hold special category",
    FieldClass.OPINION: "may hold special category",
}


@dataclass(frozen=True, slots=True)
class Party:
    """A partner by the name people use, with its agreement."""

    title: str
    agreement: Agreement


def files(parties: tuple[Party, ...]) -> Mapping[str, str]:
    """Every file of the pack by its path."""
    written = {
        "README.md": _readme(),
        "record-of-processing.md": record_of_processing(parties),
        "impact-assessment.md": impact_assessment(parties),
        "policy-document.md": policy_document(),
    }
    for party in parties:
        name = f"annexes/{party.agreement.agency}.md"
        written[name] = agreement_page.markdown(party.agreement, party.title, (), None)
    return written


def record_of_processing(parties: tuple[Party, ...]) -> str:
    """The record of processing (UK GDPR Art 30; DPA 2018 s61 and Sch 1 para 41)."""
    lines = ["# Record of processing (draft)", "", f"UK GDPR Art 30; DPA 2018 s61, Sch 1 para 41. {DISCLAIMER}", ""]
    asked = (
        ("Controllers, joint controllers and contact point (Art 26; s58)", FILL),
        ("Data-protection officers", FILL),
        ("Purposes", "; ".join(sorted({one.meaning for each in parties for one in each.agreement.publishes.purposes}))),
        ("People", "; ".join(role.meaning for role in PersonRole)),
        ("Recipients inside", "; ".join(role.meaning for role in StaffRole)),
        ("Recipients outside", "; ".join(party.title for party in parties)),
        ("Transfers abroad", f"none by the hub; {FILL}"),
        ("Profiling and automated decisions", "none: no fact, view or page ranks a child, and people decide"),
        ("Time limits", f"see the table of periods in the impact assessment; {FILL}"),
        (
            "Security",
            "each record under the key of its child; signed and sealed messages; decisions kept before showing",
        ),
    )
    lines += _table(("What", "Said"), asked)
    lines += ["", "## Classes of content", "", *_table(("Class", "Meaning", "Kind"), _classes())]
    lines += ["", "## Facts, and the classes they carry", "", *_table(("Fact", "Title", "Classes"), _facts())]
    lines += ["", "## Bases relied on (Art 6; Part 3)", "", *_table(_LAW_HEAD, _grounds(Question.BASIS))]
    lines += ["", "## Conditions for special categories (para 41)", "", *_table(_LAW_HEAD, _grounds(Question.SPECIAL))]
    lines += ["", "## Conditions for criminal-offence data", "", *_table(_LAW_HEAD, _grounds(Question.CRIMINAL))]
    return "\n".join(lines) + "\n"


def impact_assessment(parties: tuple[Party, ...]) -> str:
    """The skeleton of a data-protection impact assessment (UK GDPR Art 35; DPA 2018 s64)."""
    lines = ["# Data-protection impact assessment (skeleton)", "", f"UK GDPR Art 35; DPA 2018 s64. {DISCLAIMER}", ""]
    lines += ["## 1. Why one is needed", "", _WHY, "", "## 2. What is done", "", _WHAT, ""]
    lines += ["## 3. Flows", "", *_table(("From", "To", "Facts", "Purposes"), _flows(parties))]
    lines += [
        "",
        "Facts to partners are agreed; sending them on is judged item by item and recipient by recipient.",
        "",
    ]
    lines += [
        "## 4. Consultation (Art 35(2), (9))",
        "",
        f"Data-protection officer: {FILL}",
        "",
        f"Families: {FILL}",
        "",
    ]
    lines += ["## 5. Necessity and proportionality", "", "The rulebook, with its law, is [docs/law.md](../law.md).", ""]
    lines += ["## 6. Risks to people, measures, and the tests that answer for them", ""]
    rows = ((one.risk, one.measure, ", ".join(f"`{test}`" for test in one.tests), one.left, FILL) for one in RISKS)
    lines += _table(("Risk", "Measure", "Tests", "What is left", "Likelihood and severity"), rows)
    lines += ["", "## 7. Periods of keeping", "", _KEEPING, ""]
    periods = ((one.record, one.period, one.source, one.checked) for one in KEEPING)
    lines += _table(("Record", "Period seen", "Source", "Checked"), periods)
    lines += ["", "## 8. Outcome", "", f"Residual risk, advice, decision, signatures, next review: {FILL}"]
    return "\n".join(lines) + "\n"


def policy_document() -> str:
    """The draft of an appropriate policy document (DPA 2018 Sch 1 Part 4; s42)."""
    lines = ["# Appropriate policy document (draft)", "", f"DPA 2018 Sch 1 paras 39-41; s42. {DISCLAIMER}", ""]
    lines += [f"Controller: {FILL}", "", f"Version, from, to: {FILL}", "", "## Conditions that need this document", ""]
    lines += _table(_LAW_HEAD, (row for row in _grounds(Question.SPECIAL) if "Sch 1" in row[1] or "Sch 8" in row[1]))
    lines += [
        "",
        "## How each principle is met (Art 5; DPA 2018 ss35-40)",
        "",
        *_table(("Principle", "How"), _PRINCIPLES),
    ]
    lines += ["", "## Keeping and erasing", "", f"{_KEEPING} Periods of this controller: {FILL}", ""]
    lines += ["Kept, reviewed and given to the Commissioner on request until six months after reliance on it ends."]
    return "\n".join(lines) + "\n"


def _readme() -> str:
    return (
        "# Information-governance pack\n\nGenerated by `hub ig-pack` from the code; a test holds it to the code. It "
        "is what an officer starts from, and approves nothing: every place marked as to be filled in is theirs.\n\n"
        "- [Record of processing](record-of-processing.md)\n- [Impact assessment](impact-assessment.md)\n"
        "- [Policy document](policy-document.md)\n- annexes: each partner's data-sharing agreement, written out\n"
    )


def _classes() -> Iterable[tuple[str, ...]]:
    return ((one.value, one.meaning, _SPECIAL.get(one, "personal")) for one in FieldClass)


def _facts() -> Iterable[tuple[str, ...]]:
    return (
        (f"`{one.TYPE}`", one.TITLE, ", ".join(sorted({rule.content.value for rule in one.FIELDS}))) for one in REPORTS
    )


def _grounds(question: Question) -> Iterable[tuple[str, ...]]:
    laws = (rule.law for rule in RULEBOOK)
    return (_ground(law) for law in laws if law.question is question and law.effect is Effect.GROUND)


def _ground(law: Law) -> tuple[str, ...]:
    return (law.title, law.citation, law.evidence.value, f"`{law.id}`")


def _flows(parties: tuple[Party, ...]) -> Iterable[tuple[str, ...]]:
    for party in parties:
        said, heard = party.agreement.publishes, party.agreement.receives
        yield (party.title, "the hub", ", ".join(said.types), ", ".join(one.value for one in said.purposes))
        yield ("the hub", party.title, ", ".join(heard.types), ", ".join(one.value for one in heard.purposes))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


_LAW_HEAD = ("Ground", "Law", "Checked", "Rule")
_WHY = (
    "Information about children and families, much of it special-category or about offences, is brought together on a "
    "large scale from several bodies. An assessment is mandatory before it starts; where high risk remains, the "
    "Commissioner is consulted first (Art 36; s65)."
)
_WHAT = (
    "Each agency signs what it states and sends it sealed. The hub proves it, keeps it as signed under the child's own "
    "key, links it by exact identifiers, and shows a chronology to staff whose role, purpose and ground in law are "
    "decided and kept first. Every row is sealed in a log that strangers can verify."
)
_KEEPING = (
    "The hub sets no period by itself: an item without one is not destroyed, a hold beats every period, and destroying "
    "is judged by the same rulebook."
)
_PRINCIPLES = (
    ("Lawfulness, fairness, transparency", "a dated and cited rule for every use; telling held for each person"),
    ("Purpose limitation", "no purpose, no request; the first purpose and basis stay with the item"),
    ("Data minimisation", "classes of content judged for each reader and recipient; whole files are refused"),
    (
        "Accuracy",
        "fact, view and the child's words apart; corrections beside what they correct; doubts asked of people",
    ),
    ("Storage limitation", "destroyed only by a decision in law; see the periods"),
    (
        "Integrity and confidentiality",
        "signed, sealed, encrypted for each child, and logged so that strangers can verify",
    ),
    ("Accountability", "decisions, refusals and looks are facts, kept before anything is shown"),
)
