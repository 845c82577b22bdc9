"""No scores about children: no fact, view or page of ours adds up a number that ranks a child."""

import re
from pathlib import Path

from contracts.catalogue import EVENTS
from hub.views.all_views import VIEWS
from tests.support.places import REPO

# The one score that may pass through is a clinical questionnaire's own, stated by its agency as an observation.
_STATED_BY_AN_AGENCY = {"wellbeing.scored"}
_SCORING = re.compile(r"\b(risk_score|score_of|scores?\s*=|rank(ed|ing)?_|severity\s*=|weighted)", re.IGNORECASE)


def test_no_fact_of_the_hubs_own_scores_anybody() -> None:
    named = {fact.TYPE for fact in EVENTS if "score" in fact.TYPE or "rank" in fact.TYPE}
    assert named == _STATED_BY_AN_AGENCY
    for fact in EVENTS:
        assert not any("score" in name or "rank" in name for name in fact.model_fields), fact.TYPE


def test_no_code_of_the_hub_or_the_law_computes_a_score() -> None:
    found = [
        f"{path.relative_to(REPO)}:{number}"
        for folder in ("hub", "consent")
        for path in sorted(Path(REPO / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _SCORING.search(line)
    ]
    assert found == []


def test_no_view_holds_a_number_about_a_child_but_its_place_in_the_store() -> None:
    assert {view.name for view in VIEWS} == {
        "accesses",
        "enquiries",
        "feeds",
        "looks",
        "moves",
        "openings",
        "quarantine",
        "questions",
        "received",
        "refusals",
        "requests",
        "retained",
        "shares",
        "subject_reports",
        "telling",
        "waiting_here",
    }
