"""The shape of a fact: frozen, typed, versioned, and read as today's version however old the bytes are."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo

from contracts import strict_json
from contracts.errors import NotOfShape, UnknownType
from contracts.strict_json import Json

Upcast = Callable[[dict[str, Json]], dict[str, Json]]

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")


# Bytes kept before were checked whole when they came; only their shape is checked again when they are read back.
KEPT = frozenset({"kept"})


def checked_before(info: ValidationInfo) -> bool:
    """Whether these bytes passed every check when they were taken in."""
    return info.context is KEPT


def _full_moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    if _MOMENT.fullmatch(value) is None:
        raise ValueError("a moment is written as RFC 3339 has it, with its offset")
    return datetime.fromisoformat(value)


Moment = Annotated[datetime, AwareDatetime, BeforeValidator(_full_moment)]


class Shape(BaseModel):
    """Base of every shape in the published language: frozen, closed to unknown fields, never coerced."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, hide_input_in_errors=True)


class Fact(Shape):
    """Something that happened, stated once and never edited.

    TYPE is the name on the wire (dotted, past tense, never a Python path). VERSION is the newest version.
    UPCASTS[n] turns the JSON object of version n into that of version n + 1; a published version is never edited.
    OLD_SCHEMAS[n] turns the JSON Schema of version n + 1 into that of version n, so that old shapes stay published.
    """

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    UPCASTS: ClassVar[Mapping[int, Upcast]] = {}
    OLD_SCHEMAS: ClassVar[Mapping[int, Upcast]] = {}

    @classmethod
    def from_bytes(cls, body: bytes, version: int) -> Self:
        """The fact that `body` (UTF-8 JSON, as signed) states, brought up to VERSION.

        Raises NotReadable, NotOfShape, UnknownType (a version this edition does not know).
        """
        if not 1 <= version <= cls.VERSION:
            raise UnknownType("version")
        return cls._upcast(strict_json.read(body), body, version)

    @classmethod
    def from_kept_bytes(cls, body: bytes, version: int) -> Self:
        """As `from_bytes`, for bytes the hub has itself read strictly, or written, before it kept them.

        A fact of the hub's own may be larger than what the hub takes from a stranger, so no size is refused.
        """
        if version == cls.VERSION:
            return cls._validated(body, KEPT)
        if not 1 <= version <= cls.VERSION:
            raise UnknownType("version")
        size = len(body)
        return cls._upcast(strict_json.read(body, max_bytes=size, max_nodes=size, max_string=size), body, version)

    @classmethod
    def _upcast(cls, value: Json, body: bytes, version: int) -> Self:
        if not isinstance(value, dict):
            raise NotOfShape("object")
        if version == cls.VERSION:
            return cls._validated(body)
        for step in range(version, cls.VERSION):
            value = cls.UPCASTS[step](value)
        return cls._validated(strict_json.write(value))

    @classmethod
    def _validated(cls, body: bytes, context: frozenset[str] = frozenset()) -> Self:
        try:
            return cls.model_validate_json(body.removeprefix(strict_json.BYTE_ORDER_MARK), context=context)
        except ValidationError as refused:
            raise NotOfShape("schema", _place(refused)) from None

    def to_bytes(self) -> bytes:
        """The fact as JSON bytes: keys sorted, no white space, UTF-8; what is signed.

        Raises NotReadable (string) when a text holds what no strict reader takes back, such as NUL.
        """
        value: dict[str, Json] = self.model_dump(mode="json", exclude_none=True)
        return strict_json.write(value)


def _place(refused: ValidationError) -> str:
    """The first place that is wrong, in our own field names; a key of the sender's own making is never repeated."""
    first = refused.errors(include_url=False, include_context=False, include_input=False)[0]
    place = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]
    return ".".join(str(part) for part in place)
