"""The process log: what kind of thing went wrong and where, never the words of it, which may hold a name.

A line says the sentence of our own loggers, since those are written in the code; of every other logger (the web server,
the client libraries) and of whatever else was put into a line it says only where in the code it was said. What is put
into our own sentences is shown where it is a code of a closed set or a small count.
"""

import errno
import logging
import re
from datetime import UTC, datetime
from types import TracebackType

from hub.adapters.telemetry_otlp import current_trace
from hub.adapters.telemetry_words import CODES, WORDS, Attribute
from hub.commands.one_line import in_json
from hub.domain.errors import HubError

NAME = "safeguarding_hub.hub"
OURS = "safeguarding_hub."
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_KIND = re.compile(r"[A-Z][A-Za-z]{2,39}(Error|Exception|Timeout|Failed)")  # the name of a library's error
_STATES = frozenset(
    {"contention", "disk", "not_durable", "no_broker", "no_tables", "role_may_alter", "role_may_not_keep", "read_only"}
    | {"last_checkpoint", "last_checkpoint_gone", "last_checkpoint_altered", "log_went_back", "log_rewritten", "log"}
    | {"store_went_back"}
)
_ERRNO = frozenset(errno.errorcode.values())
_LEFT = frozenset({"name", "no_plain_file", "too_big", "unreadable"})  # files at an edge
_MOVED = frozenset({"role_not_a_code", "never_delivered"})  # what was moved to where those lie that were read
_DROP = frozenset(f"drop_{code}" for code in (*_ERRNO, "refused"))  # its folder can't be used
_WORDS = CODES | WORDS[Attribute.ERROR] | WORDS[Attribute.AGENCY] | WORDS[Attribute.FOLLOWER] | _STATES
_WORDS |= _ERRNO | _LEFT | _MOVED | _DROP
_COUNT_BELOW = 1_000_000


class QuietFormatter(logging.Formatter):
    """Time, level, logger, what happened, and for an error its type and the line that raised it; no message of one."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for a record."""
        error = _raised_at(record.exc_info) if record.exc_info else ""
        said = (self.formatTime(record), record.levelname, record.name, _said(record), _code(record), error)
        return " ".join(part for part in said if part)


class QuietJson(logging.Formatter):
    """The same as one JSON object: time (UTC), level, logger, said, and where there is one: code, error, trace."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for a record."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "said": _said(record),
        }
        code = _code(record)
        error = _raised_at(record.exc_info) if record.exc_info else ""
        found = {"code": code, "error": error, "trace": current_trace()}
        return in_json({**line, **{name: text for name, text in found.items() if text}})


def log_config(*, as_json: bool = False) -> dict[str, object]:
    """The configuration that uvicorn and everything else logs by: warnings and worse, on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"quiet": {"()": QuietJson if as_json else QuietFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }


def _said(record: logging.LogRecord) -> str:
    """The sentence, where it is ours and was written before anything happened; else the place that says it."""
    ours = record.name.startswith(OURS) and isinstance(record.msg, str)
    return record.msg if ours and not record.exc_info and not record.args else f"event {record.funcName}"


def _code(record: logging.LogRecord) -> str:
    """What was put into a sentence of ours, or given beside it as `code`, as far as it may be said."""
    if not record.name.startswith(OURS):
        return ""
    given = (record.__dict__.get("code", ""), *(record.args if isinstance(record.args, tuple) else ()))
    words = (word for put in given for word in _words(put))
    return " ".join(word for word in words if word in _WORDS or _KIND.fullmatch(word) or _is_count(word))


def _words(put: object) -> list[str]:
    if isinstance(put, HubError):
        return [type(put).__name__, *str(put).split()]
    return str(put).split() if isinstance(put, str | int) else []


def _is_count(word: str) -> bool:
    return word.isascii() and word.isdigit() and int(word) < _COUNT_BELOW


def _raised_at(error: _ExcInfo) -> str:
    kind, _, trace = error
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace is not None else "nowhere"
    return f"{kind.__name__ if kind is not None else 'none'} at {place}"
