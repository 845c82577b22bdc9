"""Does compose.yaml hand the hub what its operator chooses, and keep what it keeps where no copy undoes it?"""

from pathlib import PurePosixPath

from hub.settings import read_settings
from tests.support import compose
from tests.support.compose import chosen, environment_of, section, services, words

WHOLE = compose.read()


def test_each_setting_that_an_operator_may_choose_reaches_the_hub() -> None:
    """Where none is chosen, the hub's own word stands."""
    assert len(chosen()) > 10
    for name in ("web", "work"):
        assert chosen() <= set(environment_of(WHOLE, name)), name
        plain = read_settings({"HUB_HOME": "/var/lib/hub"})
        found = read_settings(environment_of(WHOLE, name))
        assert found.clocks is None
        assert (found.issuers, found.phrase_cost, found.key_backup_days, found.school_starts) == (
            None, plain.phrase_cost, plain.key_backup_days, plain.school_starts,
        )  # fmt: skip


def test_the_journal_of_what_was_erased_lies_where_no_copy_of_home_is_put_back_over_it() -> None:
    for name in ("web", "work"):
        journal = read_settings(environment_of(WHOLE, name)).erasure_journal
        assert journal is not None
        mounted = dict(one.split(":") for one in words(section(WHOLE, "services", name)["volumes"]))
        assert mounted["erased"] == str(journal.parent) != mounted["home"]


def test_the_database_lies_in_its_volume_whichever_edition_of_the_image_it_is() -> None:
    """From 18 on, images refuse a volume at data/; before, they have one of their own there, which nobody keeps."""
    postgres = dict(services(WHOLE))["postgres"]
    assert words(postgres["volumes"]) == ["store:/var/lib/postgresql"]
    kept = PurePosixPath(str(section(postgres, "environment")["PGDATA"]))
    assert kept.parent == PurePosixPath("/var/lib/postgresql")
    assert kept.name != "data"
