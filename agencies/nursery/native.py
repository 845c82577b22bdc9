"""The nursery's concern table: its columns, in the order in which its notes system exports them (a made-up form)."""

from agencies.formats.concern_table import TableForm

FORM = TableForm(
    system="little-oaks-notes",
    columns=(
        ("concern_ref", "Concern Ref"),
        ("version", "Version"),
        ("noted_at", "Noted At"),
        ("recorded_at", "Recorded At"),
        ("nhs_number", "NHS Number"),
        ("given", "Child Forename"),
        ("family", "Child Surname"),
        ("born", "Child DOB"),
        ("sex", "Child Sex"),
        ("category", "Category"),
        ("seen", "What Was Seen"),
        ("words", "Child's Words"),
        ("view", "Key Worker's View"),
        ("action", "Action Taken"),
        ("not_referred", "Why Not Referred"),
        ("carer_given", "Carer Forename"),
        ("carer_family", "Carer Surname"),
        ("carer_born", "Carer DOB"),
        ("carer_relationship", "Carer Relationship"),
        ("carer_told", "Carer Told"),
        ("carer_told_on", "Carer Told On"),
        ("carer_told_by", "Carer Told By"),
        ("other_adult", "Other Adult Known As"),
    ),
    numbers=frozenset({"nhs_number", "concern_ref"}),
)
