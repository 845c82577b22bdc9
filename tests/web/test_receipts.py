"""Does an answer that shows something carry a receipt, signed by the hub, that fits the log, and a refusal none?"""

import json
from base64 import b64decode

import pytest
from cryptography.exceptions import InvalidSignature
from httpx2 import Response

from hub.application.keep_outcome import MOST_RECEIPTS, receipt_text
from hub.commands import staff
from hub.web.outcomes import RECEIPT
from hub.wiring import Hub
from tests.support.pages import ASKING, send, signed_in


def receipts(answer: Response) -> list[tuple[int, str, str, bytes]]:
    """Position and decision of each receipt, what was signed, and the signature."""
    found = []
    for one in answer.headers[RECEIPT].split(", "):
        said, _, signature = one.rpartition(";")
        position, decision, _ = said.split(";")
        found.append((int(position), decision, said, b64decode(signature)))
    return found


def test_a_chronology_comes_with_a_receipt_that_the_log_bears_out(hub: Hub) -> None:
    answer = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    ((position, decision, said, signature),) = receipts(answer)
    hub.public_keys.signing.verify(signature, receipt_text(said))
    with pytest.raises(InvalidSignature):
        hub.public_keys.signing.verify(signature, receipt_text(said.replace(decision[:8], "00000000")))
    hub.follow()
    sealed = hub.bodies.at_position(position)
    assert sealed is not None
    body = json.loads(sealed.body)
    assert (body["row"], body["decision"]["id"], body["kind"]) == (position, decision, "consultation")


def test_each_page_of_the_record_of_access_has_one(hub: Hub) -> None:
    browser = signed_in(hub, staff.IG_OFFICER)
    for path in ("/audit", "/audit/looks", "/audit/sharing", "/api/audit/unexplained"):
        assert 1 <= len(receipts(browser.get(path))) <= MOST_RECEIPTS


def test_a_refusal_has_none_whether_the_child_is_known_or_not(hub: Hub) -> None:
    browser = signed_in(hub, staff.NURSERY_LEAD)
    known, absent = (
        send(browser, "/chronology", ASKING),
        send(browser, "/chronology", {**ASKING, "child": "9990001375"}),
    )
    assert (known.status_code, absent.status_code) == (403, 403)
    assert RECEIPT not in known.headers
    assert RECEIPT not in absent.headers


def test_what_needs_no_decision_has_none(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    assert RECEIPT not in browser.get("/about").headers
