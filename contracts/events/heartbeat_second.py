"""The second version of a heartbeat: it said nothing of files that its edge could not take in at all."""

from contracts.errors import NotOfShape
from contracts.strict_json import Json

DESCRIPTION = (
    "What an agency's edge says of itself at `at`. It is signed by the agency and takes no number of its feed.\n\n"
    "`last` is the highest number given to a message in `epoch` (0: none yet); `waiting` of those are not on the bus\n"
    "yet. The counts are of native records since the outbox was begun, but `quarantined`, which is of those that "
    "could\n"
    "not be read and nobody has mended; `quarantined_ever` counts the mended ones too. `every_seconds` is how often "
    "the\n"
    "edge will say so; absent where it says so only when it sends, so that its silence tells nothing. In version 1\n"
    "nothing could be mended."
)


def nothing_was_said_of_files(v2: dict[str, Json]) -> dict[str, Json]:
    """As version 3 says it: whether files lie untaken is not known, which is not that none do. Raises NotOfShape."""
    if "left" in v2:
        raise NotOfShape("schema", "left")
    return v2


def schema(v3: dict[str, Json]) -> dict[str, Json]:
    """The JSON Schema of version 2, made from that of version 3. Raises NotOfShape."""
    fields = v3["properties"]
    if not isinstance(fields, dict):
        raise NotOfShape("schema")
    kept: Json = {name: field for name, field in fields.items() if name != "left"}
    return v3 | {"description": DESCRIPTION, "properties": kept}
