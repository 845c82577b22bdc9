"""The process log: what kind of thing went wrong and where, never the words of it, which may hold a name."""

import logging
from types import TracebackType

NAME = "safeguarding_hub.hub"
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """Time, level, logger, and for an error its type and the line that raised it; no message of an error."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for a record."""
        said = f"event {record.funcName}" if record.exc_info or record.args else record.msg
        error = f" {_raised_at(record.exc_info)}" if record.exc_info else ""
        return f"{self.formatTime(record)} {record.levelname} {record.name} {said}{error}"


def _raised_at(error: _ExcInfo) -> str:
    kind, _, trace = error
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace is not None else "nowhere"
    return f"{kind.__name__ if kind is not None else 'none'} at {place}"


def log_config() -> dict[str, object]:
    """The configuration that uvicorn and everything else logs by: warnings and worse, on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"quiet": {"()": QuietFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }
