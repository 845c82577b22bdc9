"""Every use case that opens or decides about one child asks first how who acts stands to the child."""

import ast

from tests.support.source_tree import Source, planted, sources

ASKS = {"footing", "acting", "each_acting"}
OPENS = {"open_reports", "open_signed", "open_shielded", "sealed_part"}
DECIDES = {
    "decide_disclosure",
    "decide_shares_list",
    "decide_family",
    "decide_listing",
    "decide_refusal",
    "decide_chronology",
    "decide_meant",
    "decided_unread",
    "decide_print",
    "decide_emergency",
    "decide_opening",
    "decide_match",
    "InformationRequested",
    "InformationAnswered",
}
# Each with why it asks nothing itself.
BY_OTHERS = {
    "hub/application/open_shielded.py": "called only by use cases that are found here",
}


def called(source: Source) -> frozenset[str]:
    """The names of what the file calls."""
    calls = (node.func for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    names = (
        one.attr if isinstance(one, ast.Attribute) else one.id if isinstance(one, ast.Name) else "" for one in calls
    )
    return frozenset(names)


def asks_nothing(source: Source) -> bool:
    """Whether the file opens or decides about a child, and does not ask who is kept away."""
    names = called(source)
    return bool(names & (OPENS | DECIDES)) and not names & ASKS


def test_who_opens_or_decides_about_a_child_asks_who_is_kept_from_it() -> None:
    found = {one.path for one in sources("hub/application") if asks_nothing(one)}
    assert found == set(BY_OTHERS)


def test_each_use_case_by_which_something_moves_is_among_those_that_ask() -> None:
    asking = {one.stem for one in sources("hub/application") if called(one) & ASKS}
    assert asking >= {
        "read_chronology", "print_chronology", "break_glass", "lead_enquiry", "open_apart", "share_reports",
        "refuse_to_share", "state_telling", "list_telling_due", "list_questions", "list_shares", "answer_family",
        "report_to_subject", "ask_agencies", "answer_request", "move_report", "list_overdue_shares", "explain_decision",
        "review_access", "attach_reply", "open_request", "take_down_answer",
    }  # fmt: skip


def test_one_that_does_not_ask_would_be_found() -> None:
    assert asks_nothing(planted("decide_disclosure(asked, before)", "hub/application/planted.py"))
    assert asks_nothing(planted("store.open_reports(history, permit)", "hub/application/planted.py"))
    assert not asks_nothing(planted("acting(sharing, actor)\ndecide_disclosure(asked)", "hub/application/planted.py"))
