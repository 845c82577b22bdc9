"""The compartments of a record: a closed set on the wire, each with keys of its own."""

from contracts.described import Described


class Compartment(Described):
    """Parts of a record that lie under keys of their own, so that whoever opens one opens no other."""

    STANDARD = "standard", "What a decision to show the chronology opens"
    REFUGE = "refuge", "Where a protected person is: addresses, places, telephone numbers"
    SOURCE = "source", "Who told an agency and must not be known to have: an informant, an anonymous referrer"
    MARAC = "marac", "Whether an adult victim was referred to, or heard at, a conference on high-risk domestic abuse"
    ADOPTION = "adoption", "Adoption, or a change of identity: the steps, the people, and where they live"
    STAFF_SUBJECT = "staff_subject", "What is stated of somebody who works here, or is close to somebody who does"
    RESTRICTED = "restricted", "What other law holds back: court papers, protected gender, intelligence, privilege"
