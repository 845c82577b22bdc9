"""What can go wrong for people, what the hub does about it, and the tests that fail when it stops doing so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk to people, the measure against it, the tests that answer for it, and what is left over."""

    risk: str
    measure: str
    tests: tuple[str, ...]
    left: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a kind of record is kept elsewhere, where that is said, and how sure we are."""

    record: str
    period: str
    source: str
    checked: str


RISKS: tuple[Risk, ...] = (
    Risk(
        "Somebody looks at a child without need",
        "No content opens without a decision that is durably kept first, with who, why and what; refusals are kept too",
        (
            "tests/spec/test_reading_chronologies.py",
            "tests/behaviour/test_event_store.py",
            "tests/architecture/test_where_content_opens.py",
        ),
        "Assigned cases and break-glass are not built; need is judged by role, purpose and the child's own history",
    ),
    Risk(
        "An entry about who looked is changed or removed",
        "A public-format log seals every row; a stranger can verify it without the hub",
        (
            "tests/faults/test_log_tampering.py",
            "tests/integration/test_log_outside_verifiers.py",
            "tests/integration/test_hub_and_witnesses.py",
        ),
        "Agencies' witnesses co-sign it once HUB_LOG_POLICY names them; until then, whoever holds every key and every "
        "copy could rewrite it",
    ),
    Risk(
        "Two people are taken for one",
        "Only exact identifiers link; a doubt is asked of people; a wrong link is undone, and who saw it is named",
        ("tests/spec/test_undoing_a_wrong_match.py", "tests/spec/test_receiving_reports.py"),
        "An agency's own wrong identifier still links; it is found by people",
    ),
    Risk(
        "A protected address or an informant is shown",
        "Classes of content are held back for each reader and recipient; one agency's mark shields what all stated",
        ("tests/spec/test_reading_chronologies.py", "tests/spec/test_law_sharing.py"),
        "An address written inside free text is not found",
    ),
    Risk(
        "Information moves without a lawful basis",
        "Every item, person and recipient is judged by a dated, cited rulebook; a bar beats any ground",
        (
            "tests/spec/test_law_decision_table.py",
            "tests/spec/test_law_holding.py",
            "tests/property/test_law_holds_everywhere.py",
        ),
        "No lawyer has approved the rules",
    ),
    Risk(
        "A child is harmed because information did not move",
        "A wrong label never delays a pressing share; a refusal needs reason and review; a myth is answered at once",
        (
            "tests/spec/test_law_refusing_to_share.py",
            "tests/spec/test_refusing_to_share.py",
            "tests/spec/test_law_myths.py",
        ),
        "A refusal made outside the hub is not seen",
    ),
    Risk(
        "A family is told when that is dangerous, or never told at all",
        "Telling is held for each person; a silence needs reason, approver and review, comes due and goes up",
        (
            "tests/spec/test_telling_due.py",
            "tests/unit/test_law_telling.py",
            "tests/behaviour/test_parents_must_not_find_out.py",
        ),
        "Who proves to be the parent or the child is judged by people, and a letter is sent outside the hub",
    ),
    Risk(
        "Old information is judged by new law, or the other way round",
        "Each decision names its pack; the law of its own day judges it",
        ("tests/unit/test_law_packs.py", "tests/spec/test_law_duty_to_share.py"),
        "Commencement of s16LA was not found and is a setting",
    ),
    Risk(
        "A message is forged, altered or read on the way",
        "Each is signed by its agency, sealed to the hub, and set aside with an alarm when it does not prove",
        ("tests/unit/test_envelope.py", "tests/unit/test_signature.py", "tests/spec/test_receiving_reports.py"),
        "Each party's keys are files on its own machine, and an agency's keys are not replaced by a command",
    ),
    Risk(
        "A message that the hub cannot take in is forgotten, or read by whoever looks after messages",
        "It is kept whole and encrypted; its sender is told a code; what was too new to read is tried again; a look at "
        "it shows codes alone and is on record",
        (
            "tests/spec/test_what_was_set_aside.py",
            "tests/spec/test_trying_again_what_was_set_aside.py",
            "tests/web/test_quarantine_pages.py",
        ),
        "Somebody has to look at the list; the hub waits for people to mend what a sender got wrong",
    ),
    Risk(
        "An agency falls silent, or cannot read its own files, and its silence is taken for nothing to say",
        "Each edge says that it is there, how far it counted and what it could not read; a chronology names each gap",
        (
            "tests/spec/test_silence_is_not_nothing.py",
            "tests/behaviour/test_heartbeats_over_the_bus.py",
            "tests/behaviour/test_what_is_said_to_an_edge.py",
        ),
        "What an agency never wrote down, or never put before its edge, is not known",
    ),
    Risk(
        "What was shared lies unread at the agency that was to act on it",
        "That a file was delivered and that somebody read it are said apart; what nobody read by its time is overdue",
        ("tests/spec/test_acknowledging_shares.py", "tests/spec/test_overdue_shares.py"),
        "The hub believes the agency that somebody in that role read it; whether anybody acted is not known",
    ),
    Risk(
        "Names or identifiers leak by logs, traces or measurements",
        "Logs hold codes and positions; what goes to a collector is on a list of what may be said, and nothing else",
        (
            "tests/unit/test_quiet_log.py",
            "tests/unit/test_telemetry.py",
            "tests/architecture/test_where_telemetry_speaks.py",
        ),
        "Times and counts of messages, by agency, are seen by whoever runs collector and broker",
    ),
    Risk(
        "The database is stolen, or its keeper swaps two children's records",
        "Each child has a key of its own; place, type and version are bound into every ciphertext",
        (
            "tests/faults/test_sealing_the_store.py",
            "tests/behaviour/test_store_swaps.py",
            "tests/integration/test_postgres_store.py",
        ),
        "On PostgreSQL the hub's role can add and read and never change; its owner still can, and is found out by the "
        "log. A key that is destroyed is gone when the last copy of it is",
    ),
    Risk(
        "Children are ranked or predicted",
        "No fact, view or page holds a number that ranks a child",
        ("tests/architecture/test_no_scores.py",),
        "A clinical questionnaire's own figure passes through as its agency stated it",
    ),
)

KEEPING: tuple[Keeping, ...] = (
    Keeping(
        "Looked-after child", "to the 75th birthday, or 15 years from death under 18", "SI 2010/959 reg 50", "secondary"
    ),
    Keeping("Adoption record", "100 years from the order", "adoption regulations", "secondary"),
    Keeping(
        "Child-protection file of a local authority",
        "no period in statute; 35 years, or to 75, seen",
        "local",
        "secondary",
    ),
    Keeping("Child in need", "no period in statute; to 18 plus some years, or to 25, seen", "local", "secondary"),
    Keeping(
        "School child-protection file", "to 25, then review; apart from the main file", "IRMS toolkit", "secondary"
    ),
    Keeping("NHS record of a child", "to the 25th birthday", "NHS Records Management Code", "secondary"),
    Keeping("Police record", "by review, not by a period", "Code of Practice on police records", "uncertain"),
    Keeping("Contact at the front door, no further action", "no national figure", "to be set locally", "uncertain"),
    Keeping("Policy document", "6 months after reliance on it ends", "DPA 2018 Sch 1 para 40", "verified"),
    Keeping("Log of who looked", "no figure; at least as long as the record it is about", "DPA 2018 s62", "uncertain"),
)
