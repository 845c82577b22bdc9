"""`hub demo`: several agencies each know a little; together they know enough. Everybody in it is invented."""

import shlex
import shutil
import tempfile
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from agencies import registry as partners
from agencies.agency import Result
from audit.verify import verify_folder
from contracts.events.hub import StaffEnrolled
from contracts.vocabulary import Purpose
from hub.application.ports import Stream
from hub.commands import chronology, demo_witnesses, invented_desk, send, serve, staff
from hub.commands.audit_log import check
from hub.commands.demo_story import ROBIN, STORY, StoryClock, StoryHub, Told
from hub.commands.one_line import one_line
from hub.domain import registry, words
from hub.domain.chronology import Chronology, Entry
from hub.domain.compartments import HANDLING_NOTE
from hub.domain.errors import AccessRefused
from hub.settings import BadSetting, Settings
from hub.wiring import Hub, titles

SAMPLES = ("police", "health", "education", "social-care")
AGENCY_OF = {"police": "police", "health": "health", "education": "school", "social-care": "social_care"}
EVERYBODY = (*staff.MEMBERS, staff.SECOND_DECISION_MAKER)  # what takes two people can be tried
OTHERS = (
    "{home} holds a hub that the demonstration did not begin: invented people are enrolled in no such place. Play "
    "it in a folder of its own: HUB_HOME=$HOME/hub-demo hub demo"
)
_WIDTH = 110
_TELLING = ("what_happened", "explanation_given", "appointment", "reason", "register")


def run(settings: Settings, *, once: bool) -> int:
    """0 when the story was told and every check came out as it should; 1 otherwise.

    Raises BadSetting at a partnership's hub, and at any that the demonstration did not begin: its registry is no place
    for invented staff.
    """
    _tell(f"A hub for the demonstration, in {settings.home}, with {len(EVERYBODY)} invented members of staff ...")
    hub = enrolled(settings)
    play(hub)
    if once:
        told = tell(hub)
        print("To look at it in a browser: `hub serve`, and sign in as one of these invented people:")
        for line in people(hub):
            print(line)
        return told
    for line in invitation(hub):
        print(line)
    serve.serve(hub)
    return 0


def enrolled(settings: Settings, clock: StoryClock | None = None) -> StoryHub:
    """The hub, its invented staff enrolled; with an invented duty desk where none is set. Raises as `run`.

    A hub that held something before is told that number for as long as this process lasts, and no longer.
    """
    send.refuse_on_kafka(settings)
    hub = StoryHub(invented_desk.given(settings), clock)
    if not _may_enrol(hub):
        raise BadSetting(OTHERS.format(home=settings.home))
    if hub.is_new and settings.duty_number is None:
        invented_desk.keep(settings)
    staff.enrol(hub, EVERYBODY)
    return hub


def _may_enrol(hub: Hub) -> bool:
    """Whether invented staff have a place here: nobody is enrolled yet, or the demonstration's people were first."""
    facts = hub.store.read_stream(Stream.registry())
    first = next((fact for fact in facts if isinstance(fact, StaffEnrolled)), None)
    if first is None:
        return not registry.agencies(facts)
    return first.actor.issuer == staff.ISSUER


def play(hub: StoryHub) -> None:
    """Send the story's messages, in each agency's own form, and the public sample files where they are at hand."""
    samples = [(agency, list(paths)) for agency, paths in groupby(sample_files(), lambda one: one[0])]
    count = len(STORY) + sum(len(paths) for _, paths in samples)
    items: list[send.Item] = []
    _tell(_what_is_played(hub, count))
    _tell(_year_of(STORY[0]))
    for place, (told, found) in enumerate(hub.receive_story(), start=1):
        items += found
        if place < len(STORY) and STORY[place].received.year != told.received.year:
            _tell(_year_of(STORY[place]))
    for agency, paths in samples:
        _tell(f"  public samples, {titles()[partners.by_name(agency).source]}: {_files(len(paths))} ...")
        items += send.send(hub, agency, [path for _, path in paths])
    said = ", ".join(f"{send.count(tuple(items), result)} {result.value}" for result in Result)
    agencies = len({*(one.agency for one in STORY), *(agency for agency, _ in samples)})
    facts = sum(len(item.events) for item in items)
    print(f"{count} files from {agencies} agencies, {len(items)} records: {said}; {facts} signed facts")


def _what_is_played(hub: StoryHub, count: int) -> str:
    """What happens next, and for how long: said before it begins."""
    if not hub.is_new:
        return (
            f"Sending {count} files again, which may take a minute: what this hub has, it knows and never keeps twice."
        )
    first, last = (f"{one.received:%B %Y}" for one in (STORY[0], STORY[-1]))
    return (
        f"Playing {count} files. Those of the story, {first} to {last}, are received each on its own day,\n"
        "by a clock of the demonstration; all else is received today."
    )


def _year_of(first: Told) -> str:
    year = first.received.year
    return f"  {year}: {_files(sum(one.received.year == year for one in STORY))} ..."


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def sample_files() -> Iterator[tuple[str, Path]]:
    """The public sample files, when the folder `shared/samples` lies beside the source tree."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "samples"
    for sector in SAMPLES:
        for path in sorted((folder / sector).rglob("*")):
            if path.is_file():
                yield AGENCY_OF[sector], path


def tell(hub: Hub) -> int:
    """0 when the decision-maker could read, the stranger could not, and the verifier found the flipped byte."""
    reads = chronology.read(hub, chronology.Asking(ROBIN, staff.DECISION_MAKER.subject, Purpose.SECTION_47))
    for line in table(reads):
        print(one_line(line))
    refused = _is_refused(hub)
    print(f"Sam, who works at a school that does not know Robin, asks: {'refused, on record' if refused else 'SHOWN'}.")
    found = check(hub)
    print(f"Log: {found.log.size} entries verified; store: {found.rows} rows fit their entries: {_yes(found.ok)}.")
    witnessed, both = demo_witnesses.show(hub)
    print(f"Log: {witnessed}")
    named = flip_one_byte(hub)
    print(f"One byte flipped in a copy of the log. The verifier says: {named or 'NOTHING'}")
    return 0 if refused and found.ok and both and named else 1


def table(shown: Chronology) -> Iterator[str]:
    """The chronology: when and who, what was stated, and in words on what basis and who was told."""
    called = titles()
    yield ""
    yield f"{' / '.join(shown.names)}, as the MASH decision-maker sees it (on record as no. {shown.position}):"
    for entry in shown.entries:
        yield ""
        yield f"  {words.when(entry.happened)}, {called[entry.source]}: {entry.title}"
        for line in (one for one in entry.facts if one.field == HANDLING_NOTE):
            yield from _wrapped(f"HOW TO HANDLE THIS: {line.text}")
        yield from _wrapped(_gist(entry))
        yield from _wrapped(_standing(entry))
    yield ""


def flip_one_byte(hub: Hub) -> str:
    """What the verifier says of a copy of the log in which one byte of one entry was changed; empty if nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "log"
        shutil.copytree(hub.log_folder, copy)
        bundles = [path for path in (copy / "tile" / "entries").rglob("*") if path.is_file()]
        target = max(bundles, key=lambda path: path.stat().st_size)
        changed = bytearray(target.read_bytes())
        changed[len(changed) // 2] ^= 1
        target.write_bytes(bytes(changed))
        report = verify_folder(copy, vkey=hub.log_key)
        return next((f"{finding.where}: {finding.what}" for finding in report.findings), "")


def invitation(hub: Hub) -> Iterator[str]:
    """Where to go and whom to sign in as."""
    yield f"Open {serve.place(hub.settings)} and sign in as one of these invented people:"
    yield from people(hub)
    yield "Then look for nhs:9990001006 (Robin), as Priya for s47, as Sam, and as Ivy to see who looked."
    yield "One report has Robin's number, with another first name and date of birth: Priya says whose it is."
    yield "If she says that it is Robin, it takes two people, and Noor agrees. Any other answer is hers alone."
    yield "What is held apart opens once another terminal, in the same environment, runs what holds its keys:"
    yield f"  export HUB_HOME={shlex.quote(str(hub.settings.home.resolve()))}"
    yield "  hub keys --public > hub-keys.json && HUB_PUBLIC_KEYS=hub-keys.json hub compartments serve"
    yield "Where that takes two people, Priya asks, and Noor or Ivy agrees."
    yield "Stop with Ctrl-C."


def people(hub: Hub) -> Iterator[str]:
    """Each invented person: sign-in name, pass phrase on this machine, name and what they are there for."""
    for member in EVERYBODY:
        yield f"  {member.subject:6} {staff.phrase(hub, member)}  {member.name}: {member.role.meaning}"


def _wrapped(said: str) -> list[str]:
    return textwrap.wrap(said, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def _standing(entry: Entry) -> str:
    """On what basis it came, and whether each person was told, in words."""
    basis = words.basis(entry.bases[0]) if entry.bases else "No basis stated"
    told = "; ".join(dict.fromkeys(one.state.meaning for one in entry.telling)) or "Telling not stated"
    return f"({basis}. {told}.)"


def _gist(entry: Entry) -> str:
    """The child's words if there are any, else what happened, else the first thing stated."""
    lines = tuple(line for line in (*entry.facts, *entry.views) if line.field != HANDLING_NOTE)
    telling = [line.text for line in lines if line.field in _TELLING]
    said = next((f"The child said: {line.text}" for line in entry.child_words), "")
    return said or next(iter([*telling, *(line.text for line in lines)]), "Not recorded")


def _is_refused(hub: Hub) -> bool:
    try:
        chronology.read(hub, chronology.Asking(ROBIN, staff.UNRELATED.subject, Purpose.SECTION_47))
    except AccessRefused:
        return True
    return False


def _yes(answer: bool) -> str:
    return "yes" if answer else "NO"


def _tell(line: str) -> None:
    """At once, wherever it is read: what comes next may take a minute."""
    print(line, flush=True)
