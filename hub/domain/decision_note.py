"""A kept decision written out: what was kept, what was held back and why, and the law's reasons judged afresh."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from consent import explain
from consent.decide import LawSettings
from consent.finding import Effect
from consent.wording import in_words, listed, paragraph, plain, section
from contracts.events.hub import AccessDecided, Cited, ReportLinked, Withheld
from hub.domain import access_words
from hub.domain.access import Asked, Before, Judged, judge_chronology
from hub.domain.emergency import asked_as, is_opened_so
from hub.domain.moment import day_in_london
from hub.domain.need_to_know import WORKS_WITH, Relation, is_refused_by_policies
from hub.domain.who_is_meant import MEANT, is_to_answer

CHRONOLOGY = "chronology"
NOT_FOR_THIS_AGENCY = "Its agency says that this reader's agency must not see it"
_WHAT: Mapping[str, str] = {
    MEANT: "which child their agency was asked about",
    CHRONOLOGY: "to read the chronology",
    "access_record": "to see who had looked",
    "identity_question": "to settle whose report it is",
    "telling": "to see who is still to be told, or to state that somebody was",
    "shares": "to see who was sent what",
    "family_answer": "to prepare an answer to the family",
    "enquiry": "to open an enquiry, to assign one or to close one",
}


def note_of(kept: AccessDecided, before: Before, settings: LawSettings) -> str:
    """The note on a kept decision. `before` is the history as it stood when the decision was made.

    The reasons are found again from that history, by the law of that day; where the answer is another than the one
    that was kept, the note says so and the kept answer stands.
    """
    parts = [
        f"DECISION {kept.decision_id}",
        "",
        *section("What is on record", (_on_record(kept), *reasons(kept.bars, kept.warnings, kept.grounds))),
    ]
    if kept.what != CHRONOLOGY:
        return "\n".join([*parts, *held_back(kept.withheld, {})]).rstrip() + "\n"
    assigned = not WORKS_WITH.isdisjoint(_relations(kept))
    asked = Asked(kept.actor, kept.purpose, kept.at, kept.as_known_on, assigned, is_to_answer(kept))
    judged = judge_chronology(asked_as(asked) if is_opened_so(kept) else asked, before, settings)
    now = "permitted" if judged.outcome.permitted else "refused"
    same = now == kept.effect and judged.outcome.pack == kept.law
    compared = (
        "The policies on who may act said no, so what the law says by itself did not count. It follows."
        if is_refused_by_policies(kept)
        else "Judged afresh on the same history, the answer and the law are the same. The reasons follow."
        if same
        else f"Judged afresh on the same history, the answer is {now} by {judged.outcome.pack}, and not as it was "
        "kept: the settings or the rules have changed since. What is on record stands."
    )
    parts += held_back(kept.withheld, _whole(kept, before.linked, judged))
    parts += section("Judged afresh", (compared,))
    return "\n".join(parts) + "\n" + explain.note(judged.request, judged.facts, judged.outcome, settings)


def held_back(withheld: Iterable[Withheld], whole: Mapping[UUID, str]) -> list[str]:
    """What was not shown and why, each reason once: the parts of reports, then the reports not shown at all.

    No lines where nothing was held back.
    """
    parts: dict[str, tuple[set[str], set[UUID]]] = {}
    for one in withheld:
        classes, reports = parts.setdefault(one.reason, (set(), set()))
        classes.add(plain(one.content.value))
        reports.add(one.report_id)
    told = [
        f"{reason}: {listed(sorted(classes))}, in {_count(len(reports), 'report')} ({_ids(reports)})."
        for reason, (classes, reports) in parts.items()
    ]
    by_reason: dict[str, set[UUID]] = {}
    for report_id, reason in whole.items():
        by_reason.setdefault(reason, set()).add(report_id)
    told += [
        f"{reason}: all of {_count(len(reports), 'report')} ({_ids(reports)})." for reason, reports in by_reason.items()
    ]
    return section("What was held back, and why", told) if told else []


def reasons(bars: tuple[Cited, ...], warnings: tuple[Cited, ...], grounds: tuple[Cited, ...]) -> tuple[str, ...]:
    """The rules that a kept decision cites, each as a paragraph."""
    sets = ((Effect.BAR, bars), (Effect.WARNING, warnings), (Effect.GROUND, grounds))
    return tuple(
        paragraph(f"{explain.LEADS[effect]} {one.says} {one.citation} [rule {one.rule}]", 0)
        for effect, found in sets
        for one in found
    )


def _whole(kept: AccessDecided, links: tuple[ReportLinked, ...], judged: Judged) -> dict[UUID, str]:
    """Why each report was not shown at all, as the history and the law say it now."""
    barred = {link.report_id for link in links if kept.actor.agency in link.not_to_be_seen_by}
    by_law = {item.item_id: item.withheld[0][1] for item in judged.outcome.items if item.withheld}
    return {
        report_id: NOT_FOR_THIS_AGENCY if report_id in barred else by_law.get(report_id, "No reason is on record")
        for report_id in kept.not_shown
    }


def _relations(kept: AccessDecided) -> frozenset[Relation]:
    return frozenset(one for one in Relation if one.value in kept.relations)


def _on_record(kept: AccessDecided) -> str:
    shown = f" {_shown(kept)} shown." if kept.effect == "permitted" else " Nothing was shown."
    purpose = kept.purpose.value if kept.purpose is not None else "none"
    purpose += "" if access_words.is_chosen(kept.purpose, kept.what) else ", which is the list's own and nobody chose"
    what = MEANT if is_to_answer(kept) else kept.what
    asked = _WHAT.get(what, f"for: {plain(kept.what)}")
    return (
        f"On {in_words(day_in_london(kept.at))} {kept.actor.subject}, {kept.actor.role.value} at {kept.actor.agency}, "
        f"asked {asked}, purpose {purpose}. It was {kept.effect}, by {kept.law or 'no law named'}, on "
        f"version {kept.history_version} of the history.{shown}"
    )


def _shown(kept: AccessDecided) -> str:
    return f"{_count(kept.items_shown, 'item')} {'was' if kept.items_shown == 1 else 'were'}"


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def _ids(reports: set[UUID]) -> str:
    return ", ".join(str(one) for one in sorted(reports))
