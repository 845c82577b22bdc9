"""Does what we install hold exactly the five rooms: every file of them, and nothing else?"""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from tests.support.source_tree import ROOMS, ROOT, listed_files

pytestmark = pytest.mark.slow


def shipped(name: str) -> bool:
    """Whether a file of the tree belongs in the wheel: anything inside the five rooms."""
    return PurePosixPath(name).parts[0] in ROOMS


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built without a network from a copy of the listed files."""
    copy, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    for name in listed_files():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    # A stray folder at the top, such as a careless test might leave, must not be swept in.
    (copy / "stray").mkdir()
    (copy / "stray" / "__init__.py").touch()
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        str(out),
        ".",
    ]
    built = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = out.iterdir()
    return zipfile.ZipFile(path)


def test_every_file_of_the_five_rooms_is_shipped(wheel: zipfile.ZipFile) -> None:
    wanted = {name for name in listed_files() if shipped(name)}
    left_out = sorted(wanted - set(wheel.namelist()))
    assert not left_out, "\n".join(["not in the wheel (package-data in pyproject.toml?):", *left_out])


def test_nothing_else_is_shipped(wheel: zipfile.ZipFile) -> None:
    tops = {Path(name).parts[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(ROOMS)


def test_it_cannot_be_uploaded_by_mistake_and_brings_the_command(wheel: zipfile.ZipFile) -> None:
    texts = {Path(name).name: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name}
    assert "Classifier: Private :: Do Not Upload" in texts["METADATA"]
    assert "Name: safeguarding-hub" in texts["METADATA"]
    assert "hub = hub.cli:main" in texts["entry_points.txt"]
