"""Is compose.yaml of its published form, hardened as it says in every service, and does it run only what there is?"""

import argparse
import copy
import json
import re
from collections.abc import Mapping

import pytest
import yaml
from jsonschema import Draft202012Validator

from agencies import registry
from contracts.strict_json import Json
from hub.cli import commands_parser
from hub.settings import BadSetting, read_settings
from tests.support import compose, compose_rules
from tests.support.compose import ENVIRONMENT, Service, chosen, environment_of, section, services, words
from tests.support.compose_rules import OWN_IMAGE, RULES, Rule
from tests.support.source_tree import ROOT

SCHEMA = ROOT / "tests" / "support" / "compose_spec" / "compose-spec.json"
WHOLE = compose.read()


def of_the_form(whole: Json) -> list[str]:
    """What the Compose specification's own schema says against it."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(whole)]


def test_it_is_of_the_published_form() -> None:
    assert of_the_form(yaml.safe_load(compose.FILE.read_text(encoding="utf-8"))) == []
    assert of_the_form(WHOLE) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("services", "web", "read_olny"), True),
        (("services", "web", "healthcheck", "test"), 7),
        (("services", "web", "ports"), "8470"),
        (("networks", "road", "internal"), []),
        (("secretz",), {}),
    ],
)
def test_what_is_not_of_the_form_is_caught(place: tuple[str, ...], value: Json) -> None:
    assert of_the_form(changed(place, value))


def changed(place: tuple[str, ...], value: Json) -> Service:
    """The file with one thing otherwise."""
    whole = copy.deepcopy(WHOLE)
    section(whole, *place[:-1])[place[-1]] = value
    return whole


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_service_is_hardened(rule: Rule) -> None:
    wrong = {name: said for name, service in services(WHOLE) if (said := rule(name, service, WHOLE))}
    assert wrong == {}


BROKEN: tuple[tuple[Rule, str, str, Json], ...] = (
    (compose_rules.by_digest, "postgres", "image", "postgres:18"),
    (compose_rules.by_digest, "kafka-1", "image", "apache/kafka@sha256:1234"),
    (compose_rules.by_digest, "web", "build", {"dockerfile_inline": "FROM python:3.13\n"}),
    (compose_rules.only_what_was_locked, "web", "build", {"dockerfile_inline": "RUN pip install safeguarding-hub\n"}),
    (compose_rules.nobody_special, "edge-police", "user", "0:0"),
    (compose_rules.nobody_special, "edge-police", "user", None),
    (compose_rules.unwritable, "work", "read_only", False),
    (compose_rules.no_capabilities, "postgres", "cap_drop", ["NET_RAW"]),
    (compose_rules.no_new_privileges, "web", "security_opt", []),
    (compose_rules.no_new_privileges, "web", "security_opt", ["no-new-privileges:true", "seccomp=unconfined"]),
    (compose_rules.nothing_of_the_host, "web", "privileged", True),
    (compose_rules.nothing_of_the_host, "web", "network_mode", "host"),
    (compose_rules.nothing_of_the_host, "web", "cap_add", ["SYS_ADMIN"]),
    (compose_rules.nothing_of_the_host, "web", "volumes", ["/var/run/docker.sock:/var/run/docker.sock"]),
    (compose_rules.bounded, "edge-gp", "pids_limit", None),
    (compose_rules.bounded, "edge-gp", "mem_limit", None),
    (compose_rules.bounded, "edge-gp", "cpus", None),
    (compose_rules.bounded, "edge-gp", "logging", {"driver": "json-file"}),
    (compose_rules.no_core, "work", "ulimits", {"nofile": 1024}),
    (compose_rules.scratch_in_memory, "work", "tmpfs", []),
    (compose_rules.scratch_in_memory, "work", "tmpfs", ["/run/scratch"]),
    (compose_rules.secrets_are_files, "web", "environment", {"HUB_KAFKA_PASSWORD": "x"}),
    (compose_rules.secrets_are_files, "web", "environment", {"HUB_DATABASE": "host=postgres password=x"}),
    (compose_rules.only_its_own_secrets, "edge-police", "secrets", ["ca", "agency-health"]),
    (compose_rules.only_its_own_secrets, "witness-police", "secrets", ["ca", "agency-health"]),
    (compose_rules.only_its_own_secrets, "web", "secrets", ["ca", "hub_owner"]),
    (compose_rules.unpublished, "postgres", "ports", ["5432:5432"]),
    (compose_rules.unpublished, "kafka-1", "ports", ["127.0.0.1:9092:9092"]),
    (compose_rules.unpublished, "web", "ports", ["8470:8470"]),
    (compose_rules.kept_apart, "postgres", "networks", ["data", "front"]),
    (compose_rules.kept_apart, "edge-police", "networks", ["road", "data"]),
    (compose_rules.kept_apart, "witness-police", "networks", ["road", "data"]),
    (compose_rules.kept_apart, "work", "networks", []),
    (compose_rules.kept_apart, "compartments", "networks", ["data"]),
    (compose_rules.kept_apart, "compartments", "network_mode", None),
    (compose_rules.only_its_own_secrets, "compartments", "secrets", ["hub_app"]),
    (compose_rules.asked_how_it_is, "web", "healthcheck", {"test": ["CMD", "nc", "-z", "127.0.0.1", "8470"]}),
    (compose_rules.asked_how_it_is, "work", "healthcheck", None),
    (compose_rules.time_to_finish, "work", "stop_grace_period", "1s"),
    (compose_rules.waits_for_what_it_needs, "work", "depends_on", {"tables": {"condition": "service_started"}}),
    (compose_rules.waits_for_what_it_needs, "edge-police", "depends_on", None),
)


@pytest.mark.parametrize(("rule", "name", "setting", "value"), BROKEN)
def test_a_service_that_breaks_a_rule_is_caught(rule: Rule, name: str, setting: str, value: Json) -> None:
    whole = changed(("services", name, setting), value)
    assert rule(name, section(whole, "services", name), whole)


def test_every_rule_is_shown_to_catch_something() -> None:
    assert {row[0] for row in BROKEN} == set(RULES)


def test_an_open_network_is_caught() -> None:
    whole = changed(("networks", "data", "internal"), False)
    assert compose_rules.kept_apart("postgres", section(whole, "services", "postgres"), whole)


def test_it_asks_for_every_variable_that_has_no_safe_value() -> None:
    text = compose.FILE.read_text(encoding="utf-8")
    for name in ENVIRONMENT:
        with pytest.raises(compose.NotSet, match=name):
            compose.read({known: value for known, value in ENVIRONMENT.items() if known != name})
    assert compose.variables(text) - set(ENVIRONMENT) == {
        *("KAFKA_BROKERS", "KAFKA_COPIES", "KAFKA_VOTERS", "KAFKA_IN_STEP"),
        *chosen(),
    }


def test_every_secret_config_volume_and_network_that_is_named_is_there() -> None:
    for name, service in services(WHOLE):
        for kind in ("secrets", "configs", "networks"):
            used = service.get(kind)
            sources = [
                one["source"] if isinstance(one, dict) else one for one in (used if isinstance(used, list) else ())
            ]
            assert set(sources) <= set(section(WHOLE, kind)), (name, kind)
        volumes = {one.partition(":")[0] for one in words(service.get("volumes"))}
        assert {one for one in volumes if not one.startswith("/")} <= set(section(WHOLE, "volumes")), name


def made_in_place(whole: Service) -> list[str]:
    """What Compose would copy into a container: it can't, since none can be written, and no secret should be there."""
    both = ((kind, name) for kind in ("secrets", "configs") for name in section(whole, kind))
    return [name for kind, name in both if set(section(whole, kind, name)) != {"file"}]


def test_every_secret_and_config_is_a_file() -> None:
    assert made_in_place(WHOLE) == []
    assert made_in_place(changed(("secrets", "ca"), {"environment": "CA"})) == ["ca"]
    assert made_in_place(changed(("configs", "roles"), {"content": "x"})) == ["roles"]


def test_every_file_of_the_tree_that_is_mounted_is_there() -> None:
    files = [str(section(WHOLE, "configs", name)["file"]) for name in section(WHOLE, "configs")]
    ours_alone = [file for file in files if not file.startswith("/")]
    assert len(ours_alone) == 6
    assert all((ROOT / file).is_file() for file in ours_alone)


@pytest.mark.parametrize("kind", sorted(compose_rules.AT_AN_AGENCY))
def test_there_is_an_edge_and_a_witness_for_every_agency_and_for_no_other(kind: str) -> None:
    there = {name.removeprefix(f"{kind}-") for name, _ in services(WHOLE) if name.startswith(f"{kind}-")}
    assert there == {agency.name for agency in registry.AGENCIES}


def test_a_witness_shares_no_folder_with_anybody() -> None:
    held = [one.partition(":")[0] for _, service in services(WHOLE) for one in words(service.get("volumes"))]
    for agency in registry.AGENCIES:
        assert held.count(f"witness-{agency.name}") == 1


def test_what_opens_compartments_shares_no_folder_but_its_door_and_that_with_the_pages_alone() -> None:
    by = {name: {one.partition(":")[0] for one in words(service.get("volumes"))} for name, service in services(WHOLE)}
    assert by["compartments"] == {"compartments", "door"}
    assert {name for name, held in by.items() if "door" in held} == {"compartments", "web"}
    assert {name for name, held in by.items() if "compartments" in held} == {"compartments"}
    users = {name: str(service.get("user")).partition(":")[0] for name, service in services(WHOLE)}
    assert users["compartments"] not in {user for name, user in users.items() if name != "compartments"}
    asked = {environment_of(WHOLE, name)["HUB_COMPARTMENTS"] for name in ("web", "compartments")}
    assert asked == {"/var/lib/door/compartments.sock"}


def test_nobody_witnesses_until_the_operator_names_a_policy() -> None:
    assert read_settings(environment_of(compose.read(), "work")).log_policy is None
    named = compose.read({**ENVIRONMENT, "HUB_LOG_POLICY": "/var/lib/hub/log-policy"})
    for name in ("web", "work"):
        assert str(read_settings(environment_of(named, name)).log_policy) == "/var/lib/hub/log-policy"


def ours() -> list[str]:
    """The services that run the product."""
    return [name for name, service in services(WHOLE) if service.get("image") == OWN_IMAGE]


@pytest.mark.parametrize("name", ours())
def test_every_command_is_one_of_the_products(name: str) -> None:
    command = words(section(WHOLE, "services", name)["command"])
    assert isinstance(commands_parser().parse_args(command), argparse.Namespace)


def test_a_command_that_is_not_there_is_caught() -> None:
    with pytest.raises(SystemExit):
        commands_parser().parse_args(["kafka", "make-it-so"])


@pytest.mark.parametrize("name", ours())
def test_every_setting_is_one_of_the_products_and_is_taken(name: str) -> None:
    environment = {name: str(value) for name, value in section(WHOLE, "services", name, "environment").items()}
    assert {setting for setting in environment if setting.startswith("HUB_")} <= known_settings()
    assert read_settings(environment).home.is_absolute()


def known_settings() -> frozenset[str]:
    """The settings that the product says it reads."""
    read = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "hub").glob("settings*.py"))
    return frozenset(re.findall(r"\bHUB_[A-Z0-9_]+\b", read))


@pytest.mark.parametrize(
    "environment",
    [{"HUB_KAFKA": "kafka-1:9092"}, {"HUB_KAFKA": "kafka-1:9092", "HUB_KAFKA_CERT_FILE": "/run/secrets/agency"}],
)
def test_the_settings_of_an_edge_without_proof_or_tls_are_not_taken(environment: Mapping[str, str]) -> None:
    with pytest.raises(BadSetting):
        read_settings(environment)


def test_our_image_copies_what_is_there() -> None:
    text = str(section(WHOLE, "services", "web", "build")["dockerfile_inline"])
    for line in text.splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            assert all((ROOT / name).exists() for name in line.split()[1:-1]), line


def test_a_file_is_mounted_where_its_setting_says() -> None:
    for name, service in services(WHOLE):
        listed = service.get("secrets")
        held = [
            one if isinstance(one, dict) else {"target": one} for one in (listed if isinstance(listed, list) else ())
        ]
        there = {f"/run/secrets/{one['target']}" for one in held}
        said = " ".join((*map(str, section(service, "environment").values()), *words(service.get("command"))))
        named = set(re.findall(r"/run/secrets/[\w-]+", said))
        assert named <= there, (name, named - there)


def test_the_brokers_refuse_whoever_has_no_certificate_and_whatever_has_no_rule() -> None:
    lines = [line for line in compose.broker_settings(1).splitlines() if not line.startswith("#")]
    settings = dict(line.split("=", 1) for line in lines)
    assert "@NODE@" not in "".join(lines)
    assert settings["ssl.client.auth"] == "required"
    assert settings["listener.security.protocol.map"] == "CONTROLLER:SSL,CLIENTS:SSL"
    assert settings["allow.everyone.if.no.acl.found"] == "false"
    assert settings["auto.create.topics.enable"] == "false"
    assert "ANONYMOUS" not in settings["super.users"]


def test_the_database_is_reached_over_tls_with_a_certificate_alone() -> None:
    rules = [line.split() for line in compose.content("pg_hba").splitlines() if not line.startswith("#")]
    assert [rule for rule in rules if rule[0] != "local"] == [
        ["hostssl", "hub", role, "all", "cert"] for role in ("hub_owner", "hub_app")
    ]
    assert [rule for rule in rules if rule[0] == "local"] == [["local", "all", "postgres", "peer"]]
