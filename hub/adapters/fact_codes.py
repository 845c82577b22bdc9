"""The opaque code under which each kind of row stands in the store: a table of them tells its reader nothing."""

from contracts.event import Fact
from contracts.events import access, feed, keys, log, need, printing, quarantine, sharing, subject_report, telling
from contracts.events import hub as hub_facts

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
    hub_facts.SessionEnded: "k13",
    hub_facts.StaffLeft: "k14",
    sharing.DisclosureDecided: "k20",
    sharing.SharePrepared: "k21",
    sharing.ShareSent: "k22",
    sharing.AcknowledgementKept: "k23",
    feed.HeartbeatKept: "k30",
    telling.TellingStated: "k40",
    telling.TellingUndone: "k41",
    telling.FamilyAsked: "k42",
    quarantine.QuarantineAsked: "k50",
    quarantine.QuarantineReplayed: "k51",
    log.LogBegun: "k60",
    access.ReadDecided: "k70",
    access.OutcomesKept: "k71",
    access.BreakGlassAsked: "k72",
    access.AccessReviewed: "k73",
    access.StaffTied: "k74",
    access.SettingsStated: "k75",
    need.EnquiryOpened: "k76",
    need.EnquiryAssigned: "k77",
    need.EnquiryClosed: "k78",
    need.TeamChanged: "k79",
    subject_report.SubjectReportProposed: "k80",
    subject_report.SubjectReportReviewed: "k81",
    need.ConflictDeclared: "k82",
    need.ConflictWithdrawn: "k83",
    need.AlarmRaised: "k84",
    keys.KeysRotated: "k90",
    printing.PrintDecided: "k95",
}
FACTS = {code: fact for fact, code in CODES.items()}
