"""The process log names what went wrong and never repeats what was said."""

import json
import logging
from datetime import datetime, timedelta

import pytest

from hub.adapters.telemetry_words import Doing
from hub.commands.quiet_log import QuietFormatter, QuietJson, log_config
from hub.domain.errors import StoreUnavailable
from tests.support.given import ROBIN
from tests.support.heard import hearing


def record_of(error: Exception | None, message: str = "a fixed message", *args: object) -> str:
    info = (type(error), error, error.__traceback__) if error is not None else None
    record = logging.LogRecord("safeguarding_hub.hub", logging.ERROR, __file__, 1, message, args, info)
    return QuietFormatter().format(record)


def test_the_words_of_an_error_are_not_logged() -> None:
    line = record_of(ValueError("CANARY"), "CANARY in the message too")
    assert "CANARY" not in line
    assert "ValueError" in line


def test_the_arguments_of_a_message_are_not_logged() -> None:
    assert "CANARY" not in record_of(None, "failed for %s", "CANARY")


def test_a_fixed_message_is_logged_as_it_is() -> None:
    assert "a fixed message" in record_of(None)


@pytest.mark.parametrize("code", ["drop_EACCES", "drop_ENOENT", "role_not_a_code", "never_delivered", "EACCES"])
def test_why_an_edge_could_not_use_its_folder_is_said(code: str) -> None:
    assert f" {code}" in line_of(QuietFormatter(), "safeguarding_hub.hub", "waiting", code=f"StoreUnavailable {code}")


def line_of(formatter: logging.Formatter, name: str, message: object, *args: object, **more: object) -> str:
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, message, args, None, "saying")
    record.__dict__.update(more)
    return formatter.format(record)


BOTH = pytest.mark.parametrize("formatter", [QuietFormatter(), QuietJson()])


@BOTH
def test_what_is_no_sentence_of_the_code_is_not_logged(formatter: logging.Formatter) -> None:
    for message in (ValueError("CANARY"), ["CANARY"], b"CANARY", {"CANARY": 1}):
        assert "CANARY" not in line_of(formatter, "safeguarding_hub.hub", message)


@BOTH
@pytest.mark.parametrize("name", ["uvicorn.error", "asyncio", "aiokafka.conn", "safeguarding_hubbub", "root"])
def test_other_loggers_say_where_and_nothing_else(formatter: logging.Formatter, name: str) -> None:
    line = line_of(formatter, name, "CANARY built from what came", code="CANARY")
    assert "CANARY" not in line
    assert "event saying" in line
    assert name in line


@BOTH
def test_a_code_is_logged_and_any_other_word_is_left_out(formatter: logging.Formatter) -> None:
    given = f"StoreUnavailable OperationalError contention CANARY {ROBIN} 12"
    line = line_of(formatter, "safeguarding_hub.hub", "waiting", code=given)
    assert "StoreUnavailable OperationalError contention 12" in line
    assert "CANARY" not in line
    assert ROBIN not in line


@BOTH
def test_what_is_put_into_a_sentence_is_judged_alike(formatter: logging.Formatter) -> None:
    away = StoreUnavailable(f"no_broker CANARY {ROBIN}")
    line = line_of(formatter, "safeguarding_hub.hub", "waiting for %s", away)
    assert "StoreUnavailable no_broker" in line
    assert "CANARY" not in line
    assert ROBIN not in line


def test_a_json_line_has_the_allowed_fields_and_no_others() -> None:
    record = logging.LogRecord("safeguarding_hub.hub", logging.WARNING, "CANARY.py", 1, "back", (), None, "saying")
    record.__dict__.update(person="CANARY", trace="CANARY", said="CANARY")
    said = json.loads(QuietJson().format(record))
    assert set(said) == {"time", "level", "logger", "said"}
    assert (said["level"], said["logger"], said["said"]) == ("WARNING", "safeguarding_hub.hub", "back")
    assert datetime.fromisoformat(said["time"]).utcoffset() == timedelta(0)


def test_a_json_line_within_a_trace_names_it() -> None:
    with hearing() as heard, heard.telemetry.doing(Doing.KEEP) as task:
        line = json.loads(line_of(QuietJson(), "safeguarding_hub.hub", "back"))
        assert task.context is not None
        assert line["trace"] == f"{task.context.trace_id:032x}"


def test_an_error_in_json_is_its_type_and_place() -> None:
    error = ValueError("CANARY")
    info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("safeguarding_hub.hub", logging.ERROR, __file__, 1, "CANARY", (), info)
    line = QuietJson().format(record)
    assert "CANARY" not in line
    assert json.loads(line)["error"] == "ValueError at nowhere"


@pytest.mark.parametrize("as_json", [True, False])
def test_the_setting_chooses_the_form(as_json: bool) -> None:
    formatters = log_config(as_json=as_json)["formatters"]
    assert formatters == {"quiet": {"()": QuietJson if as_json else QuietFormatter}}
