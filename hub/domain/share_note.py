"""A kept decision about sharing, or not sharing, written out from what was kept: nothing is judged again."""

from consent import explain
from consent.finding import Effect
from consent.wording import decoded, in_words, listed, lower, paragraph, plain, section
from contracts.events.sharing import Answered, DisclosedItem, DisclosureDecided, SharingRefused, is_reply
from contracts.report import LawfulBasis
from contracts.vocabulary import Confidence, ConsentState
from hub.domain import words
from hub.domain.decision_note import held_back, reasons
from hub.domain.moment import day_in_london

_CAUSE = {
    "asked": "somebody decided it",
    "duty": "a duty to notify",
    "correction": "a correction of what the recipient has, or a reply to it",
    "moved": "what the recipient has was about another child",
    "resumed": "an earlier decision had not left",
    "taken_back": "whoever decided it took it back",
}


def share_note(kept: DisclosureDecided) -> str:
    """The note on a decision about sharing: answer, reasons, what went on which basis, what stayed back and why."""
    going = [line for item in kept.items for line in _going(item)]
    parts = [
        f"DECISION {kept.disclosure_id}",
        "",
        *section("What is on record", (_share_on_record(kept), *reasons(kept.bars, kept.warnings, kept.grounds))),
        *(section("To be put right", _answers(kept.fixes)) if kept.fixes else []),
        *(section("What went, and on what basis", going) if going else []),
        *held_back(kept.withheld, {}),
        *section("What this rests on", (f"The law and guidance of that day, pack {kept.law}.", explain.DISCLAIMER)),
    ]
    return "\n".join(parts).rstrip() + "\n"


def refusal_note(kept: SharingRefused) -> str:
    """The note on a decision not to share: what was asked for, the reason, and what the law said to it at once."""
    stands = "stands" if kept.stands else "does not stand as it is"
    myth = ", which is one of the myths about sharing" if kept.myth else ""
    review = f" It is to be looked at again by {in_words(kept.review_on)}." if kept.review_on is not None else ""
    said = (
        f"On {in_words(day_in_london(kept.at))} {kept.actor.subject}, {kept.actor.role.value} at {kept.actor.agency}, "
        f"decided not to share with {kept.asked_by} what it had asked for. The purpose: "
        f"{lower(kept.purpose.meaning)}. The reason given is {plain(kept.reason)}{myth}. The decision {stands}."
        f"{review}{_added(kept)}"
    )
    parts = [
        f"DECISION {kept.refusal_id}",
        "",
        *section("What is on record", (said,)),
        *section("What the law said to it", _answers(kept.answer)),
        *section("What this rests on", (f"The law and guidance of that day, pack {kept.law}.", explain.DISCLAIMER)),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _share_on_record(kept: DisclosureDecided) -> str:
    who = (
        f"{kept.actor.subject}, {kept.actor.role.value} at {kept.actor.agency}" if kept.actor is not None else "the hub"
    )
    marks = f" Not as its agreement has it: {plain(listed(kept.marks))}." if kept.marks else ""
    service = kept.service_agreement
    agreed = f" Whether the family agreed to a service: {plain(service)}." if service is not None else ""
    urgent = " It was urgent." if kept.urgent else ""
    due = f" Its acknowledgement is due by {words.moment(kept.due_by)}." if kept.due_by is not None else ""
    added = _added(kept)
    return (
        f"On {in_words(day_in_london(kept.at))} {who} meant {kept.sharer} to share {_reports(len(kept.asked_for))} "
        f"with {kept.recipient}. The purpose: {lower(kept.purpose.meaning)}. The cause: {_CAUSE[kept.cause]}.{urgent} "
        f"It was {kept.effect}, and {_reports(len(kept.items))} went, under agreement "
        f"{kept.agreement_version or 'without a version'}, "
        f"on version {kept.history_version} of the history.{marks}{agreed}{due}{added}"
    )


def _added(kept: DisclosureDecided | SharingRefused) -> str:
    """What whoever decided added, as they wrote it."""
    return f" They added: “{kept.note}”" if kept.note else ""


def _going(item: DisclosedItem) -> list[str]:
    classes = plain(listed([one.value for one in item.classes]))
    news = "reply to it" if is_reply(item.news, item.of, item.report_id) else item.news
    told = [f"Report {item.report_id} ({news}): {classes}."]
    told += [f"{one.person}: lawful basis: {words.basis(one)}. Confidence: {_confidence(one)}." for one in item.bases]
    return told


def _confidence(basis: LawfulBasis) -> str:
    """How confidence is met, and where consent stands: each by itself, neither the lawful basis."""
    agreed = "" if basis.consent is ConsentState.NOT_BASIS else f". Consent: {lower(basis.consent.meaning)}"
    if basis.confidence is Confidence.NOT_ENGAGED:
        return f"not engaged{agreed}"
    return f"{lower(basis.confidence.meaning)}{agreed}"


def _answers(answers: tuple[Answered, ...]) -> tuple[str, ...]:
    return tuple(
        paragraph(
            f"{explain.LEADS[Effect.FIX]} {one.says} {one.citation} [rule {one.rule}]"
            + (f" Ways on: {'; '.join(decoded(way) for way in one.propose)}." if one.propose else ""),
            0,
        )
        for one in answers
    )


def _reports(number: int) -> str:
    return "1 report" if number == 1 else f"{number} reports"
