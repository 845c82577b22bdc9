"""Reads a partner's JSON into frozen shapes: known fields of their own type, unknown ones counted and passed over."""

from typing import Annotated, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from agencies.formats.dates import read_hmpps_time, read_time
from agencies.formats.unsound import Unsound
from contracts import strict_json
from contracts.errors import NotReadable
from contracts.strict_json import Json
from contracts.when import When

MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_FILE_NODES = 4_000_000

_CODES = {"bad_date": "bad_date", "missing": "missing_field"}


class Native(BaseModel):
    """Base of every native shape: frozen, never coerced, open to fields that it does not know."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="allow", strict=True)

    @property
    def notes(self) -> tuple[str, ...]:
        """A code with the number of fields that this shape does not know; nothing when it knows all."""
        count = len(self.model_extra or {})
        return (f"unknown_field:{count}",) if count else ()


def _time(value: str | int | float | bool | None) -> When | None:
    return _read(value, hmpps=False)


def _hmpps_time(value: str | int | float | bool | None) -> When | None:
    return _read(value, hmpps=True)


def _read(value: str | int | float | bool | None, *, hmpps: bool) -> When | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise PydanticCustomError("wrong_type", "wrong_type")
    try:
        return read_hmpps_time(value) if hmpps else read_time(value)
    except Unsound:
        raise PydanticCustomError("bad_date", "bad_date") from None


Time = Annotated[When | None, BeforeValidator(_time)]
HmppsTime = Annotated[When | None, BeforeValidator(_hmpps_time)]

Shape = TypeVar("Shape", bound=Native)


def read_file(raw: bytes) -> Json:
    """The value that a native file holds. Raises Unsound with the code of what is wrong with it.

    A file that does not even begin as an object or a list is `not_of_form`: a table or XML, sent to the wrong place.
    """
    try:
        return strict_json.read(raw, max_bytes=MAX_FILE_BYTES, max_nodes=MAX_FILE_NODES)
    except NotReadable as refused:
        begins = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        other = refused.code == "not_json" and begins not in (b"{", b"[")
        raise Unsound("not_of_form" if other else refused.code) from None


def read_as(shape: type[Shape], item: Json) -> Shape:
    """The item in that shape. Raises Unsound: bad_date, missing_field, wrong_type."""
    if not isinstance(item, dict):
        raise Unsound("wrong_type")
    try:
        return shape.model_validate_json(strict_json.write(item))
    except ValidationError as refused:
        first = refused.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Unsound(_CODES.get(first["type"], "wrong_type")) from None


def members(value: Json) -> tuple[Json, ...]:
    """The members of a list, in order. Raises Unsound `wrong_type` when it is not one; nothing has no members."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Unsound("wrong_type")
    return tuple(value)


def known_part(shape: Native, item: Json, hidden: frozenset[str] = frozenset()) -> Json:
    """Of a native item, the fields that its shape knows, less `hidden`: what a fact made from it can depend on.

    A digest over a hidden value beside known ones could be tried out until it fits, so hidden fields are left out.
    """
    if not isinstance(item, dict):
        raise Unsound("wrong_type")
    fields = type(shape).model_fields
    known = {field.alias for field in fields.values()} | set(fields)
    return {key: value for key, value in item.items() if key in known and key not in hidden}
