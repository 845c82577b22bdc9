"""Which field of a file that somebody wrote by hand is wrong; never its value."""

from pydantic import ValidationError


def wrong_field(refused: ValidationError) -> str:
    """The first field that is wrong; the name of one that is none of ours is somebody's own word, and is not said."""
    first = refused.errors(include_input=False, include_url=False)[0]
    unknown = first["type"] == "extra_forbidden"
    place = ".".join(str(part) for part in (first["loc"][:-1] if unknown else first["loc"])[:3])
    return f"a field {f'of {place} ' if place else ''}that is not known" if unknown else f"field {place}"
