"""What holds for every test: the network stays inside, and hypothesis draws the same cases on every machine."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.support.keyboard import JOURNEY
from tests.support.network_guard import keep_inside

pytest_plugins = ("tests.support.engines", "tests.support.buses")

keep_inside()

# On two shared cores a slow draw says nothing about the code, so neither profile has a deadline.
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the steps of each journey that was walked by keyboard, wherever its test ran."""
    found = [
        text for one in terminalreporter.getreports("passed") for name, text in one.user_properties if name == JOURNEY
    ]
    if found:
        terminalreporter.section("journeys by keyboard alone")
    for text in found:
        terminalreporter.write_line(f"{text}\n")
