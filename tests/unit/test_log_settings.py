"""Are the settings of log and witnesses read as they are written down, and is a policy that is none refused?"""

from datetime import timedelta
from pathlib import Path

import pytest

from audit.policy import parse_policy
from hub.adapters.witness_desk import read_policy
from hub.domain.errors import StoreUnavailable
from hub.settings import BadSetting, read_settings
from tests.support.sealed_logs import log_signer
from tests.support.witnesses import policy_text

VKEYS = (log_signer().vkey,)


def test_nobody_witnesses_unless_a_policy_is_named() -> None:
    settings = read_settings({})
    assert (settings.log_policy, settings.witness_refuse_after, settings.log_mldsa) == (None, timedelta(hours=4), False)
    assert read_policy(settings.log_policy) is None


def test_what_is_set_is_read() -> None:
    settings = read_settings({"HUB_LOG_POLICY": "/p", "HUB_WITNESS_REFUSE_AFTER": "30", "HUB_LOG_MLDSA": "on"})
    assert (settings.log_policy, settings.witness_refuse_after, settings.log_mldsa) == (
        Path("/p"),
        timedelta(minutes=30),
        True,
    )


@pytest.mark.parametrize(
    "wrong",
    [{"HUB_WITNESS_REFUSE_AFTER": text} for text in ("15", "0", "-1", "x", "1e9", "\u0663\u0660", "9999999")]
    + [{"HUB_LOG_MLDSA": "yes"}],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(BadSetting):
        read_settings(wrong)


def test_a_policy_says_where_each_witness_is_called() -> None:
    places = {"police": "https://w.example/x", "health": "bus:health", "school": ""}
    policy = parse_policy(policy_text(VKEYS, places, 2).encode())
    assert policy.urls == {"police": "https://w.example/x", "health": "bus:health"}
    assert set(policy.witnesses) == set(places)


@pytest.mark.parametrize("place", ["ftp://w.example", "file:///etc/passwd", "w.example", "bus"])
def test_a_witness_is_called_in_no_other_way(tmp_path: Path, place: str) -> None:
    (tmp_path / "policy").write_text(policy_text(VKEYS, {"police": place}, 1))
    with pytest.raises(StoreUnavailable):
        read_policy(tmp_path / "policy")


def test_a_policy_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "policy").write_text("quorum nobody\n")
    for path in (tmp_path / "policy", tmp_path / "absent"):
        with pytest.raises(StoreUnavailable):
            read_policy(path)
