"""A member of staff tells the hub of a tie to a child, a name or an address: it opens nothing, and nobody sees it.

From their own record, and from a child who is theirs or known to them, they are kept from then on (hub/policies).
"""

from contracts.events.access import StaffTied, TieKind
from contracts.events.hub import Actor
from contracts.identifiers import parse_identifier
from contracts.report import Place
from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import registry
from hub.domain.errors import NotEnrolled
from hub.domain.identity import fold
from hub.domain.lives_at import address_key

KEEPERS = frozenset({StaffRole.IG_OFFICER})


class NotATie(ValueError):
    """What was told is not of its kind; the message names the kind and never the value."""


def tie_staff(store: Store, clock: Clock, actor: Actor, subject: str, tie: tuple[TieKind, str]) -> None:
    """Nothing, once the tie is kept; who keeps ties for others is who checks, and each tells their own.

    Raises NotATie, NotEnrolled, AccessRefused (on record), StoreUnavailable.
    """
    kind, said = tie
    value = folded(kind, said)
    if subject != actor.subject:
        keep_read(store, clock, actor, ("list", "staff_ties"), KEEPERS)
    of = registry.ever_staff(store.read_stream(Stream.registry())).get(subject)
    if of is None:
        raise NotEnrolled("staff")
    fact = StaffTied(at=clock.now(), by=actor, issuer=of.actor.issuer, subject=of.actor.subject, kind=kind, value=value)
    store.keep((Entry(Stream.registry(), clock.new_id(), fact),))


def folded(kind: TieKind, said: str) -> str:
    """What was told, as it is compared: an address is `POSTCODE, FIRST LINE`. Raises NotATie."""
    if kind in (TieKind.CHILD, TieKind.OWN_RECORD):
        try:
            parse_identifier(said)
        except ValueError:
            raise NotATie(kind.value) from None
        return said
    if kind is TieKind.FAMILY_NAME:
        found = fold(said) or None
    else:
        postcode, _, line = said.partition(",")
        found = address_key(Place(text=line.strip(), postcode=postcode.strip()[:12]))
    if found is None:
        raise NotATie(kind.value)
    return found
