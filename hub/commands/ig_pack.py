"""`hub ig-pack`: the record of processing, impact assessment, policy document and agreements, from the code."""

from pathlib import Path

from agencies import registry as partners
from hub.domain.ig_pack import Party, files
from hub.wiring import agreement_of


def parties() -> tuple[Party, ...]:
    """Every partner with its agreement."""
    return tuple(Party(agency.title, agreement_of(agency.name)) for agency in partners.AGENCIES)


def run(folder: Path) -> int:
    """0, with the pack written into the folder."""
    written = files(parties())
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"{len(written)} files written")
    return 0
