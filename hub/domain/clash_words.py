"""What is said of statements of telling that contradict each other: which is the newest, and whom to ask."""

from collections.abc import Mapping
from typing import Final, assert_never

from consent.wording import listed
from hub.domain import words
from hub.domain.telling_clash import Clash, ClashKind, Stated

_ENDS: Final[Mapping[ClashKind, str]] = {
    ClashKind.TOO_YOUNG: "who was told",
    ClashKind.HANDLING: "how the note is meant: the hub does not judge it",
}
HEADING: Final = "What is stated of telling does not agree"


def line(clash: Clash, names: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """All of it in sentences; `names` says who a label is, `titles` what an agency is called (else its source)."""
    ask = listed([titles.get(one, one) for one in clash.ask])
    return (
        f"{_said(clash, names, titles)} Ask {ask} {_ENDS.get(clash.kind, 'which is so: the hub does not decide it')}."
    )


def _said(clash: Clash, names: Mapping[str, str], titles: Mapping[str, str]) -> str:
    first = clash.stated[0]
    who = names.get(first.label, words.label(first.label))
    match clash.kind:
        case ClashKind.TWICE:
            both = listed([_quoted(one) for one in clash.stated])
            return f"{who}: one version of this entry says {both}, and nothing says which is the later."
        case ClashKind.UNTOLD:
            last = clash.stated[-1]
            return (
                f"{who}: {_by(first, titles)}. {_by(last, titles)}, which is the newest. Nobody who was told is untold."
            )
        case ClashKind.TOO_YOUNG:
            age = "not yet born" if clash.months is None else f"{_months(clash.months)} old"
            why = "a child that young cannot be told, and who was told for them is not said"
            return f"{who}: {_by(first, titles)}. They were {age} then: {why}."
        case ClashKind.HANDLING:
            told = "; ".join(f"{names.get(one.label, one.label)}: {_by(one, titles)}" for one in clash.stated)
            return f"This entry has a note on how to handle it, and says too that somebody was told. {told}."
        case ClashKind.ELSEWHERE:
            return f"{who}: {_by(first, titles)}. {_elsewhere(clash, titles)}"
        case _:
            assert_never(clash.kind)


def _elsewhere(clash: Clash, titles: Mapping[str, str]) -> str:
    if clash.elsewhere is None or clash.theirs is None:
        return ""
    other = clash.elsewhere
    of = f"{other.title}, {titles.get(other.source, other.source)}, {words.when(other.happened)}"
    return f"Of somebody of the same name, another entry ({of}): {_by(clash.theirs, titles)}."


def _by(one: Stated, titles: Mapping[str, str]) -> str:
    day = f"on {words.day(one.on)}" if one.on is not None else f"received on {words.day(one.day)}"
    return f"{titles.get(one.source, one.source)} states {_quoted(one)}, {day}"


def _quoted(one: Stated) -> str:
    return f"“{one.state.meaning}”"


def _months(number: int) -> str:
    return "1 month" if number == 1 else f"{number} months"
