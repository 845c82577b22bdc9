"""Days and times as a machine, or somebody elsewhere, writes them; people here are told `6 October 2026, 14:20`."""

import re

_MADE_BY_MACHINES = re.compile(
    r"\b\d{4}-\d\d?-\d\d?(?!\d)"  # 2026-10-06, and 2026-10-06T14:20
    r"|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b"  # 06/10/2026
    r"|\b\d{1,2}:\d\d:\d\d"  # 14:20:07
    r"|(?<!:)\b\d{1,2}:\d\d(?:Z|[+-]\d\d:?\d\d)"  # 14:20Z
    r"|\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b"  # 2.20pm
    r"|\bUTC\b|\bGMT\b",
    re.IGNORECASE,
)


def written_by_machines(words: str) -> set[str]:
    """Each of them that stands among the words."""
    return set(_MADE_BY_MACHINES.findall(words))
