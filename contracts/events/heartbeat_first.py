"""The first version of a heartbeat: it counted all that could not be read since the outbox began, mended or not."""

from contracts.errors import NotOfShape
from contracts.strict_json import Json

DESCRIPTION = (
    "What an agency's edge says of itself at `at`. It is signed by the agency and takes no number of its feed.\n\n"
    "`last` is the highest number given to a message in `epoch` (0: none yet); `waiting` of those are not on the bus\n"
    "yet. The counts are of native records since the outbox was begun. `every_seconds` is how often the edge will say\n"
    "so; absent where it says so only when it sends, so that its silence tells nothing."
)


def nothing_was_mended(v1: dict[str, Json]) -> dict[str, Json]:
    """As version 2 says it: what was counted is still open, as far as anybody can tell. Raises NotOfShape."""
    counted = v1.get("quarantined")
    if "quarantined_ever" in v1:
        raise NotOfShape("schema", "quarantined_ever")
    if not isinstance(counted, list):
        raise NotOfShape("schema", "quarantined")
    times = [one.get("times") if isinstance(one, dict) else None for one in counted]
    return v1 | {"quarantined_ever": sum(each for each in times if isinstance(each, int))}


def schema(v2: dict[str, Json]) -> dict[str, Json]:
    """The JSON Schema of version 1, made from that of version 2. Raises NotOfShape."""
    fields, required = v2["properties"], v2["required"]
    if not isinstance(fields, dict) or not isinstance(required, list):
        raise NotOfShape("schema")
    kept: Json = {name: field for name, field in fields.items() if name != "quarantined_ever"}
    needed: Json = [name for name in required if name != "quarantined_ever"]
    return v2 | {"description": DESCRIPTION, "properties": kept, "required": needed}
