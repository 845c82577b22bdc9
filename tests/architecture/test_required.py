"""Does a skip say which server was missing, and does CI refuse it?"""

import pytest

from tests.faults.again import with_servers
from tests.support.required import missing


def test_a_skip_names_what_was_missing() -> None:
    with pytest.raises(pytest.skip.Exception, match="needs go: no compiler on the path"):
        missing("go", "no compiler on the path", setting="")


def test_what_is_required_may_not_be_skipped() -> None:
    with pytest.raises(pytest.fail.Exception, match="go is required here"):
        missing("go", "no compiler on the path", setting="postgres, go")


def test_requiring_one_thing_does_not_require_another() -> None:
    with pytest.raises(pytest.skip.Exception):
        missing("kafka", "no broker", setting="go")


@pytest.mark.parametrize(
    ("setting", "needs"),
    [("", "postgres,kafka"), ("go, kafka", "go,kafka,postgres"), ("browser", "browser,postgres,kafka")],
)
def test_faults_put_again_and_again_are_never_skipped_for_want_of_a_server(setting: str, needs: str) -> None:
    assert with_servers(setting) == needs
