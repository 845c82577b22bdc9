"""The picture in words: its title, a sentence for each gap, what lasted, is late or not known, a table of counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from contracts.when import on_day
from hub.domain import seen_words, words
from hub.domain.chronology import Entry
from hub.domain.coverage import Cover, CoverKind
from hub.domain.seen import THRESHOLD_DAYS
from hub.domain.snapshot import Snapshot
from hub.domain.spans import Span
from hub.web.picture.marks import day_of

UNDATED = "Not known when"
_SAID: Mapping[CoverKind, str] = {
    CoverKind.NOTHING: "{who} has sent nothing about this child. That does not mean that nothing happened.",
    CoverKind.NOT_REPLIED: "{who} was asked and has not replied.",
    CoverKind.NEVER_HEARD: "{who} is enrolled, and nothing from it has ever come: what it holds is not known here.",
    CoverKind.NOT_CONNECTED: "{who} is not connected, or has not been heard{since}: what it holds is not known here.",
    CoverKind.NOT_CONNECTED_THEN: "{who} was not connected then: what it held is not known here.",
    CoverKind.WITHHELD: "{who} holds something that you may not see here.",
    CoverKind.SET_ASIDE: "Something that {who} sent was not taken in{since}: what it holds is not known here.",
    CoverKind.NEVER_CAME: "A message with a number is missing that {who} sent; it may be about this child.",
    CoverKind.IN_QUESTION: "{who} has sent something that may be about this child; somebody must look whose it is.",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries each agency has in each year: a heading for each column, a row for each agency."""

    years: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def title(of: Snapshot) -> str:
    """Whose picture it is, and up to which day."""
    return f"Timeline of {of.called}, up to {words.day(of.day)}"


def describe(of: Snapshot) -> str:
    """How many entries, of how many agencies, the longest gap, and since when anything is known of that."""
    spoke = len({entry.source for entry in of.entries})
    said = f"{count(len(of.entries), 'entry', 'entries')} from {count(spoke, 'agency', 'agencies')}."
    return " ".join(one for one in (said, seen_words.longest_said(of), *seen_words.before(of)) if one)


def sentences(of: Snapshot, titles: Mapping[str, str]) -> tuple[str, ...]:
    """What the picture shows, a sentence each: gaps, the child's words, what lasted, what is late or not known."""
    called = of.called
    spoken = of.spoken
    return (
        *(seen_words.gap(one, of) for one in of.gaps),
        *seen_words.before(of),
        f"Stretches of more than {THRESHOLD_DAYS} days are shown. {seen_words.times(of)}",
        f"{_upper(called)}’s own words are recorded {count(len(spoken), 'time', 'times')}"
        + (f", last on {words.when(spoken[-1].happened)}." if spoken else "."),
        *(lasted(one, titles) for one in of.spans if one.start <= of.day),
        *(_late(entry, titles) for entry in of.late),
        *_loaded(of, titles),
        *(said for lane in of.covers for cover in lane for said in _said(cover, titles)),
        *words.before_connected(of.joined, titles),
        *_undated(of),
    )


def lasted(span: Span, titles: Mapping[str, str]) -> str:
    """What lasted, from which day to which, and whose word that is."""
    who, start = titles.get(span.source, span.source), words.day(span.start)
    days = f"since {start}" if span.end is None else words.lasted(on_day(span.start), on_day(span.end))
    if span.absent:
        return f"{span.name}: {days}, after a school was left, as {who} states."
    return f"{span.called}: {days}, as {who} states{'; no end is recorded' if span.end is None else ''}."


def counts(of: Snapshot, titles: Mapping[str, str]) -> Counts:
    """The entries by agency and by year of happening."""
    found: dict[str, dict[str, int]] = {}
    for entry in of.entries:
        row = found.setdefault(titles.get(entry.source, entry.source), {})
        year = _year(entry)
        row[year] = row.get(year, 0) + 1
    years = tuple(sorted({year for row in found.values() for year in row}, key=lambda one: (one == UNDATED, one)))
    return Counts(years, tuple((name, tuple(row.get(year, 0) for year in years)) for name, row in found.items()))


def count(number: int, one: str, many: str) -> str:
    """A number with its word."""
    return f"{number} {one if number == 1 else many}"


def _year(entry: Entry) -> str:
    day = day_of(entry)
    return str(day.year) if day is not None else UNDATED


def _late(entry: Entry, titles: Mapping[str, str]) -> str:
    who = titles.get(entry.source, entry.source)
    return (
        f"Shared late: {who} shared “{entry.title}” of {words.when(entry.happened)} on "
        f"{words.moment(entry.received).partition(',')[0]}."
    )


def _loaded(of: Snapshot, titles: Mapping[str, str]) -> tuple[str, ...]:
    """How many of the late entries came as their agency joined, for each such agency."""
    found = Counter(entry.source for entry in of.loaded)
    return tuple(
        f"Loaded when it joined: {count(number, 'entry', 'entries')} that {titles.get(source, source)} had from before "
        "it was connected."
        for source, number in found.items()
    )


def _said(cover: Cover, titles: Mapping[str, str]) -> tuple[str, ...]:
    """What is known of an agency of which little or nothing is shown, and what it answered when it was asked."""
    who = titles.get(cover.source, cover.source)
    if cover.waiting is not None and cover.waiting.more_time is not None:
        return (words.more_time(cover.waiting, who),)
    since = f" since {words.day(cover.since)}" if cover.since is not None else ""
    known = (_SAID[cover.kind].format(who=who, since=since),) if cover.kind in _SAID else ()
    return known if cover.replied is None else (*known, words.answer(cover.replied, who))


def _undated(of: Snapshot) -> tuple[str, ...]:
    found = sum(entry.happened.day() is None for entry in of.entries)
    if not found:
        return ()
    return (f"{count(found, 'entry is', 'entries are')} in the list and not in the picture: not known when.",)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
