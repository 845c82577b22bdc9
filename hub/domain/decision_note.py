"""A kept decision about a child's chronology written out: what was kept, and the law's reasons judged afresh."""

from consent import explain
from consent.decide import LawSettings
from consent.finding import Effect
from consent.wording import in_words, paragraph, section
from contracts.events.hub import AccessDecided, Cited
from hub.domain.access import Asked, Before, judge_chronology
from hub.domain.moment import day_in_london

CHRONOLOGY = "chronology"
_WHAT = {
    CHRONOLOGY: "to read the chronology",
    "access_record": "to see who had looked",
    "identity_question": "to settle whose report it is",
    "telling": "to see who is still to be told",
}


def note_of(kept: AccessDecided, before: Before, settings: LawSettings) -> str:
    """The note on a kept decision. `before` is the history as it stood when the decision was made.

    The reasons are found again from that history, by the law of that day; where the answer is another than the one
    that was kept, the note says so and the kept answer stands.
    """
    parts = [
        f"DECISION {kept.decision_id}",
        "",
        *section("What is on record", (_on_record(kept), *_cited(kept))),
    ]
    if kept.what != CHRONOLOGY:
        return "\n".join(parts).rstrip() + "\n"
    judged = judge_chronology(Asked(kept.actor, kept.purpose, kept.at, kept.as_known_on), before, settings)
    now = "permitted" if judged.outcome.permitted else "refused"
    same = now == kept.effect and judged.outcome.pack == kept.law
    compared = (
        "Judged afresh on the same history, the answer and the law are the same. The reasons follow."
        if same
        else f"Judged afresh on the same history, the answer is {now} by {judged.outcome.pack}, and not as it was "
        "kept: the settings or the rules have changed since. What is on record stands."
    )
    parts += section("Judged afresh", (compared,))
    return "\n".join(parts) + "\n" + explain.note(judged.request, judged.facts, judged.outcome, settings)


def _on_record(kept: AccessDecided) -> str:
    shown = f" {kept.items_shown} items were shown." if kept.effect == "permitted" else " Nothing was shown."
    purpose = kept.purpose.value if kept.purpose is not None else "none"
    return (
        f"On {in_words(day_in_london(kept.at))} {kept.actor.subject}, {kept.actor.role.value} at {kept.actor.agency}, "
        f"asked {_WHAT[kept.what]}, purpose {purpose}. It was {kept.effect}, by {kept.law or 'no law named'}, on "
        f"version {kept.history_version} of the history.{shown}"
    )


def _cited(kept: AccessDecided) -> tuple[str, ...]:
    sets: tuple[tuple[Effect, tuple[Cited, ...]], ...] = (
        (Effect.BAR, kept.bars),
        (Effect.WARNING, kept.warnings),
        (Effect.GROUND, kept.grounds),
    )
    return tuple(
        paragraph(f"{explain.LEADS[effect]} {one.says} {one.citation} [rule {one.rule}]", 0)
        for effect, found in sets
        for one in found
    )
