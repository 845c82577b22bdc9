"""The process log names what went wrong and never repeats what was said."""

import logging

from hub.commands.quiet_log import QuietFormatter


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
