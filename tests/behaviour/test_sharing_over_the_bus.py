"""Does what is shared reach its recipient's own desk over the bus, once, and does the answer come back?"""

import json
from pathlib import Path

import pytest

from contracts.envelope import Sealed
from contracts.events.sharing import DisclosureDecided
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.cli import main
from hub.commands import share
from hub.commands.share import Sharing
from hub.domain.shares import Standing
from hub.wiring import Hub
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, say

CHILD = parse_identifier(f"nhs:{ROBIN}")
READER = "public_protection_desk"


@pytest.fixture
def there(tmp_path: Path) -> Hub:
    return house(tmp_path)


def sent(hub: Hub, to: str = "police") -> DisclosureDecided:
    (report_id,) = say(hub, "social_care", a_concern(words="Seen crying at the gate"))
    return share.send(hub, Sharing(CHILD, "priya", (report_id,), to, Purpose.SECTION_47))


def test_the_recipient_reads_it_in_its_own_form_and_the_answer_comes_back(there: Hub) -> None:
    fact = sent(there)
    assert [one.standing for one in share.listed(there, CHILD, "priya").shares] == [Standing.WAITING]
    (document,) = there.edge("police").collect(READER)
    entry = json.loads(document.raw)
    assert entry["form"] == "hexley-partner-information"
    assert "Seen crying at the gate" in {said["text"] for said in entry["fact"]}
    (receipt,) = there.work()
    assert receipt.outcome == "accepted"
    (one,) = share.listed(there, CHILD, "priya").shares
    assert (one.disclosure_id, one.standing, one.read_by) == (fact.disclosure_id, Standing.DELIVERED, None)
    assert there.edge("police").read(document.name, READER)
    assert not there.edge("police").read(document.name, "somebody_else")
    there.edge("police").collect(READER)
    (receipt,) = there.work()
    assert receipt.outcome == "accepted"
    (one,) = share.listed(there, CHILD, "priya").shares
    assert (one.disclosure_id, one.standing, one.read_by) == (fact.disclosure_id, Standing.READ, READER)


def test_it_is_kept_at_the_edge_and_collected_once(there: Hub) -> None:
    sent(there)
    edge = there.edge("police")
    first = edge.collect(READER)
    assert edge.collect(READER) == ()
    assert edge.inbox.documents() == first


def test_a_message_given_again_after_a_crash_is_neither_read_nor_answered_twice(there: Hub) -> None:
    sent(there)
    edge = there.edge("police")
    (arrived,) = there.bus.poll("somebody", (edge.agency.outbound_topic,), 10)
    edge.collect(READER)
    there.bus.send(arrived.topic, "again", arrived.message)
    assert edge.collect(READER) == ()
    assert [receipt.outcome for receipt in there.work()] == ["accepted"]


def test_what_is_not_the_hub_s_is_set_aside_and_holds_nothing_up(there: Hub) -> None:
    edge = there.edge("police")
    topic = edge.agency.outbound_topic
    sent(there)
    (arrived,) = there.bus.poll("somebody", (topic,), 10)
    there.bus.send(topic, "x", Sealed(arrived.message.headers, arrived.message.value[:-1] + b"\x00"))
    there.bus.send(there.edge("school").agency.outbound_topic, "x", arrived.message)
    assert len(edge.collect(READER)) == 1
    assert edge.inbox.aside() == ("seal_open",)
    assert there.edge("school").collect("designated_safeguarding_lead") == ()
    assert there.edge("school").inbox.aside() == ("seal_open",)


def test_the_bus_and_the_edge_s_own_file_hold_no_readable_word(there: Hub) -> None:
    sent(there)
    there.edge("police").collect(READER)
    home = there.settings.home
    for file in (*home.glob("bus.db*"), *(home / "edges" / "police").glob("inbox.db*")):
        assert b"Exemplar" not in file.read_bytes()
        assert b"crying" not in file.read_bytes()


def test_every_partner_makes_something_of_what_it_is_sent(there: Hub) -> None:
    (report_id,) = say(there, "social_care", a_concern())
    for name in ("police", "school", "nursery", "health"):
        fact = share.send(there, Sharing(CHILD, "priya", (report_id,), name, Purpose.SECTION_47, urgent=True))
        assert fact.effect == "permitted", name
        (document,) = there.edge(name).collect("designated_safeguarding_lead")
        assert json.loads(document.raw)
        assert "Exemplar" not in document.name
    assert {receipt.outcome for receipt in there.work()} == {"accepted"}


def test_the_log_names_the_recipient_and_no_word_of_it(there: Hub) -> None:
    fact = sent(there)
    there.edge("police").collect(READER)
    there.work()
    bodies = [body.body.decode() for body in there.bodies.from_index(0, 500)]
    (said,) = (body for body in bodies if str(fact.disclosure_id) in body and '"kind":"disclosure"' in body)
    assert fact.recipient in said
    assert "crying" not in "".join(bodies)
    (told,) = (body for body in bodies if '"kind":"acknowledged"' in body)
    assert '"delivered":{' in told
    assert '"read":{' not in told


def test_the_commands_share_and_list(there: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    (report_id,) = say(there, "social_care", a_concern())
    asked = Sharing(CHILD, "priya", (report_id,), "police", Purpose.SECTION_47)
    assert share.share(there.settings, asked, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["effect"] == "permitted"
    assert share.share(there.settings, asked, as_json=False) == 0
    assert "Sent to Hexley Police" in capsys.readouterr().out
    assert share.show(there.settings, CHILD, "priya", as_json=True) == 0
    assert [one["standing"] for one in json.loads(capsys.readouterr().out)["shares"]] == ["waiting", "waiting"]
    assert share.show(there.settings, CHILD, "priya", as_json=False) == 0
    assert "not yet delivered" in capsys.readouterr().out


def test_a_refused_share_exits_1_and_says_why(there: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    (report_id,) = say(there, "social_care", a_concern())
    early = Sharing(CHILD, "priya", (report_id,), "police", Purpose.SECTION_17)
    assert share.share(there.settings, early, as_json=False) == 1
    said = capsys.readouterr().out
    assert "Nothing was sent to Hexley Police" in said
    assert "held back" in said


def test_wrong_words_on_the_command_line_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["share", f"nhs:{ROBIN}", "--report", "nothing", "--to", "police", "--as", "priya", "--purpose", "s47"])
    assert wrong.value.code == 2
    assert "--report" in capsys.readouterr().err
