"""Does docs/operations.md speak only of measures and topics that there are, and leave none of compose.yaml out?"""

import re

import pytest

from agencies import registry
from hub.adapters.kafka_plan import RETENTION_DAYS, Plan, plan
from hub.adapters.telemetry_words import Measure
from tests.support import compose
from tests.support.source_tree import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def quoted(pattern: str) -> set[str]:
    """What the page writes as code that is of that form."""
    return {found for code in re.findall(r"`([^`\n]+)`", PAGE) for found in re.findall(pattern, code)}


def test_every_number_to_watch_is_measured() -> None:
    named = quoted(r"^hub(?:\.[a-z]+)+$") - {"hub.db"}
    assert len(named) > 5
    assert named <= {one.value for one in Measure}


def test_every_variable_that_compose_asks_for_is_explained() -> None:
    assert {name for name in compose.variables(compose.FILE.read_text(encoding="utf-8")) if name not in PAGE} == set()


def test_every_secret_is_in_the_table() -> None:
    for name in compose.section(compose.read(), "secrets"):
        word = re.sub(r"^kafka-[23]$", "kafka-1", re.sub(r"^agency-.*", "agency-NAME", name))
        assert f"`{word}." in PAGE or f"{word}.pem`" in PAGE, name


def rows(text: str) -> dict[str, list[str]]:
    """The rows of the page's table of topics, by topic."""
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `") and ".v1`" in line]
    return {line[0].split("`")[1]: line[1:] for line in lines}


@pytest.fixture
def wanted() -> Plan:
    """The plan of the whole partnership."""
    return plan(registry.AGENCIES)


def test_the_table_of_topics_is_the_plan(wanted: Plan) -> None:
    written = rows(PAGE)
    planned = {topic.name.replace("police", "AGENCY"): topic for topic in wanted.topics}
    assert set(written) == {re.sub(r"\.[a-z_]+\.v1", ".AGENCY.v1", name) for name in planned} - {"log.AGENCY.v1"} | {
        "log.checkpoints.v1"
    }
    for name, (_, _, partitions, kept) in written.items():
        assert int(partitions) == planned[name].partitions
        assert kept == f"{RETENTION_DAYS} days"
        assert dict(planned[name].settings)["retention.ms"] == str(RETENTION_DAYS * 86_400_000)


def test_every_group_of_the_plan_is_in_the_table(wanted: Plan) -> None:
    groups = {right.name for right in wanted.rights if right.kind == "GROUP" and "_" not in right.name}
    names = "|".join(agency.name for agency in registry.AGENCIES)
    assert {re.sub(rf"-(?:{names})\b", "-AGENCY", group) for group in groups} == quoted(
        r"^(?:hub-receive|edge-AGENCY|witness-AGENCY)[a-z-]*$"
    )
