"""How every service of compose.yaml must be hardened: one rule, one function, which says what is wrong."""

import re
from collections.abc import Callable, Mapping

from contracts.strict_json import Json
from tests.support.compose import Service, section, words

Rule = Callable[[str, Service, Service], str]
BY_DIGEST = re.compile(r"[a-z0-9/._-]+@sha256:[0-9a-f]{64}")
OWN_IMAGE = "safeguarding-hub:local"
ONCE = frozenset({"tables", "topics", "limits"})  # set-up jobs: they end, and others wait for that end
MUTE = frozenset({"collector"})  # its image holds no program that could ask it anything
PROXIED = frozenset({"web"})  # behind the proxy that speaks https, on this host
ALONE = frozenset({"compartments"})  # on no network: it is asked through a folder
AT_AN_AGENCY = frozenset({"edge", "witness"})
SERVERS = frozenset({"postgres", "kafka-1", "kafka-2", "kafka-3"})
_ONLY_HERE = re.compile(r"127\.0\.0\.1:\d+:\d+")
_ASKS_MORE = ("/readyz", "describe --status", "pg_is_in_recovery", "b'refused' in door.recv")
_SCRATCH = ("noexec", "nosuid", "nodev", "size=")
_HOST_REACH = (
    "privileged", "cap_add", "devices", "device_cgroup_rules", "network_mode", "pid", "ipc", "userns_mode", "cgroup",
    "group_add", "env_file", "extra_hosts", "sysctls", "gpus", "use_api_socket", "volumes_from",
)  # fmt: skip


def by_digest(name: str, service: Service, whole: Service) -> str:
    """An image is the one whose bytes were looked at; ours is built here from one that was."""
    image = str(service.get("image", ""))
    if image == OWN_IMAGE:
        lines = str(section(service, "build").get("dockerfile_inline", "")).splitlines()
        bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
        return "" if bases and all("@sha256:${PYTHON_DIGEST}" in one for one in bases) else "built on no digest"
    return "" if BY_DIGEST.fullmatch(image) else "image without a digest"


def only_what_was_locked(name: str, service: Service, whole: Service) -> str:
    """Our image installs what the lock holds, by its digests, and nothing else."""
    text = str(section(service, "build").get("dockerfile_inline", ""))
    installs = [line for line in text.splitlines() if "pip install" in line]
    allowed = ("--require-hashes --only-binary :all: -r requirements.lock", "--no-deps --no-build-isolation --no-index")
    return "" if all(any(one in line for one in allowed) for line in installs) else "installs what is not locked"


def nobody_special(name: str, service: Service, whole: Service) -> str:
    """It runs as a user with a number, and not as root."""
    return "" if re.fullmatch(r"[1-9]\d*:[1-9]\d*", str(service.get("user", ""))) else "no user of its own"


def unwritable(name: str, service: Service, whole: Service) -> str:
    """Its own files cannot be changed while it runs."""
    return "" if service.get("read_only") is True else "root file system can be written"


def no_capabilities(name: str, service: Service, whole: Service) -> str:
    """None of root's powers."""
    return "" if words(service.get("cap_drop")) == ["ALL"] else "keeps capabilities"


def no_new_privileges(name: str, service: Service, whole: Service) -> str:
    """It gains none by what it starts, and no confinement is taken off."""
    options = words(service.get("security_opt"))
    if "no-new-privileges:true" not in options or any("unconfined" in one for one in options):
        return "may gain privileges"
    return ""


def nothing_of_the_host(name: str, service: Service, whole: Service) -> str:
    """No device, name space, power or file of the host besides its own folders."""
    held = [one for one in _HOST_REACH if service.get(one) and (one, service.get(one)) != ("network_mode", "none")]
    sockets = [one for one in words(service.get("volumes")) if "docker.sock" in one or one.startswith(("/:", "/etc:"))]
    return f"reaches into the host: {[*held, *sockets]}" if held or sockets else ""


def bounded(name: str, service: Service, whole: Service) -> str:
    """It can use up neither processes, memory, processor nor the disk that its log is on."""
    logging = section(service, "logging", "options")
    limits = (service.get("pids_limit"), service.get("mem_limit"), service.get("cpus"), logging.get("max-size"))
    return "" if all(limits) and logging.get("max-file") else "without a limit"


def no_core(name: str, service: Service, whole: Service) -> str:
    """A crash writes no memory, with what was open in it, to a disk."""
    return "" if section(service, "ulimits").get("core") == 0 else "may write its memory to disk"


def scratch_in_memory(name: str, service: Service, whole: Service) -> str:
    """What it must write besides its volumes is in memory, bounded, and cannot be run."""
    mounted = words(service.get("tmpfs"))
    good = mounted and all(option in one for one in mounted for option in _SCRATCH)
    return "" if good else "scratch space that is missing, unbounded or can be run"


def secrets_are_files(name: str, service: Service, whole: Service) -> str:
    """No pass phrase or key stands in an environment variable or on a command line."""
    named = {**section(service, "environment"), "command": " ".join(words(service.get("command")))}
    wrong = [
        setting
        for setting, value in named.items()
        if not setting.endswith("_FILE")
        and (re.search(r"(?i)passw|pass_?phrase|secret$|token|_key$", setting) or "password=" in str(value).lower())
    ]
    return f"a secret that is no file: {wrong}" if wrong else ""


def only_its_own_secrets(name: str, service: Service, whole: Service) -> str:
    """What runs at an agency is given its key and no other; only the set-up jobs are given an administrator's."""
    sources = {str(one["source"]) if isinstance(one, dict) else str(one) for one in _list(service.get("secrets"))}
    kind, _, agency = name.partition("-")
    own = {"ca", f"agency-{agency}"} if kind in AT_AN_AGENCY else _OTHERS.get(name, set())
    return "" if sources <= own else f"is given {sorted(sources - own)}"


_OTHERS: Mapping[str, set[str]] = {
    "postgres": {"ca", "postgres", "postgres_first"},
    **{f"kafka-{number}": {"ca", f"kafka-{number}"} for number in (1, 2, 3)},
    "tables": {"ca", "hub_owner"},
    "topics": {"ca", "hub-administrator"},
    "limits": {"ca", "hub-administrator"},
    "web": {"ca", "hub_app", "hub-ingest"},
    "work": {"ca", "hub_app", "hub-ingest"},
}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def unpublished(name: str, service: Service, whole: Service) -> str:
    """Only the pages have a port on the host, and only on its loopback."""
    ports = words(service.get("ports"))
    allowed = name in PROXIED and all(_ONLY_HERE.fullmatch(one) for one in ports)
    return "" if not ports or allowed else "publishes a port"


def kept_apart(name: str, service: Service, whole: Service) -> str:
    """Networks without a way out; the database and the collector are out of reach of what runs at an agency."""
    joined = set(words(service.get("networks")))
    if name in ALONE:
        return "" if not joined and service.get("network_mode") == "none" else "on a network"
    open_ones = {one for one in joined if section(whole, "networks", one).get("internal") is not True}
    if not joined or open_ones - ({"front"} if name in PROXIED else set()):
        return f"on a network with a way out: {sorted(open_ones)}"
    own = {"data"} if name == "postgres" else {"watch"} if name in MUTE else None
    own = {"road"} if name.partition("-")[0] in {*AT_AN_AGENCY, "kafka"} else own
    return "" if own is None or joined == own else f"on networks besides its own: {sorted(joined - own)}"


def asked_how_it_is(name: str, service: Service, whole: Service) -> str:
    """Its health is more than an open port: it is asked whether it can do its work."""
    if name in ONCE | MUTE:
        return ""
    asked = " ".join(words(section(service, "healthcheck").get("test")))
    return "" if any(one in asked for one in _ASKS_MORE) else "nobody asks how it is"


def time_to_finish(name: str, service: Service, whole: Service) -> str:
    """Told to stop, it has the time to finish the message in hand and to commit."""
    if name in ONCE | MUTE:
        return ""
    return "" if int(str(service.get("stop_grace_period", "0s")).removesuffix("s")) >= 20 else "killed too soon"


def waits_for_what_it_needs(name: str, service: Service, whole: Service) -> str:
    """It starts when what it stands on is healthy or done, and not merely begun."""
    if name in SERVERS | MUTE | ALONE:
        return ""
    needed = section(service, "depends_on")
    conditions = {str(section(needed, one).get("condition")) for one in needed}
    proper = conditions <= {"service_healthy", "service_completed_successfully"}
    return "" if needed and proper else "does not wait for what it needs"


RULES: tuple[Rule, ...] = (
    by_digest,
    only_what_was_locked,
    nobody_special,
    unwritable,
    no_capabilities,
    no_new_privileges,
    nothing_of_the_host,
    bounded,
    no_core,
    scratch_in_memory,
    secrets_are_files,
    only_its_own_secrets,
    unpublished,
    kept_apart,
    asked_how_it_is,
    time_to_finish,
    waits_for_what_it_needs,
)
