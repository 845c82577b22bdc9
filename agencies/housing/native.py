"""The housing service's noise complaints: the columns of its table, in order (a made-up form)."""

from agencies.formats.concern_table import TableForm

FORM = TableForm(
    system="northborough-noise",
    columns=(
        ("complaint_ref", "Complaint Ref"),
        ("version", "Version"),
        ("received_at", "Received"),
        ("heard_from", "Heard From"),
        ("heard_to", "Heard To"),
        ("address", "Address"),
        ("postcode", "Postcode"),
        ("uprn", "UPRN"),
        ("heard", "What Was Heard"),
        ("confirmed", "Confirmed By Officer"),
        ("reporter_kind", "Reported By"),
        ("reporter_name", "Reporter Name"),
        ("tenant_given", "Tenant Forename"),
        ("tenant_family", "Tenant Surname"),
        ("tenant_born", "Tenant DOB"),
        ("tenant_is_carer", "Tenant Has Care"),
        ("other_adult", "Other Adult Known As"),
        ("child1_nhs", "Child 1 NHS Number"),
        ("child1_given", "Child 1 Forename"),
        ("child1_family", "Child 1 Surname"),
        ("child1_born", "Child 1 DOB"),
        ("child2_nhs", "Child 2 NHS Number"),
        ("child2_given", "Child 2 Forename"),
        ("child2_family", "Child 2 Surname"),
        ("child2_born", "Child 2 DOB"),
        ("action", "Action Taken"),
    ),
    numbers=frozenset({"child1_nhs", "child2_nhs", "uprn", "complaint_ref"}),
)
CHILDREN = ("child1", "child2")
