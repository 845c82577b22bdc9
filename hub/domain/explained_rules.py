"""The reasons to ask about a look, one function each, in the order in which they weigh; each can be switched off."""

from typing import Final

from contracts.vocabulary import Purpose
from hub.domain.explained import Known, LinkKind, Look, Rule, Tie, is_open, is_out_of_hours


def tied_child(look: Look, known: Known) -> bool:
    """The reader has said that the child is theirs, or known to them."""
    return known.tied(look, Tie.CHILD)


def declared_conflict(look: Look, known: Known) -> bool:
    """A conflict of interest between the reader and the child is declared, before the look or after."""
    return known.tied(look, Tie.CONFLICT)


def same_address(look: Look, known: Known) -> bool:
    """An address of the reader's is an address of the child's."""
    return known.tied(look, Tie.ADDRESS)


def family_name(look: Look, known: Known) -> bool:
    """A family name of the reader's is a family name of the child's."""
    return known.tied(look, Tie.NAME)


def colleague(look: Look, known: Known) -> bool:
    """Somebody of the reader's agency has said that the child is theirs."""
    return known.tied(look, Tie.COLLEAGUE)


def restricted(look: Look, known: Known) -> bool:
    """An agency marked the record as that of a child of staff, or high profile."""
    return bool(known.times(look, LinkKind.RESTRICTED))


def evening_run(look: Look, known: Known) -> bool:
    """Several children one after the other, out of hours, by somebody who seldom works then."""
    limits = known.limits
    if not is_out_of_hours(look):
        return False
    late = known.out_of_hours[look.reader]
    if late.most[look.at] < limits.run_children:
        return False
    near = late.near(look.at, limits.run)
    others = len(known.by_reader[look.reader].times) - near
    return len(late.times) - near <= limits.seldom * others


def many_in_an_hour(look: Look, known: Known) -> bool:
    """More children in one hour than the work ever takes."""
    return known.by_reader[look.reader].most[look.at] >= known.limits.hour_children


def closed_case(look: Look, known: Known) -> bool:
    """All that had begun had ended, and nobody had stated anything for a good while."""
    ended, said = known.times(look, LinkKind.CLOSED), known.times(look, LinkKind.REPORTED)
    has_ended = bool(ended) and ended[0] <= look.at
    is_quiet = not said or said[-1] <= look.at - known.limits.closed_for
    return has_ended and is_quiet and not is_open(look, known)


def no_open_enquiry(look: Look, known: Known) -> bool:
    """The purpose given was an enquiry, and none is open."""
    return look.purpose is Purpose.SECTION_47 and not is_open(look, known)


def no_link(_look: Look, _known: Known) -> bool:
    """Nothing that the hub knows accounts for the look."""
    return True


RULES: Final = (
    Rule("tied_child", "The reader has told the hub of a tie to this person.", tied_child, always=True),
    Rule("declared_conflict", "A conflict of interest of the reader about this person is declared.", declared_conflict,
         always=True),
    Rule("same_address", "The reader and this person share, or shared, an address.", same_address, always=True),
    Rule("evening_run", "Several records one after the other, at a time when this reader seldom works.", evening_run,
         always=True),
    Rule("many_in_an_hour", "Many records within one hour.", many_in_an_hour, always=True),
    Rule("family_name", "The reader and this person share a family name.", family_name),
    Rule("colleague", "Somebody who works with the reader has told the hub of a tie to this person.", colleague),
    Rule("restricted", "The record is marked as one to be looked at by few.", restricted),
    Rule("closed_case", "The work about this person had ended, and nothing had been said for some time.", closed_case),
    Rule("no_open_enquiry", "The purpose given was an enquiry, and the hub knows of none that is open.",
         no_open_enquiry),
    Rule("no_link", "Nothing that the hub knows accounts for this look. The reason may lie elsewhere.", no_link),
)  # fmt: skip
CODES: Final = frozenset(rule.code for rule in RULES)


def rules_but(off: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that are not switched off."""
    return tuple(rule for rule in RULES if rule.code not in off)
