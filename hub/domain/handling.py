"""What agencies say of how to handle an entry, in their own words; nobody here guesses what that means for telling."""

from hub.domain.chronology import Entry
from hub.domain.compartments import HANDLING_NOTE


def notes_on_handling(entry: Entry) -> tuple[str, ...]:
    """What its agency says, then or since, of how to handle it."""
    notes = (line.text for one in (entry, *entry.later) for line in one.facts if line.field == HANDLING_NOTE)
    return tuple(dict.fromkeys(notes))
