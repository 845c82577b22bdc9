"""Where things lie that tests read: the repository, and the shared sample files beside it."""

from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
SAMPLES = REPO.parent / "shared" / "samples"


def sample(*parts: str) -> Path:
    """A sample file; its absence fails the test that needs it."""
    found = SAMPLES.joinpath(*parts)
    assert found.is_file(), f"the sample {'/'.join(parts)} is missing beside the repository"
    return found


def every_sample() -> tuple[Path, ...]:
    """Every shared sample file, in order; none found fails the test."""
    found = tuple(sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.name != "README.md"))
    assert found, "the shared samples are missing beside the repository"
    return found


def own_samples(agency: str) -> tuple[Path, ...]:
    """The made-up messages in an agency's folder, in order."""
    folder = REPO / "agencies" / agency / "samples"
    return tuple(sorted(path for path in folder.iterdir() if path.name.startswith("made-up")))
