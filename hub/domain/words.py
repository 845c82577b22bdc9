"""Times, bases and telling in words."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from consent.wording import listed
from contracts.events.requests import Answer
from contracts.events.telling import TellingStated
from contracts.report import LawfulBasis, Told
from contracts.vocabulary import Article6, Article9, ChangeKind, ConsentState
from contracts.when import When
from hub.domain.feed import Connected
from hub.domain.moment import LONDON, day_in_london
from hub.domain.requests import Replied, Waiting
from hub.domain.silence import Silence, SilenceKind

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
CHANGED: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "A later version of the same record",
    ChangeKind.CORRECTION: "Corrected by its agency",
    ChangeKind.RETRACTION: "Withdrawn by its agency",
}
_SILENCE = {
    SilenceKind.NOTHING_RECEIVED: "connected, and has sent nothing about this person",
    SilenceKind.NEVER_HEARD: "enrolled, and nothing from it has ever come; what it holds is not known here",
    SilenceKind.SET_ASIDE: "has sent something that was not taken in; it may be about this person",
    SilenceKind.NEVER_CAME: "a message with a number is missing that it sent; it may be about this person",
    SilenceKind.NOT_CONNECTED: "sends nothing to the hub yet; what it holds is not known here",
    SilenceKind.IN_QUESTION: "has sent something that may be about this person; somebody must look whose it is",
    SilenceKind.WITHHELD: "holds something that you may not see here; ask the agency",
    SilenceKind.AFTER_THIS_DAY: "had sent nothing about this person that was taken in by that day",
    SilenceKind.NOT_CONNECTED_THEN: "was not connected to the hub by that day; what it held then is not known here",
}
_SINCE = {
    SilenceKind.NOTHING_RECEIVED: "connected since {day}, and has sent nothing about this person; what it held before "
    "that is not known here",
    SilenceKind.NEVER_HEARD: "enrolled since {day}, and nothing from it has ever come; what it holds is not known here",
    SilenceKind.AFTER_THIS_DAY: "was connected on {day}, and had sent nothing about this person that was taken in by "
    "that day; what it held before it was connected is not known here",
}
_ANSWERED: Mapping[Answer, str] = {
    "known_relevant": "something relevant is known there. Nothing of it is shown here",
    "known_nothing_relevant": "the child or family is known there, and nothing that is relevant",
    "not_known": "the child is not known there",
    "more_time": "it needs more time",
    "cannot_share": "it cannot share. That does not mean that nothing is known there",
}


def when(value: When) -> str:
    """`3 September 2026`, `3 September 2026, 10:20`, `September 2026`, or `Not known when`."""
    if value.value is None:
        return "Not known when"
    if "T" in value.value:
        start = value.earliest()
        return moment(start) if start is not None else "Not known when"
    year, *rest = value.value.split("-")
    named = [_MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*(str(int(one)) for one in rest[1:]), *named, year])


def lasted(start: When, end: When | None) -> str:
    """`3 September 2026 to 5 September 2026`; the day once where it is one, `3 September 2026, 10:20 to 11:05`."""
    first, last = when(start), when(end) if end is not None else ""
    if not last or first == last:
        return first
    on, _, time = last.partition(", ")
    if time and first == on:
        return f"{on}, until {time}"
    return f"{first} to {time}" if time and first.startswith(f"{on}, ") else f"{first} to {last}"


def day(of: date) -> str:
    """A day: `6 October 2026`."""
    return f"{of.day} {_MONTHS[of.month - 1]} {of.year}"


def moment(at: datetime) -> str:
    """An instant by the clock of England, as wards and control rooms write it: `6 October 2026, 14:20`."""
    local = at.astimezone(LONDON)
    return f"{day(local.date())}, {local:%H:%M}"


def clock(at: datetime) -> str:
    """The same without its day: `14:20`."""
    return f"{at.astimezone(LONDON):%H:%M}"


def whole_number(of: UUID) -> str:
    """The number of something on record, in groups of four."""
    digits = of.hex.upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def silence(of: Silence) -> str:
    """Which silence it is; of an agency that has sent nothing, from which day on that says anything."""
    if of.since is not None and of.kind in _SINCE:
        return _SINCE[of.kind].format(day=day(of.since))
    return _SILENCE[of.kind]


def before_connected(of: Iterable[Connected], titles: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each day on which agencies were connected: what is known of the time before it."""
    by_day: dict[date, list[str]] = {}
    for one in sorted(of, key=lambda one: one.since):
        by_day.setdefault(one.since, []).append(titles.get(one.source, one.source))
    return tuple(
        f"Before {day(since)}, {listed(who)} {'was' if len(who) == 1 else 'were'} not connected to the hub: of that "
        "time, only what was sent since is known here."
        for since, who in by_day.items()
    )


def not_replied(of: Iterable[Waiting], titles: Mapping[str, str], by: str = "") -> tuple[str, ...]:
    """Who was asked and had not replied by a time (none: now), as one sentence; one for each that needs more time."""
    every = tuple(of)
    who = [titles.get(one.source, one.source) for one in every if one.more_time is None]
    later = tuple(more_time(one, titles.get(one.source, one.source)) for one in every if one.more_time is not None)
    if not who:
        return later
    were, have = ("was", "has") if len(who) == 1 else ("were", "have")
    so_far = f"had not replied by {by}" if by else f"{have} not replied"
    return (
        f"{listed(who)} {were} asked about this child and {so_far}. That does not mean that nothing is known there.",
        *later,
    )


def nobody_asked(by: str = "") -> str:
    """That no agency was asked of the child by a time (none: now): whoever is silent has not failed to reply."""
    asked = f"had been asked by {by}" if by else "has been asked"
    return f"No agency {asked}, through the hub, what it knows of this child."


def more_time(of: Waiting, who: str) -> str:
    """That an agency answered, and on which day, that it needs more time, and until when."""
    on = f" on {day(day_in_london(of.more_time))}" if of.more_time is not None else ""
    until = f", until {moment(of.due)}" if of.due is not None else ""
    return (
        f"{who} was asked about this child and answered{on} that {_ANSWERED['more_time']}{until}. That does not mean "
        "that nothing is known there."
    )


def answered(of: Iterable[Replied], silent: Collection[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    """What agencies answered that are silent, or cannot share: a sentence for each, and never why it cannot."""
    said = (one for one in of if one.source in silent or one.answer == "cannot_share")
    return tuple(answer(one, titles.get(one.source, one.source)) for one in said)


def answer(of: Replied, who: str) -> str:
    """What an agency of whom nothing is shown answered, and on which day."""
    on = day(day_in_london(of.at))
    said = f"{who} was asked about this child and answered on {on} that {_ANSWERED[of.answer]}."
    return f"{said} Whoever asked wrote that down, as they were told." if of.taken_down else said


def by_end(at: datetime) -> str:
    """Until when something is due: `by the end of 5 October 2026` where that is midnight, else the instant."""
    local = at.astimezone(LONDON)
    if local.time() == time():
        return f"by the end of {day(local.date() - timedelta(days=1))}"
    return f"by {moment(at)}"


def basis(stated: LawfulBasis) -> str:
    """The basis stated for one person, in the vocabulary's words; a code it does not know is shown as the code."""
    parts = [_meaning(Article6, stated.article6), _meaning(Article9, stated.article9)]
    return "; ".join(part for part in parts if part) or "No basis stated"


def confidence(stated: LawfulBasis) -> str:
    """How the duty of confidence is met for one person, and where consent stands: neither is the lawful basis."""
    consent = "" if stated.consent is ConsentState.NOT_BASIS else f"; consent: {stated.consent.meaning}"
    return f"{stated.confidence.meaning}{consent}"


def label(field: str) -> str:
    """A statement's field in words: `what happened`."""
    return field.replace("_", " ")


def telling(told: Told) -> str:
    """The state of telling one person, with when it is looked at again."""
    review = f" (to be looked at again by {when(told.review_on)})" if told.review_on is not None else ""
    return f"{told.state.meaning}{review}"


def telling_since(said: TellingStated) -> str:
    """What somebody at the hub stated of telling one person, later than the agency did, on one line."""
    parts = [
        said.state.meaning,
        day(said.on) if said.on is not None else "",
        said.how.replace("_", " ") if said.how is not None else "",
        f"by {said.told_by}" if said.told_by else "",
        f"reason: {said.reason}" if said.reason else "",
        f"approved by {said.approved_by}" if said.approved_by else "",
        f"to be looked at again by {day(said.review_on)}" if said.review_on is not None else "",
        f"the child {said.child_agrees.replace('_', ' ')}" if said.child_agrees is not None else "",
        f"the child says: {said.child_words}" if said.child_words else "",
        f"stated at the hub on {day(day_in_london(said.at))}",
    ]
    return ", ".join(part for part in parts if part)


def _meaning(kind: type[Article6] | type[Article9], code: str | None) -> str:
    if code is None:
        return ""
    known = next((member for member in kind if member.value == code), None)
    return known.meaning if known is not None else f"code {code}, not known"
