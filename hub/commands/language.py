"""`hub contracts export`: the published language as files, generated from the code."""

from pathlib import Path

from agencies import registry as partners
from contracts import export as language


def export(folder: Path) -> int:
    """0, with every JSON Schema and the AsyncAPI document written under the folder."""
    files = language.files(tuple(agency.name for agency in partners.AGENCIES))
    for name, contents in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents)
    print(f"{len(files)} files written")
    return 0
