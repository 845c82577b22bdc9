"""Which entries say that telling somebody of them may put someone at risk, as their agencies and the hub's people said.

The later word about a person stands in place of the earlier; that nothing is known takes no silence away. A note on
handling is its agency's own words: nobody here guesses what it means for telling, so every one of them is shown.
Sources: DPA 2018 Sch 2 para 2, s44; UK GDPR Art 23(1); DfE information sharing advice 2024, rule 2.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from consent.transparency import WITHHELD
from contracts.vocabulary import Telling
from hub.domain.chronology import Entry
from hub.domain.handling import notes_on_handling
from hub.domain.telling_clash import states_of


@dataclass(frozen=True, slots=True)
class Caution:
    """What one entry says against telling: its notes on handling, and the states of those who are not to be told.

    `objects`: the child does not agree that somebody is told. At least one of the three is there.
    """

    entry: Entry
    notes: tuple[str, ...]
    untold: tuple[Telling, ...]
    objects: bool


def cautions(entries: Iterable[Entry]) -> tuple[Caution, ...]:
    """The entries that say that telling may not be safe, in the order given."""
    found = (_caution(entry) for entry in entries)
    return tuple(one for one in found if one.notes or one.untold or one.objects)


def _caution(entry: Entry) -> Caution:
    untold = (state for state in states_of(entry) if state in WITHHELD)
    objects = any(since.child_agrees == "does_not_agree" for one in (entry, *entry.later) for since in one.told_since)
    return Caution(entry, notes_on_handling(entry), tuple(dict.fromkeys(untold)), objects)
