"""Is nothing sent twice to whom it went, when somebody decides again for those to whom it did not go?"""

from hub.web.decision_form import again

FIELDS = {
    **{"form_key": "k", "child": "nhs:9990000018", "why": "section47", "to-police": "1", "to-health": "1", "note": ""},
    **{"to-asked": "1", "asked": "police health school", "seen": "first"},
}


def test_whoever_was_sent_it_is_not_among_those_for_whom_it_is_decided_again() -> None:
    left = again(FIELDS, ("second",), {"police", "school"})
    assert left == {
        **{"child": "nhs:9990000018", "why": "section47", "to-health": "1", "to-asked": "1", "asked": "health"},
        "seen": "first second",
    }


def test_where_it_went_to_nobody_all_is_asked_again() -> None:
    assert again(FIELDS, (), set()) == {
        name: value for name, value in FIELDS.items() if name not in ("form_key", "note")
    }
