"""Which entries a reader wants to look at now. A filter never takes anything away: what does not fit is only faded."""

from dataclasses import dataclass
from enum import Enum

from hub.domain.about import About, about
from hub.domain.chronology import Entry
from hub.domain.significance import Significance, is_turning_point, significance


class Least(Enum):
    """How much an entry must matter to be looked at."""

    ALL = "all"
    CONCERNS = "concerns"
    TURNING_POINTS = "turning_points"


_CONCERNS = frozenset({Significance.HARM, Significance.SERIOUS, Significance.CONCERN, Significance.RESTRICTED})


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is wanted; an empty set of agencies, of kinds or of what it is about wants all of them."""

    sources: frozenset[str] = frozenset()
    kinds: frozenset[Significance] = frozenset()
    least: Least = Least.ALL
    own_words: bool = False
    late: bool = False
    about: frozenset[About] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether it lets everything through."""
        return self == Sieve()

    def takes(self, entry: Entry) -> bool:
        """Whether the entry is wanted."""
        return (
            (not self.sources or entry.source in self.sources)
            and (not self.kinds or significance(entry) in self.kinds)
            and _matters(entry, self.least)
            and (not self.own_words or has_own_words(entry))
            and (not self.late or is_late(entry))
            and (not self.about or not self.about.isdisjoint(about(entry)))
        )


def has_own_words(entry: Entry) -> bool:
    """Whether the child's own words are in it, or in what corrects it."""
    return bool(entry.child_words) or bool(entry.later and any(later.child_words for later in entry.later))


def is_late(entry: Entry) -> bool:
    """Whether the hub had it more than 30 days after it happened."""
    return any(mark.code == "received_late" for mark in entry.marks)


def _matters(entry: Entry, least: Least) -> bool:
    match least:
        case Least.ALL:
            return True
        case Least.CONCERNS:
            return is_turning_point(entry) or significance(entry) in _CONCERNS
        case Least.TURNING_POINTS:
            return is_turning_point(entry)
