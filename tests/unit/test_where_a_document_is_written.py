"""Does the help of `hub print` say where the file goes that it writes?"""

from pathlib import Path

import pytest

from hub.cli import commands_parser

ASKED = ("nhs:9990001006", "--as", "priya", "--purpose", "s47", "--for", "Head")
KINDS = (("meeting", "--to", "school"), ("court",))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[0])
def test_the_help_says_where_it_is_written_when_no_folder_is_named(
    kind: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = commands_parser().parse_args(["print", kind[0], *ASKED, *kind[1:]])
    assert asked.out == Path()  # the folder somebody is in
    with pytest.raises(SystemExit):
        commands_parser().parse_args(["print", kind[0], "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "(default: the folder you are in)" in said
