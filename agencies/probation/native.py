"""A probation domain event, in the shape of HMPPS domain events: bare, or as a queue wraps it.

Source: the HMPPS domain event schema. The event is thin: its `detailUrl` is never followed here. The licence and level
fields are made up, because the real event leaves them to a call that we do not make.
"""

from typing import ClassVar

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from agencies.formats.native_json import HmppsTime, Native, read_file
from agencies.formats.unsound import Unsound
from contracts.strict_json import Json

ADDED = "probation-case.registration.added"
UPDATED = "probation-case.registration.updated"
ENDED = "probation-case.registration.deregistered"
DELETED = "probation-case.registration.deleted"


class Wire(Native):
    """Base of the event's shapes: the names on the wire are in camel case."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="allow", strict=True, alias_generator=to_camel, populate_by_name=True
    )


class Number(Wire):
    """An identifier of the person."""

    type: str
    value: str


class PersonReference(Wire):
    """Whom the event is about: an adult, by case reference or prison number."""

    identifiers: tuple[Number, ...] = ()


class Registration(Wire):
    """What the event says of the register entry."""

    registration_id: str | int | None = None
    register_type_code: str | None = None
    register_type_description: str | None = None
    register_level_code: str | None = None
    registration_date: HmppsTime = None
    deregistration_date: HmppsTime = None
    licence_end_date: HmppsTime = None


class Event(Wire):
    """One domain event."""

    event_type: str
    version: int
    occurred_at: HmppsTime
    additional_information: Registration | None = None
    person_reference: PersonReference | None = None


def read_events(raw: bytes) -> tuple[Json, ...]:
    """The events in a file: one, or a list, each bare or inside the notification that a queue puts round it.

    Raises Unsound with the code of what is wrong with the file. A wrapped event that cannot be read is None.
    """
    value = read_file(raw)
    return tuple(_unwrapped(each) for each in value) if isinstance(value, list) else (_unwrapped(value),)


def _unwrapped(value: Json) -> Json:
    if not isinstance(value, dict) or value.get("Type") != "Notification":
        return value
    message = value.get("Message")
    if not isinstance(message, str):
        return None
    try:
        return read_file(message.encode("utf-8"))
    except Unsound:
        return None
