"""compose.yaml as the tests read it: with its variables filled in, as an operator's environment would fill them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from contracts.strict_json import Json
from tests.support.source_tree import ROOT

FILE = ROOT / "compose.yaml"
# What docs/operations.md asks an operator to set; one broker, as the file's own defaults have it.
ENVIRONMENT: Mapping[str, str] = {
    "KAFKA_DIGEST": "1" * 64,
    "POSTGRES_DIGEST": "2" * 64,
    "PYTHON_DIGEST": "3" * 64,
    "COLLECTOR_DIGEST": "4" * 64,
    "KAFKA_CLUSTER": "A" * 22,
    "HUB_SECRETS": "/etc/hub/secrets",
    "HUB_DROPS": "/srv/drops",
    "HUB_HOSTS": "hub.example",
}
_VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>[A-Z_][A-Z0-9_]*)(?::(?P<how>[-?])(?P<word>[^}]*))?\})")
Service = dict[str, Json]


class NotSet(LookupError):
    """A variable that must be set is not; the message names it."""


def filled(text: str, environment: Mapping[str, str]) -> str:
    """The text with its variables in place. Raises NotSet."""

    def value(found: re.Match[str]) -> str:
        if found["dollar"]:
            return "$"
        given = environment.get(found["name"], "")
        if not given and found["how"] == "?":
            raise NotSet(found["name"])
        return given or (found["word"] if found["how"] == "-" else "")

    return _VARIABLE.sub(value, text)


def variables(text: str) -> frozenset[str]:
    """The names of the variables in the text."""
    return frozenset(found["name"] for found in _VARIABLE.finditer(text) if found["name"])


def read(environment: Mapping[str, str] = ENVIRONMENT, file: Path = FILE) -> Service:
    """The file as Compose sees it: anchors followed first, then variables filled in, in values alone."""
    whole = with_values(yaml.safe_load(file.read_text(encoding="utf-8")), environment)
    assert isinstance(whole, dict)
    return whole


def with_values(part: Json, environment: Mapping[str, str]) -> Json:
    """The part with its variables in place."""
    match part:
        case str():
            return filled(part, environment)
        case list():
            return [with_values(one, environment) for one in part]
        case dict():
            return {name: with_values(one, environment) for name, one in part.items()}
        case _:
            return part


def section(whole: Json, *names: str) -> Service:
    """A mapping within the file; an empty one where it has none."""
    for name in names:
        assert isinstance(whole, dict)
        whole = whole.get(name) or {}
    assert isinstance(whole, dict)
    return whole


def services(whole: Json) -> Iterator[tuple[str, Service]]:
    """Every service, by name."""
    for name in section(whole, "services"):
        yield name, section(whole, "services", name)


def words(value: Json) -> list[str]:
    """A list of words in the file; none where there is none."""
    assert value is None or isinstance(value, list)
    return [str(one) for one in value or ()]


def content(name: str) -> str:
    """The text of one of the files beside compose.yaml that it mounts."""
    return (ROOT / str(section(read(), "configs", name)["file"])).read_text(encoding="utf-8")


def broker_settings(node: int) -> str:
    """The settings of a broker, as the command in compose.yaml fills them in."""
    environment = section(read(), "services", f"kafka-{node}", "environment")
    text = content("server_properties")
    for name in ("NODE", "VOTERS", "COPIES", "IN_STEP"):
        text = text.replace(f"@{name}@", str(environment[name]))
    return text


def environment_of(whole: Service, name: str) -> dict[str, str]:
    """The environment of one service."""
    return {setting: str(value) for setting, value in section(whole, "services", name, "environment").items()}


def chosen() -> frozenset[str]:
    """The settings of the hub's own that an operator may choose, as the operations page lists them."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    listed = page.partition("**Settings to choose**")[2].partition("compose.yaml takes each of these")[0]
    set_itself = {"HUB_ADDRESS", "HUB_PORT", "HUB_TELEMETRY", "HUB_LOG", "HUB_ERASURE_JOURNAL"}
    return frozenset({*re.findall(r"`(HUB_[A-Z0-9_]+)`", listed), "HUB_DUTY_NUMBER"} - set_itself)
