"""Does the bill of materials list what the lock pins, and is it said how soon a library is mended?"""

import json
import re
from datetime import date, timedelta

from tests.architecture.test_dependencies import asked, pinned
from tests.support.bill import BILL, LOCK, OLDEST_DAYS, OURS, age, bill, chosen_on, written
from tests.support.source_tree import ROOT

TEXT = BILL.read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


def test_it_is_that_of_the_lock() -> None:
    assert written(bill(LOCK.read_text(encoding="utf-8"), chosen_on(TEXT))) == TEXT


def test_it_lists_every_library_with_its_version_and_digests_and_no_place_to_fetch_from() -> None:
    found = json.loads(TEXT)
    assert {one["name"]: one["version"] for one in found["components"]} == pinned("requirements.lock")
    digests = [one["content"] for each in found["components"] for one in each["hashes"]]
    assert sorted(digests) == sorted(re.findall(r"sha256:([0-9a-f]{64})", LOCK.read_text(encoding="utf-8")))
    assert all(one["hashes"] for one in found["components"])
    assert "://" not in TEXT


def test_it_says_what_asks_for_what() -> None:
    found = json.loads(TEXT)
    needs = {one["ref"]: set(one["dependsOn"]) for one in found["dependencies"]}
    refs = {one["name"]: one["bom-ref"] for one in found["components"]}
    assert needs.keys() == {OURS, *refs.values()}
    assert {refs[name] for name in (*asked("requirements.in"), *asked("requirements-build.in"))} <= needs[OURS]
    assert refs["starlette"] in needs[refs["fastapi"]]
    reached = {OURS}
    while more := {each for one in reached for each in needs[one]} - reached:
        reached |= more
    assert reached == needs.keys()


def test_another_lock_has_another_bill() -> None:
    one = "six==1.17.0 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via\n    #   -r requirements.in\n    #   seven\n"
    two = "seven==7 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "1" * 64 + "\n    # via -r requirements.in\n"
    day = date(2026, 11, 22)
    found = json.loads(written(bill(one + two, day)))
    assert [each["purl"] for each in found["components"]] == ["pkg:pypi/six@1.17.0", "pkg:pypi/seven@7"]
    assert found["components"][1]["properties"] == [{"name": "python:marker", "value": "sys_platform == 'win32'"}]
    assert found["dependencies"] == [
        {"ref": OURS, "dependsOn": ["pkg:pypi/seven@7", "pkg:pypi/six@1.17.0"]},
        {"ref": "pkg:pypi/six@1.17.0", "dependsOn": []},
        {"ref": "pkg:pypi/seven@7", "dependsOn": ["pkg:pypi/six@1.17.0"]},
    ]
    assert found["serialNumber"] != json.loads(written(bill(one, day)))["serialNumber"]


def test_versions_that_are_too_old_are_told() -> None:
    day = date(2026, 11, 22)
    assert age(day, day + timedelta(days=OLDEST_DAYS)) == ""
    assert f"{OLDEST_DAYS + 1} days ago" in age(day, day + timedelta(days=OLDEST_DAYS + 1))


def test_it_is_said_how_soon_each_kind_of_flaw_is_mended() -> None:
    days = dict(re.findall(r"^\| (\w+)[^|]*\| (\d+) days \|", PAGE, re.MULTILINE))
    assert days == {"Critical": "2", "High": "7", "Medium": "30", "Low": str(OLDEST_DAYS)}
