"""Thirty days of looks at invented children, made by a seeded generator: ordinary work, and misuse planted in it.

Shifts, an evening duty team, conference days on which one person reads many, calls that come before the report does,
records opened by a slip of the finger, and family names as common as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from contracts.vocabulary import Purpose, StaffRole
from hub.domain.explained import Known, Link, LinkKind, Look, Reader, Tie

BEGINS = datetime(2026, 9, 7, tzinfo=UTC)  # a Monday
DAYS, ORDINARY, CHILDREN = 30, 20_000, 3_000
CARE, POLICE, HEALTH = "urn:care", "urn:police", "urn:health"
SCHOOLS = tuple(f"urn:school-{number}" for number in range(12))
DECIDER, RESEARCHER, PRACTITIONER = StaffRole.MASH_DECISION_MAKER, StaffRole.MASH_RESEARCHER, StaffRole.PRACTITIONER


@dataclass(frozen=True, slots=True)
class Worker:
    """A member of staff; `evenings`: of the evening duty team."""

    reader: Reader
    agency: str
    role: StaffRole
    name: str
    evenings: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    """A child, the agency that reported, and whether work is open, was closed long ago, or a report is new."""

    person_id: UUID
    name: str
    agency: str
    state: str
    reported: datetime


@dataclass
class Month:
    """The month as it was made: looks, what happened about each child, ties, and which looks were planted as what."""

    random: Random
    looks: list[Look] = field(default_factory=list)
    links: dict[UUID, list[Link]] = field(default_factory=dict)
    ties: dict[tuple[Reader, UUID], set[Tie]] = field(default_factory=dict)
    planted: dict[UUID, str] = field(default_factory=dict)
    staff: list[Worker] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    def known(self) -> Known:
        """As the rules read it."""
        links = {person_id: tuple(each) for person_id, each in self.links.items()}
        return Known(tuple(self.looks), links, {pair: frozenset(ties) for pair, ties in self.ties.items()})

    def look(self, worker: Worker, child: Child, at: datetime, purpose: Purpose = Purpose.SECTION_17) -> UUID:
        """One look; a family name that both have ties them, as the index would say."""
        decision_id = UUID(int=self.random.getrandbits(128))
        self.looks.append(Look(decision_id, child.person_id, at, worker.reader, worker.agency, worker.role, purpose))
        if worker.name == child.name:
            self.tie(worker, child, Tie.NAME)
        return decision_id

    def tie(self, worker: Worker, child: Child, tie: Tie) -> None:
        """Tie a worker to a child."""
        self.ties.setdefault((worker.reader, child.person_id), set()).add(tie)

    def link(self, child: Child, kind: LinkKind, at: datetime, agency: str = "") -> None:
        """Something happened about a child."""
        self.links.setdefault(child.person_id, []).append(Link(child.person_id, kind, at, agency))


def a_month(seed: int) -> Month:
    """The month that a seed makes."""
    month = Month(Random(seed))
    _people(month)
    while len(month.looks) < ORDINARY:
        _ordinary(month)
    _plant(month)
    return month


def _people(month: Month) -> None:
    random = month.random
    names = [f"name{number}" for number in range(2_000)]
    weights = [1 / (number + 12) for number in range(2_000)]  # the commonest are about as common as Smith and Jones

    def name() -> str:
        return random.choices(names, weights)[0]

    roles = [(CARE, DECIDER, 24, False), (CARE, DECIDER, 5, True), (POLICE, RESEARCHER, 8, False)]
    roles += [(HEALTH, RESEARCHER, 6, False), *((school, PRACTITIONER, 4, False) for school in SCHOOLS)]
    for agency, role, count, evenings in roles:
        for number in range(count):
            subject = f"{agency}-{role.value}-{number}{'-evenings' if evenings else ''}"
            month.staff.append(Worker(("urn:test", subject), agency, role, name(), evenings))
    for _ in range(CHILDREN):
        state = random.choices(["new", "open", "closed"], [55, 35, 10])[0]
        agency = random.choice([POLICE, HEALTH, CARE, *SCHOOLS])
        ago = random.uniform(150, 700) if state == "closed" else random.uniform(-28, 12)
        reported = BEGINS - timedelta(days=ago)
        child = Child(UUID(int=random.getrandbits(128)), name(), agency, state, reported)
        month.children.append(child)
        month.link(child, LinkKind.REPORTED, reported, agency)
        if state != "new":
            month.link(child, LinkKind.OPENED, reported, CARE)
        if state == "closed":
            month.link(child, LinkKind.CLOSED, reported + timedelta(days=40), CARE)
        if random.random() < 0.01:
            month.link(child, LinkKind.RESTRICTED, reported, agency)


def _ordinary(month: Month) -> None:
    """One piece of ordinary work."""
    random = month.random
    kind = random.choices(["mash", "evening", "school", "sent", "conference", "slip"], [640, 50, 240, 40, 3, 0.4])[0]
    if kind == "school":
        _at_school(month)
    elif kind == "sent":
        worker = random.choice([one for one in month.staff if one.role is PRACTITIONER])
        child, at = random.choice(month.children), _working_hour(month)
        month.link(child, LinkKind.SENT, at - timedelta(days=random.uniform(0.1, 60)), worker.agency)
        month.look(worker, child, at)
    elif kind == "evening":
        _evening_duty(month)
    elif kind == "conference":
        worker, start = _decider(month), _working_hour(month, 9, 15, late=0)
        for child in _several(month, _is_open(start), random.randint(8, 15)):
            month.look(worker, child, start + timedelta(minutes=random.uniform(0, 70)), Purpose.SECTION_47)
    else:
        at = _working_hour(month)
        worker = random.choice([one for one in month.staff if one.role is not PRACTITIONER and not one.evenings])
        child = _any(month, _current(at))
        if kind == "slip":  # a wrong child first, the right one a moment later
            month.look(worker, random.choice(month.children), at - timedelta(minutes=1))
        month.look(worker, child, at, Purpose.SECTION_47 if child.state == "open" else Purpose.SECTION_17)


def _at_school(month: Month) -> None:
    random = month.random
    worker = random.choice([one for one in month.staff if one.role is PRACTITIONER])
    at = _working_hour(month, 8, 16)

    def is_recent(one: Child) -> bool:
        return one.agency == worker.agency and timedelta(0) < at - one.reported < timedelta(days=360)

    month.look(worker, _any(month, is_recent), at)


def _evening_duty(month: Month) -> None:
    random = month.random
    worker = random.choice([one for one in month.staff if one.evenings])
    day = BEGINS + timedelta(days=random.randrange(DAYS))
    start = day + timedelta(hours=random.uniform(17.5, 28))
    for child in _several(month, _current(start), random.randint(1, 7)):
        month.look(worker, child, start + timedelta(minutes=random.uniform(0, 100)), Purpose.EMERGENCY)


def _working_hour(month: Month, first: float = 8.5, last: float = 18, late: float = 0.02) -> datetime:
    """A time on a working day; now and then somebody stays late, for one or two."""
    random = month.random
    while (day := BEGINS + timedelta(days=random.randrange(DAYS))).weekday() > 4:
        continue
    stays = random.random() < late
    return day + timedelta(hours=random.uniform(18, 20.5) if stays else random.uniform(first, last) - 1)


def _any(month: Month, fits: Callable[[Child], bool]) -> Child:
    while not fits(child := month.random.choice(month.children)):
        continue
    return child


def _several(month: Month, fits: Callable[[Child], bool], count: int) -> list[Child]:
    found: dict[UUID, Child] = {}
    while len(found) < count:
        child = _any(month, fits)
        found[child.person_id] = child
    return list(found.values())


def _current(at: datetime) -> Callable[[Child], bool]:
    """Children about whom there is work: something open, or something said of late; sometimes the call comes first."""

    def fits(one: Child) -> bool:
        is_new = one.state == "new" and timedelta(days=-0.5) < at - one.reported < timedelta(days=12)
        return is_new or (one.state == "open" and one.reported < at)

    return fits


def _is_open(at: datetime) -> Callable[[Child], bool]:
    return lambda one: one.state == "open" and one.reported < at


def _decider(month: Month) -> Worker:
    return month.random.choice([one for one in month.staff if one.role is DECIDER and not one.evenings])


def _plant(month: Month) -> None:
    """Misuse of every kind, several of each, among the ordinary work."""
    for _ in range(3):
        _plant_ties(month)
        _plant_states(month)
    for _ in range(2):
        _plant_runs(month)


def _plant_ties(month: Month) -> None:
    for kind, tie in (
        ("tied_child", Tie.CHILD),
        ("declared_conflict", Tie.CONFLICT),
        ("same_address", Tie.ADDRESS),
    ):
        at = _working_hour(month)
        worker, child = _decider(month), _any(month, _current(at))  # though there is work about the child
        month.tie(worker, child, tie)
        month.planted[month.look(worker, child, at)] = kind
    for kind, tie in (("family_name", Tie.NAME), ("colleague", Tie.COLLEAGUE)):
        worker, child, at = _decider(month), _quiet(month), _working_hour(month)
        month.tie(worker, child, tie)
        month.planted[month.look(worker, child, at)] = kind


def _plant_states(month: Month) -> None:
    child = _quiet(month)
    month.link(child, LinkKind.RESTRICTED, child.reported, child.agency)
    month.planted[month.look(_decider(month), child, _working_hour(month))] = "restricted"
    month.planted[month.look(_decider(month), _quiet(month), _working_hour(month))] = "closed_case"
    enquiry = month.look(_decider(month), _quiet(month), _working_hour(month), Purpose.SECTION_47)
    month.planted[enquiry] = "no_open_enquiry"
    month.planted[month.look(_decider(month), _quiet(month), _working_hour(month))] = "no_link"


def _plant_runs(month: Month) -> None:
    random = month.random
    worker, day = _decider(month), BEGINS + timedelta(days=random.randrange(DAYS - 1))
    start = day + timedelta(hours=random.uniform(20, 22))
    for child in _several(month, _current(start), random.randint(6, 9)):
        month.planted[month.look(worker, child, start + timedelta(minutes=random.uniform(0, 80)))] = "evening_run"
    worker, start = _decider(month), _working_hour(month, 9, 15, late=0)
    for child in _several(month, _current(start), 25):
        month.planted[month.look(worker, child, start + timedelta(minutes=random.uniform(0, 50)))] = "many_in_an_hour"


def _quiet(month: Month) -> Child:
    """A child about whom there is no work."""
    return _any(month, lambda one: one.state == "closed")
