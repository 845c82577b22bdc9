"""Servers and verifiers that a test needs and a machine may lack: a skip says which, and CI lets none of them go."""

import os
from typing import Literal, NoReturn

import pytest

Needed = Literal["go", "tmpfs", "postgres", "kafka", "browser", "aics", "fsck", "html-validate"]
SETTING = "HUB_TEST_REQUIRE"


def missing(needed: Needed, reason: str, setting: str | None = None) -> NoReturn:
    """End the test: failed where `HUB_TEST_REQUIRE` (comma-separated) names what is needed, else skipped with why.

    `setting` stands in for the environment variable.
    """
    if is_required(needed, setting):
        pytest.fail(f"{needed} is required here ({SETTING}) and missing: {reason}", pytrace=False)
    pytest.skip(f"needs {needed}: {reason}")


def is_required(needed: Needed, setting: str | None = None) -> bool:
    """Whether the setting (see `missing`) names what is needed."""
    required = os.environ.get(SETTING, "") if setting is None else setting
    return needed in {name.strip() for name in required.split(",")}
