"""What every document says of itself first: whose chronology, for whom, by whom, which copy, and what is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hub.application.print_chronology import Printed
from hub.domain import feed_words, words
from hub.domain.coverage import CoverKind
from hub.domain.feed import FeedKind
from hub.domain.moment import day_in_london
from hub.domain.silence import NOTHING, SilenceKind
from hub.domain.snapshot import Snapshot, snapshot
from hub.web import glance
from hub.web.rendering import reference

_SILENT: Final[Mapping[SilenceKind, str]] = {
    SilenceKind.NOTHING_RECEIVED: "Connected, and have sent nothing about this child",
    SilenceKind.NEVER_HEARD: "Enrolled, and nothing from them has ever come, so what they hold is not known",
    SilenceKind.NOT_CONNECTED: "Send nothing to the hub yet, so what they hold is not known",
    SilenceKind.IN_QUESTION: "Have sent something that may be about this child; somebody must look whose it is",
    SilenceKind.WITHHELD: "Hold something that is not in this document",
    SilenceKind.AFTER_THIS_DAY: "Had sent nothing about this child that was taken in by that day",
    SilenceKind.NOT_CONNECTED_THEN: "Were not connected to the hub by that day, so what they held then is not known",
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What was printed, by whom (the name), and what partners are called."""

    printed: Printed
    by: str
    titles: Mapping[str, str]

    @property
    def snap(self) -> Snapshot:
        """All that the document may say of the child."""
        return snapshot(self.printed.chronology, day_in_london(self.printed.stated.at))

    @property
    def name(self) -> str:
        """The child's name, as far as it may be shown."""
        names = self.printed.chronology.names
        return names[0] if names else "a child whose name is not shown"

    @property
    def reference(self) -> str:
        """The child's reference at the hub."""
        return reference(self.printed.chronology.person_id)

    @property
    def copy(self) -> str:
        """The number of this copy."""
        return f"Copy {self.printed.stated.copy_number}"

    @property
    def entry(self) -> str:
        """Its number in the order of all that the hub keeps."""
        return f"On record as number {self.printed.chronology.position}"

    @property
    def at(self) -> str:
        """When it was made."""
        return words.moment(self.printed.stated.at)

    @property
    def meant_for(self) -> str:
        """Who there it is for, and where."""
        stated = self.printed.stated
        where = self.titles.get(stated.recipient, stated.recipient) if stated.recipient else "the court"
        return f"{stated.meant_for}, {where}" if stated.meant_for else where

    def title_of(self, source: str) -> str:
        """What an agency is called."""
        return self.titles.get(source, source)


def born(of: Snapshot) -> str:
    """When the child was born, and how old the child is."""
    birth, old = of.shown.birth_date, glance.age(of)
    if birth is None:
        return "Not recorded"
    return f"{words.when(birth)}, {old}" if old else words.when(birth)


def covers(of: Snapshot) -> str:
    """How many entries there are, and from when to when."""
    number = len(of.entries)
    dated = [entry for entry in of.entries if entry.happened.day() is not None]
    told = f"{number} {'entry' if number == 1 else 'entries'}"
    return f"{told}, {words.lasted(dated[0].happened, dated[-1].ended or dated[-1].happened)}" if dated else told


def left_out(cover: Cover) -> list[str]:
    """What is not in the document, as sentences that give away no subject: held back, not told, not known.

    Who was asked, was never heard or sent what could not be taken in never stands with who has sent nothing.
    """
    of = cover.snap
    held = {one for entry in of.entries for one in (entry, *entry.later) if one.withheld or one.held_apart}
    question = len(of.shown.in_question)
    by = words.day(of.day) if of.past else cover.at
    return [
        *([_held_back(len(held))] if held else []),
        *(f"{kind}: {', '.join(who)}." for kind, who in _silent(cover).items()),
        *(() if of.asked else (words.nobody_asked(by),)),
        *words.not_replied(of.waiting, cover.titles, by),
        *words.answered(of.replied, {one.source for one in of.silences}, cover.titles),
        *words.before_connected(of.joined, cover.titles),
        *([_in_question(question)] if question else []),
        *_missing(cover),
    ]


def _held_back(entries: int) -> str:
    if entries == 1:
        return "Parts of one of the entries are held back; it says which, and why."
    return f"Parts of {entries} of the entries are held back; each says which, and why."


def _in_question(reports: int) -> str:
    if reports == 1:
        return "One report may be about this child; somebody must look whose it is."
    return f"{reports} reports may be about this child; somebody must look whose they are."


def _silent(cover: Cover) -> dict[str, list[str]]:
    """The agencies of whom nothing is shown, by what that means; only of a plain lane it is that nothing was sent.

    Of what lies set aside or never came it is said with since when, among what may be missing.
    """
    of = cover.snap
    nothing = {one.source for lane in of.covers for one in lane if one.kind is CoverKind.NOTHING}
    found: dict[str, list[str]] = {}
    for one in of.silences:
        if one.kind not in (SilenceKind.SET_ASIDE, SilenceKind.NEVER_CAME) and (
            one.kind not in NOTHING or one.source in nothing
        ):
            found.setdefault(_SILENT[one.kind], []).append(cover.title_of(one.source))
    return found


def _missing(cover: Cover) -> list[str]:
    """What may not have come of each agency; of one that is silent as far as that is not said before."""
    silent = {one.source: one.kind for one in cover.snap.silences}
    told: list[str] = []
    for one in cover.snap.shown.feeds or ():
        kind = silent.get(one.source)
        new = [each for each in one.findings if kind is None or each.kind is not FeedKind.NEVER_HEARD]
        if new and kind is not SilenceKind.NOT_CONNECTED:
            told.append(f"{cover.title_of(one.source)}: {' '.join(feed_words.said(each) for each in new)}")
    return told
