"""`python -m tests.support.bill`: the bill of materials (CycloneDX 1.6, JSON) of what the hub runs on, from its lock.

`--age` says instead, of the bill as it stands, whether its versions were chosen longer ago than docs/dependencies.md
allows. It asks nobody: whether a flaw is known, only somebody who looks at advisories can say.
"""

import json
import re
import sys
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid5

from contracts.strict_json import Json
from tests.support.source_tree import ROOT

LOCK: Final = ROOT / "requirements.lock"
BILL: Final = ROOT / "docs" / "sbom.cdx.json"
OLDEST_DAYS: Final = 90
OURS: Final = "safeguarding-hub"
_NAMES: Final = UUID("0c9f1d5e-8a34-5f0b-9a53-6c0e4f1f7f6b")
_ENTRY = re.compile(r"^([a-z0-9][a-z0-9-]*)==([^\s;]+)(?: ; ([^\\]+?))? \\\n((?:    .*\n?)*)", re.MULTILINE)


def bill(lock: str, chosen: date) -> dict[str, Json]:
    """The bill of a lock whose versions were chosen on that day: each library, its digests, and what asks for it."""
    entries = _ENTRY.findall(lock)
    named = {name: f"pkg:pypi/{name}@{version}" for name, version, _, _ in entries}
    needs: dict[str, set[str]] = {ref: set() for ref in (OURS, *named.values())}
    for name, _, _, rest in entries:
        for asker in re.findall(r"(?:# via|#  ) +(?:-r )?(\S+)", rest):
            needs[named.get(asker, OURS)].add(named[name])
    ours: dict[str, Json] = {"type": "application", "name": OURS, "bom-ref": OURS}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(_NAMES, lock)}",
        "version": 1,
        "metadata": {"timestamp": f"{chosen.isoformat()}T00:00:00Z", "component": ours},
        "components": [_component(*entry) for entry in entries],
        "dependencies": [{"ref": ref, "dependsOn": list[Json](sorted(needs[ref]))} for ref in (OURS, *named.values())],
    }


def _component(name: str, version: str, marker: str, rest: str) -> dict[str, Json]:
    ref = f"pkg:pypi/{name}@{version}"
    hashes: list[Json] = [
        {"alg": "SHA-256", "content": one} for one in re.findall(r"--hash=sha256:([0-9a-f]{64})", rest)
    ]
    found: dict[str, Json] = {"type": "library", "name": name, "version": version, "bom-ref": ref, "purl": ref}
    only: dict[str, Json] = {"properties": [{"name": "python:marker", "value": marker}]} if marker else {}
    return {**found, "hashes": hashes, **only}


def written(found: dict[str, Json]) -> str:
    """The bill as it is kept."""
    return json.dumps(found, indent=1, sort_keys=True) + "\n"


def chosen_on(text: str) -> date:
    """The day on which the versions of a bill were chosen."""
    return date.fromisoformat(json.loads(text)["metadata"]["timestamp"][:10])


def age(chosen: date, today: date) -> str:
    """What to tell of versions chosen on that day; nothing while they are young enough."""
    days = (today - chosen).days
    if days <= OLDEST_DAYS:
        return ""
    return f"Versions were chosen {days} days ago; {OLDEST_DAYS} are allowed: make lock UPGRADE=--upgrade"


def main(words: list[str]) -> None:
    """Write the bill, with today as its day where its lock has changed; or tell its age."""
    today, before = datetime.now(UTC).date(), BILL.read_text(encoding="utf-8") if BILL.exists() else ""
    if words == ["--age"]:
        if told := age(chosen_on(before), today):
            sys.stderr.write(f"{told}\n")
        return
    lock = LOCK.read_text(encoding="utf-8")
    if not before or written(bill(lock, chosen_on(before))) != before:
        BILL.write_text(written(bill(lock, today)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
