"""Is every dependency wanted, written about, locked by hash and used where it is said to be?"""

import re
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.support.source_tree import ROOMS, ROOT, imported_modules, sources

ASKED = ("requirements.in", "requirements-build.in", "requirements-dev.in")
LOCKS = ("requirements.lock", "requirements-dev.lock")
# A new dependency of the product is a decision: raise this with its paragraph in docs/dependencies.md.
RUNTIME_AT_MOST = 19
# Needed to run, and imported by name nowhere: FastAPI reads forms through it.
UNSEEN = frozenset({"python-multipart"})
# Parts of what we ask for under names of their own: FastAPI stands on Starlette, fhir.resources on fhir-core, uvicorn
# on h11.
FOUNDATIONS = frozenset({"starlette", "pydantic-core", "fhir-core", "h11"})
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
_PINNED = re.compile(r"(?m)^([a-z0-9][a-z0-9-]*)==(\S+)")


def plain(name: str) -> str:
    """A distribution's name in its one normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked(file: str) -> tuple[str, ...]:
    """The distributions that a requirements file asks for by name."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    found = (_NAME.match(line) for line in lines if not line.startswith("#"))
    return tuple(plain(match[0]) for match in found if match)


def pinned(file: str) -> dict[str, str]:
    """What a lock pins: name to version."""
    return dict(_PINNED.findall((ROOT / file).read_text(encoding="utf-8")))


def unhashed(text: str) -> tuple[str, ...]:
    """The requirements of a lock that carry no digest."""
    logical = text.replace("\\\n", " ").splitlines()
    return tuple(line for line in logical if _PINNED.match(line) and not _HASH.search(line))


@pytest.mark.parametrize("file", ASKED)
def test_every_dependency_is_written_about(file: str) -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    for name in asked(file):
        assert f"**{name}**" in text, f"docs/dependencies.md says nothing of {name}"


def test_the_product_stands_on_few() -> None:
    assert len(asked("requirements.in")) <= RUNTIME_AT_MOST


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_carries_its_digests(lock: str) -> None:
    assert not unhashed((ROOT / lock).read_text(encoding="utf-8"))


def test_a_missing_digest_is_caught() -> None:
    assert unhashed("six==1.17.0 \\\n    # via x\n")
    assert not unhashed(f"six==1.17.0 \\\n    --hash=sha256:{'0' * 64}\n")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|^-[a-z]|^--(?!hash)", text, re.MULTILINE)


def test_the_locks_hold_all_that_is_asked_and_agree() -> None:
    runtime, development = (pinned(lock) for lock in LOCKS)
    assert {*asked("requirements.in"), *asked("requirements-build.in")} <= set(runtime)
    assert set(asked("requirements-dev.in")) <= set(development)
    assert runtime == {name: version for name, version in development.items() if name in runtime}


def test_the_store_library_is_the_one_that_was_measured() -> None:
    assert pinned("requirements.lock")["eventsourcing"] == "9.5.6"


def test_the_build_needs_only_what_the_locks_hold() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = tuple(plain(match[0]) for text in project["build-system"]["requires"] if (match := _NAME.match(text)))
    assert wanted == asked("requirements-build.in")


def imported_tops() -> frozenset[str]:
    """The top-level modules that the five rooms import."""
    modules = (module for source in sources(*ROOMS) for _, module in imported_modules(source))
    return frozenset(module.split(".", maxsplit=1)[0] for module in modules)


def test_nothing_is_asked_for_that_no_room_imports() -> None:
    claimed = packages_distributions()
    used = {plain(name) for top in imported_tops() for name in claimed.get(top, ())}
    assert set(asked("requirements.in")) - UNSEEN <= used


def test_no_room_imports_what_is_not_asked_for() -> None:
    claimed = packages_distributions()
    foreign = {top: {plain(name) for name in claimed[top]} for top in imported_tops() - set(ROOMS) if top in claimed}
    allowed = {*asked("requirements.in"), *FOUNDATIONS}
    strangers = {top: names for top, names in foreign.items() if not names & allowed}
    assert not strangers
