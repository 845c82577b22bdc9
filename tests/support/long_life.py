"""An invented child's three years as seven agencies tell them, each thing received on its own day; and a busy life."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from contracts.agreement import Agreement
from contracts.events.health import AppointmentMissed, EmergencyAttendance
from contracts.events.police import DomesticAbuseNotified
from contracts.events.school import SchoolEnrolled, SchoolLeft
from contracts.events.shared import ConcernRaised, InvolvementStated
from contracts.events.social_care import (
    ChildInNeedPlanEnded,
    ChildInNeedPlanStarted,
    EarlyHelpEnded,
    EarlyHelpStarted,
    Section47Started,
)
from contracts.identifiers import Scheme, identifier
from contracts.report import Handling, Name, Person, Place, Provenance, Record, Report, Statement, Told
from contracts.vocabulary import AgencyKind, NeedLevel, PersonRole, Purpose, StatementKind, Telling
from contracts.when import on_day
from hub.application.enrol import enrol_staff
from hub.application.ports import Stream
from hub.domain import registry
from hub.domain.feed import Feed, Partner
from hub.web.parts import Parts
from hub.wiring import Hub
from tests.support.given import ROBIN, StoppedClock, a_sound_basis
from tests.support.life_log import with_its_log
from tests.support.pages import parts_of
from tests.support.small_hub import Sender, SmallHub, a_sender

TODAY = datetime(2026, 11, 20, 14, 15, tzinfo=UTC)
TITLES = {
    "care": "Northborough Children's Social Care",
    "police": "Hexley Police",
    "health": "Fenwold Hospitals",
    "school": "Larkfield Primary School",
    "housing": "Northborough Housing",
    "help": "Family Help",
    "probation": "Northborough Probation",
}
KINDS = {"police": AgencyKind.POLICE, "health": AgencyKind.NHS, "school": AgencyKind.MAINTAINED_SCHOOL}
HARM, SERIOUS, SOME, LITTLE = NeedLevel.SIGNIFICANT_HARM, NeedLevel.CHILD_IN_NEED, NeedLevel.EARLY_HELP, None
CHILD = Person(
    ref="child",
    role=PersonRole.CHILD,
    identifiers=(identifier(Scheme.NHS_NUMBER, ROBIN),),
    names=(Name(family="Exemplar", given="Robin"),),
    birth_date=on_day(date(2019, 3, 14)),
    address=Place(text="14 Tarn Court"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that an agency states: when it happened and, if later, when it was sent."""

    agency: str
    day: date
    what: str = ""
    kind: type[Report] = ConcernRaised
    need: NeedLevel | None = None
    seen: str = ""
    voice: str = ""
    first_hand: bool = False  # whether it is stated that the child said the words
    view: str = ""
    sent: date | None = None
    extra: tuple[tuple[str, str], ...] = ()
    telling: Telling = Telling.TOLD_AT


def report(number: int, told: Said) -> Report:
    """The report of it."""
    fact, names = StatementKind.FACT_RECORDED, {rule.name for rule in told.kind.FIELDS}
    said = [
        ("what_happened", StatementKind.OBSERVATION if told.kind is ConcernRaised else fact, told.what),
        ("professional_view", StatementKind.PROFESSIONAL_OPINION, told.view),
        ("child_seen", fact, told.seen),
        ("child_words", StatementKind.CHILD_VOICE, told.voice),
        *((name, fact, text) for name, text in told.extra),
    ]
    return told.kind(
        record=Record(system="made-up", record_id=f"R-{number}"),
        happened=on_day(told.day),
        recorded=on_day(told.day),
        about="child",
        people=(CHILD,),
        statements=tuple(
            Statement(
                field=name, kind=kind, value=text, about="child",
                said_by="child" if told.first_hand and name == "child_words" else None,
            ) for name, kind, text in said
            if text and name in names
        ),
        handling=Handling(purpose=Purpose.SECTION_47, need=told.need),
        bases=(a_sound_basis(),),
        telling=(Told(person="child", state=told.telling),),
        provenance=Provenance(native_sha256="0" * 64, adapter="made-up", adapter_version="1"),
    )  # fmt: skip


def life() -> tuple[Said, ...]:
    """The three years."""
    return (*_until_2025(), *_since_2025())


def _until_2025() -> tuple[Said, ...]:
    return (
        Said("school", date(2023, 12, 6), "Settled well into Reception.", seen="Yes", voice="“I like the sand tray.”",
              need=NeedLevel.UNIVERSAL),
        Said("school", date(2023, 9, 4), kind=SchoolEnrolled, extra=(("school", "Larkfield Primary School"),),
              sent=date(2023, 12, 1)),
        Said("police", date(2024, 1, 17), "Argument at the address; neighbours called.", need=SOME),
        Said("school", date(2024, 3, 8), "Late nine times in six weeks.", need=SOME, seen="seen alone",
              voice="“Mummy was sleeping so I watched telly.”"),
        Said("help", date(2024, 3, 28), kind=EarlyHelpStarted, extra=(("organisation", "Family Help"),)),
        Said("health", date(2024, 5, 2), kind=AppointmentMissed, extra=(("appointment", "Dental"),)),
        Said("police", date(2024, 5, 22), "Mother assaulted; the child was upstairs and seen.", seen="Yes",
              kind=DomesticAbuseNotified, need=SERIOUS, view="High risk, third call in a year.",
              telling=Telling.NOT_TOLD_SAFETY),
        Said("care", date(2024, 6, 7), "Seen alone at school; talked about shouting.", seen="seen alone",
              voice="“I hide under my bed when they shout. I put my hands on my ears.”", need=SERIOUS,
              view="Frightened of what may happen at home."),
        Said("care", date(2024, 6, 24), kind=ChildInNeedPlanStarted),
        Said("school", date(2024, 9, 19), "Attendance 88% at the start of Year 1.", seen="Yes", need=SOME),
        Said("school", date(2024, 12, 10), "Attendance 95%; reading better.", seen="seen alone", view="A good term.",
              voice="“I read to Nan. She liked the dragon one.”", extra=(("category", "Strength or progress"),)),
    )  # fmt: skip


def _since_2025() -> tuple[Said, ...]:
    return (
        Said("care", date(2025, 2, 3), kind=ChildInNeedPlanEnded),
        Said("help", date(2025, 2, 20), kind=EarlyHelpEnded),
        Said("school", date(2025, 5, 7), "Sports day; both children there.", seen="Yes",
              extra=(("category", "Strength or progress"),)),
        Said("housing", date(2025, 7, 4), "Neighbours heard shouting and a child crying.", need=SOME,
              sent=date(2026, 10, 12)),
        Said("school", date(2025, 10, 2), "Bruise on upper arm, two centimetres.", seen="seen alone", need=SERIOUS,
              voice="“It was the door.”", view="Explanation does not fit the height of the handle."),
        Said("health", date(2025, 11, 18), "Brought to the emergency department; cut on the chin.", need=SOME,
              kind=EmergencyAttendance, seen="Yes", extra=(("site", "Fenwold General"),)),
        Said("police", date(2026, 1, 20), "Information about an adult who lives at the address.", need=SERIOUS,
              sent=date(2026, 11, 20)),
        Said("school", date(2026, 2, 12), "Often looks after the younger one in the morning.", seen="seen alone",
              need=SERIOUS, voice="“I am the one who makes Rowan’s breakfast. I can do the microwave.”"),
        Said("health", date(2026, 3, 9), "Four teeth removed under general anaesthetic.", need=SERIOUS, seen="Yes"),
        Said("housing", date(2026, 3, 23), "Repair visit: no heating, mould in the bedroom.", need=SOME,
              sent=date(2026, 10, 12)),
        Said("school", date(2026, 6, 24), kind=SchoolLeft, extra=(("destination", "To be educated at home"),)),
        Said("school", date(2026, 6, 24), "Last day in school, asked to stay.", seen="seen alone", need=SERIOUS,
              voice="“I don’t want to stop school.”"),
        Said("school", date(2026, 10, 5), "Home education visit refused.", need=SOME),
        Said("care", date(2026, 10, 14), kind=InvolvementStated,
              extra=(("service", "Assessment team"), ("contact", "01632 960 114"), ("status", "Open"))),
        Said("police", date(2026, 11, 19), "Called by the mother; the child had a burn to the forearm.", seen="Yes",
              kind=DomesticAbuseNotified, need=HARM, voice="“It was an accident. Don’t tell Kyle I said it hurt.”",
              view="High risk.", telling=Telling.NOT_TOLD_SAFETY),
        Said("health", date(2026, 11, 20), "Admitted with a burn to the forearm; two older round marks.", need=HARM,
              kind=EmergencyAttendance, seen="seen alone", view="Older marks need the named doctor’s opinion.",
              voice="“Can I stay here? It’s warm.”"),
        Said("care", date(2026, 11, 20), "Strategy meeting set for today.", kind=Section47Started, need=HARM),
    )  # fmt: skip


def a_house(folder: Path, tellings: tuple[Said, ...], today: datetime = TODAY) -> SmallHub:
    """A hub that received each telling on its day; all agencies but probation are connected."""
    clock = StoppedClock(today)
    hub = SmallHub(folder, clock)
    senders = {
        name: of_old(name, KINDS.get(name, AgencyKind.LOCAL_AUTHORITY)) for name in TITLES if name != "probation"
    }
    hub.senders = tuple(senders.values())
    in_order = sorted(enumerate(tellings), key=lambda pair: pair[1].sent or pair[1].day)
    for number, told in in_order:
        add(hub, senders[told.agency], number, told)
    clock.at = today
    return hub


class OldPartner(Sender):
    """A partner whose agreement began before the story."""

    def agreement(self) -> Agreement:
        """The same, since 2020."""
        return super().agreement().model_copy(update={"starts": date(2020, 1, 1)})


def of_old(name: str, kind: AgencyKind) -> OldPartner:
    """A partner of many years."""
    new = a_sender(name, kind)
    return OldPartner(new.name, new.kind, new.signing, new.seal)


def add(hub: SmallHub, sender: Sender, number: int, told: Said) -> None:
    """One telling received, at eleven in the morning of its day."""
    day = told.sent or told.day
    hub.clock.at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    hub.receive(report(number, told), sender)


def busy(entries: int) -> tuple[Said, ...]:
    """Many entries: the same three years, with more of every kind between, by rule and not by chance."""
    agencies, needs = (
        ("school", "health", "police", "care", "housing"),
        (LITTLE, SOME, SOME, SERIOUS, SOME, HARM),
    )
    extra = (
        Said(
            agencies[number * 7 % 5],
            date(2023, 12, 1) + timedelta(days=(number * 53 + number * number * 11) % 1080),
            f"Entry {number}: " + " ".join(_WORDS[(number * 31 + place * 17) % len(_WORDS)] for place in range(24)),
            need=needs[number * 5 % 6],
            seen="Yes" if number % 4 == 0 else "",
            voice=f"“{' '.join(_WORDS[(number * 13 + place * 7) % len(_WORDS)] for place in range(8))}”"
            if number % 6 == 0
            else "",
            view="Watchful in class; plays alone." if number % 3 == 0 else "",
        )
        for number in range(entries - len(life()))
    )
    return (*life(), *extra)


_WORDS = (
    *("came", "late", "tired", "hungry", "quiet", "crying", "alone", "mother", "called", "visit", "refused", "door"),
    *("school", "nurse", "teacher", "bruise", "arm", "said", "again", "Monday", "morning", "coat", "thin", "cold"),
    *(
        "talked",
        "drawing",
        "friend",
        "asked",
        "stay",
        "home",
        "phone",
        "message",
        "left",
        "neighbour",
        "heard",
        "shouting",
    ),
)


def parts_over(house: Hub, small: SmallHub) -> Parts:
    """The pages of a house, over the small hub's child; staff and sessions stay the house's own."""
    ours = {f"urn:childhub:agency:{name}": title for name, title in TITLES.items()}
    whole = parts_of(house)
    known = registry.staff(small.store.read_stream(Stream.registry()))
    for subject, one in registry.staff(house.store.read_stream(Stream.registry())).items():
        if subject not in known:
            enrol_staff(small.store, small.clock, one.actor, one.name, one.pass_hash)
    partners = (
        *(Partner(sender.source, True, Feed(small.clock.now())) for sender in small.senders),
        Partner("urn:childhub:agency:probation", False),
    )
    pages = replace(
        whole,
        store=small.store,
        index=small.index,
        clock=small.clock,
        late=lambda: (),
        titles={**whole.titles, **ours},
        reading=lambda: replace(small.reading(), partners=partners),
        sharing=lambda: replace(house.sharing(), store=small.store, index=small.index, clock=small.clock),
    )
    return with_its_log(pages, small)
