"""The opaque code under which each kind of row stands in the store: a table of them tells its reader nothing."""

from contracts.event import Fact
from contracts.events import hub as hub_facts
from contracts.events import sharing

REPORT = "k01"
CODES: dict[type[Fact], str] = {
    hub_facts.ReportLinked: "k02",
    hub_facts.ReportUnlinked: "k03",
    hub_facts.IdentityQuestioned: "k04",
    hub_facts.ReportQuarantined: "k05",
    hub_facts.ReceiptIssued: "k06",
    hub_facts.AccessDecided: "k07",
    hub_facts.SearchMade: "k08",
    hub_facts.SessionOpened: "k09",
    hub_facts.StaffEnrolled: "k10",
    hub_facts.AgencyEnrolled: "k11",
    sharing.SharingRefused: "k12",
    sharing.DisclosureDecided: "k20",
    sharing.SharePrepared: "k21",
    sharing.ShareSent: "k22",
    sharing.AcknowledgementKept: "k23",
}
FACTS = {code: fact for fact, code in CODES.items()}
