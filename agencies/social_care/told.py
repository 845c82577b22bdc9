"""One child's object as it is told: the child by the council's own number, and the path that each fact's record has.

Facts about an episode carry the council's number alone. Name and birth date stand in the fact that describes the
child, so that a changed surname does not make tomorrow's unchanged plan look new.
"""

from dataclasses import dataclass, replace

from agencies.agency import Stated, digest
from agencies.formats.bases import public_task
from agencies.formats.draft import Content, Desk, Item, of_any_version, says, state
from agencies.social_care.native import Purgeable
from contracts.events.shared import RecordRetracted
from contracts.report import Person, Report
from contracts.strict_json import Json
from contracts.vocabulary import Gateway, StatementKind
from contracts.when import When

SOURCE = "urn:childhub:agency:social-care"
DESK = Desk(
    source=SOURCE, adapter="social_care", basis=lambda person, special: public_task(person, special, Gateway.CA89_S17)
)
SYSTEM = "dfe-csc-daily"


@dataclass(frozen=True, slots=True)
class Told:
    """What one child's object says, and where: the child, the path of its record, and notes about the whole object."""

    child: Person
    path: str
    notes: tuple[str, ...]

    def below(self, part: str, key: str | None, otherwise: Json = None) -> "Told":
        """The same child, one level down. What has no id of its own is known by the digest of what it says."""
        name = key.strip() if key and key.strip() else f"{digest(otherwise)[:16]}"
        return replace(self, path=f"{self.path}/{part}/{name}")

    def state(self, kind: type[Report], says_what: Json, content: Content) -> Stated:
        """The fact, with everything it depends on in its digest: whose it is, what it says, and the notes."""
        noted = (*self.notes, *content.notes)
        native: Json = {
            "path": self.path,
            "role": self.child.role,
            "notes": list(noted),
            "item": says_what,
        }
        return state(DESK, kind, Item(SYSTEM, self.path, native), replace(content, notes=noted))

    def retract(self, kind: type[Report], *notes: str) -> tuple[Stated, ...]:
        """That what was stated at this path, in whatever version, should not stand."""
        native: Json = {"path": self.path, "purge": True}
        item = Item(SYSTEM, self.path, native)
        content = Content(
            people=(self.child,),
            statements=says("why_withdrawn", StatementKind.FACT_RECORDED, "purge"),
            change=of_any_version(DESK, kind, item, self.child, "purge"),
            notes=("of_any_version", *notes),
        )
        return (self.state(RecordRetracted, native, content),)


def dated(when: When | None) -> str | None:
    """The value of a time, for a digest."""
    return None if when is None else when.value


def purged(item: Purgeable | None) -> bool:
    """Whether the council withdraws the item."""
    return item is not None and item.purge is True
