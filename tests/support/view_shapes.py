"""What each view makes of each published example, as digests, with the version of the view under which it does so.

`python -m tests.support.view_shapes` writes down what is not yet recorded; it changes nothing that is recorded under
the same version of a view and the same example.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from contracts import catalogue
from contracts.event import Fact
from contracts.strict_json import Json
from hub.views.all_views import VIEWS
from hub.views.view import View
from tests.support.golden import GOLDEN
from tests.support.places import REPO

RECORD = GOLDEN / "views.json"
_EXAMPLES = REPO / "contracts" / "examples"
_POSITION = 7
_OTHER = {"permitted": "refused", "refused": "permitted"}
Rows = Mapping[str, str]  # by the name of an example, the digest of its rows; no name where there are none


@dataclass(frozen=True)
class Made:
    """`examples` are digests of the examples' bytes, by name; `versions` and `rows` are by the name of a view."""

    examples: Mapping[str, str]
    versions: Mapping[str, int]
    rows: Mapping[str, Rows]

    def with_new(self, now: "Made") -> "Made":
        """Today's; what is recorded under the same version of a view and the same example stays as it is."""
        stays = {name for name, digest in self.examples.items() if now.examples.get(name) == digest}
        rows = {
            view: {
                **{name: made for name, made in new.items() if name not in stays},
                **{name: made for name, made in self.rows[view].items() if name in stays},
            }
            if self.versions.get(view) == now.versions[view]
            else new
            for view, new in now.rows.items()
        }
        return Made(now.examples, now.versions, rows)


def made(views: tuple[View, ...] = VIEWS) -> Made:
    """What the views make of the examples now."""
    ways = tuple(_ways())
    examples = {name: digest for name, digest, _ in ways}
    rows = {view.name: dict(_rows(view, ways)) for view in views}
    return Made(examples, {view.name: view.version for view in views}, rows)


def recorded() -> Made:
    """What they made of them when it was written down."""
    return Made(**json.loads(RECORD.read_bytes()))


def _ways() -> Iterator[tuple[str, str, Fact]]:
    """Every example; where it says that something was permitted or refused, also the same with the other answer."""
    for kind, version in ((each, one) for each in catalogue.EVENTS for one in range(1, each.VERSION + 1)):
        name = f"{kind.TYPE}.v{version}"
        raw = (_EXAMPLES / f"{name}.json").read_bytes()
        fact = kind.from_kept_bytes(raw, version)
        yield name, _digest(raw), fact
        other = _OTHER.get(str(getattr(fact, "effect", "")))
        if other is not None:
            yield f"{name} {other}", _digest(raw), fact.model_copy(update={"effect": other})


def _rows(view: View, ways: tuple[tuple[str, str, Fact], ...]) -> Iterator[tuple[str, str]]:
    for name, _, fact in ways:
        rows = view.rows(fact, _POSITION, lambda _key: None)
        if rows:
            told: list[Json] = [[one.key, one.values] for one in rows]
            yield name, _digest(json.dumps(told, sort_keys=True).encode())


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


if __name__ == "__main__":
    before = recorded() if RECORD.exists() else Made({}, {}, {})
    RECORD.write_text(json.dumps(asdict(before.with_new(made())), indent=1, sort_keys=True) + "\n", encoding="utf-8")
