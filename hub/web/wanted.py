"""How a reader wants to look at a chronology: which entries, how far back the picture, in which order, how much.

It comes by form and never by address; nothing is hidden by it but in the list, and the page says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from hub.domain.about import About
from hub.domain.sieve import Least, Sieve
from hub.domain.significance import Significance
from hub.web.picture.scale import Window, window_of

OPEN = Sieve()


class Length(Enum):
    """How much of each entry the list shows: of a long list as it is, the newest in full and a line of each other."""

    FITTING = "fitting"
    FULL = "full"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; as it is when nothing is asked for: all of it, three years, newest first, as it fits."""

    sieve: Sieve = OPEN
    window: Window = Window.THREE_YEARS
    oldest_first: bool = False
    length: Length = Length.FITTING

    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields of a form that ask for the same again."""
        sieve = self.sieve
        return (
            *((field_of(one), "1") for one in sorted(sieve.sources)),
            *((f"kind-{one.value}", "1") for one in Significance if one in sieve.kinds),
            *((f"about-{one.code}", "1") for one in About if one in sieve.about),
            *((("least", sieve.least.value),) if sieve.least is not Least.ALL else ()),
            *((("own-words", "1"),) if sieve.own_words else ()),
            *((("late", "1"),) if sieve.late else ()),
            ("range", self.window.code),
            *((("order", "oldest"),) if self.oldest_first else ()),
            *((("look", self.length.value),) if self.length is not Length.FITTING else ()),
        )


def read_wanted(fields: Mapping[str, str], sources: Iterable[str]) -> Wanted:
    """What the form asks for, less the one filter that it takes away; what is not offered asks for nothing."""
    fields = {name: value for name, value in fields.items() if name != fields.get("without")}
    return Wanted(
        sieve=Sieve(
            sources=frozenset(one for one in sources if fields.get(field_of(one))),
            kinds=frozenset(one for one in Significance if fields.get(f"kind-{one.value}")),
            least=next((one for one in Least if one.value == fields.get("least")), Least.ALL),
            own_words=bool(fields.get("own-words")),
            late=bool(fields.get("late")),
            about=frozenset(one for one in About if fields.get(f"about-{one.code}")),
        ),
        window=window_of(fields.get("show-range") or fields.get("range", "")),
        oldest_first=fields.get("order") == "oldest",
        length=next((one for one in Length if one.value == fields.get("look")), Length.FITTING),
    )


def field_of(source: str) -> str:
    """The name of an agency's box: the last part of its source."""
    return f"from-{source.rsplit(':', 1)[-1]}"
