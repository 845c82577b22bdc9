"""Which of the trust's two forms a file is of. The forms themselves are parsed in `agencies.formats`."""

from agencies.formats.native_json import read_file
from agencies.formats.sui import is_sui
from agencies.formats.unsound import Unsound
from contracts.strict_json import Json


def sui_value(raw: bytes) -> Json:
    """The DfE health record file that the bytes hold; None when they hold anything else, FHIR or not."""
    try:
        value = read_file(raw)
    except Unsound:
        return None  # not a plain JSON file: the FHIR reader says what is wrong with it
    if isinstance(value, dict) and "resourceType" in value:
        return None
    return value if is_sui(value) else None
