"""The first version of an acknowledgement: it knew one state, read, and named who had read it in `read_by`."""

from contracts.errors import NotOfShape
from contracts.event import Upcast
from contracts.strict_json import Json


def was_read(v1: dict[str, Json]) -> dict[str, Json]:
    """As version 2 says it. Raises NotOfShape."""
    for name in ("state", "by"):
        if name in v1:
            raise NotOfShape("schema", name)
    if "read_by" not in v1:
        raise NotOfShape("schema", "read_by")
    return {"by" if name == "read_by" else name: value for name, value in v1.items()} | {"state": "read"}


def schema(description: str) -> Upcast:
    """What makes the JSON Schema of version 1 of that of version 2; it was described so."""

    def older(v2: dict[str, Json]) -> dict[str, Json]:
        fields, required = v2["properties"], v2["required"]
        if not isinstance(fields, dict) or not isinstance(required, list):
            raise NotOfShape("schema")
        kept: Json = {_older(name): field for name, field in fields.items() if name != "state"}
        needed: Json = [_older(str(name)) for name in required if name != "state"]
        return v2 | {"description": description, "properties": kept, "required": needed}

    return older


def _older(name: str) -> str:
    return "read_by" if name == "by" else name
