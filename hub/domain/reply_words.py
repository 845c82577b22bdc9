"""A reply to an entry in words: whose it is, when it was said, what it disputes, who wrote it down; what was said."""

from collections.abc import Mapping
from typing import Final

from consent.wording import listed
from contracts.events.reply import Disputes, ReplyAttached, Whose
from contracts.vocabulary import PersonRole
from hub.domain import words
from hub.domain.chronology import Entry, names_of
from hub.domain.moment import day_in_london
from hub.domain.replies import Held, Reply

WHOSE: Final[Mapping[Whose, str]] = {
    Whose.CHILD: "The child",
    Whose.PARENT_OR_CARER: "Parent or carer",
    Whose.OTHER_NAMED: "Another person named in it",
    Whose.AGENCY: "An agency",
}
DISPUTES: Final[Mapping[Disputes, str]] = {
    Disputes.FACT: "Disputes what happened",
    Disputes.VIEW: "Disputes the professional view",
    Disputes.BOTH: "Disputes what happened and the professional view",
    Disputes.NOTHING: "Disputes nothing, adds to it",
}
ASKED: Final[Mapping[Disputes, str]] = {
    Disputes.FACT: "What happened",
    Disputes.VIEW: "The professional view",
    Disputes.BOTH: "Both",
    Disputes.NOTHING: "Nothing: they add something",
}
HELD: Final[Mapping[Held, str]] = {
    "": "",
    "place": "The words are held back: they may tell where somebody protected is. Ask who wrote them down",
    "entry": "The words are held back, as parts of the entry are",
}
_ROLES: Final[Mapping[Whose, frozenset[PersonRole]]] = {
    Whose.CHILD: frozenset({PersonRole.CHILD}),
    Whose.PARENT_OR_CARER: frozenset({PersonRole.PARENT_OR_CARER}),
    Whose.OTHER_NAMED: frozenset(PersonRole)
    - {PersonRole.CHILD, PersonRole.UNBORN_CHILD, PersonRole.PARENT_OR_CARER, PersonRole.PROFESSIONAL},
}
MOVED: Final = "Said while this entry stood in another record, of another child’s family"


def named_in(entry: Entry, who: Whose) -> str:
    """Whom the entry names in that role; empty where nobody is shown. A reply names nobody, so it may be another."""
    names = _named(entry, who)
    return f"This entry names {listed(names)}" if names else ""


def whose_of(entry: Entry, reply: Reply) -> str:
    """Whose reply to the entry it is, and whom the entry names in that role: which of them replied is not kept.

    Nobody is named where it came with its entry from another child's record.
    """
    who = reply.attached.whose
    names = () if reply.moved else _named(entry, who)
    if not names:
        return WHOSE[who]
    if who is Whose.CHILD and len(names) == 1:
        return f"{WHOSE[who]}, {names[0]}"
    return f"{WHOSE[who]}. This entry names {listed(names)}; which person replied is not kept"


def _named(entry: Entry, who: Whose) -> tuple[str, ...]:
    roles = _ROLES.get(who, frozenset())
    return tuple(dict.fromkeys(name for one in entry.people if one.role in roles for name in names_of((one,))[:1]))


def whose(one: ReplyAttached, called: Mapping[str, str]) -> str:
    """Whose reply it is; an agency by its title."""
    return called.get(one.agency, one.agency) if one.agency else WHOSE[one.whose]


def moved(reply: Reply) -> str:
    """What is to be known of a reply that came with its entry from another record; empty where it did not."""
    return MOVED if reply.moved else ""


def beside(one: ReplyAttached) -> str:
    """What it disputes, and when it was said: `Disputes what happened, 17 November 2026`."""
    return f"{DISPUTES[one.disputes]}, {words.day(one.said_on)}"


def written(one: ReplyAttached, called: Mapping[str, str]) -> str:
    """Who wrote it down, by agency, and when the hub had it."""
    at = words.day(day_in_london(one.at))
    return f"Written down on {at} at {called.get(one.actor.agency, one.actor.agency)}"


def what(reply: Reply) -> str:
    """What was said, or why it is not shown."""
    return HELD[reply.held] or reply.words


def line(reply: Reply, called: Mapping[str, str], entry: Entry) -> str:
    """All of it on one line; `entry` is the version of the entry that it is to."""
    one = reply.attached
    who = whose(one, called) if one.agency else whose_of(entry, reply)
    told = f"{who}. {beside(one)}: {what(reply)}. {written(one, called)}"
    return f"{told}. {MOVED}" if reply.moved else told
