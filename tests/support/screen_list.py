"""Every picture of a page that is kept: its name, the address of its page, whose page it is and what it shows."""

from dataclasses import dataclass
from pathlib import Path

from hub.web.page import Page

OPEN, DECIDER, RESEARCHER, WORKER, OFFICER = (
    "Open to all", "MASH decision-maker", "MASH researcher", "Practitioner", "Information-governance officer"
)  # fmt: skip
TOUR = ("chronology", "worklist", "decision", "chronology-known-on", "entry", "who-looked")
MOST_BYTES = 2_800_000
# Addresses that show no page of their own, each with its reason.
NO_PICTURE = {
    "/sign-out": "leads to signing in",
    "/sign-in/with/{rest:path}": "leads to the issuer",
    "/sign-in/return/{rest:path}": "leads to the first page",
    "/sign-in/ended/{rest:path}": "an issuer's own call",
    **dict.fromkeys(("/time-left", "/stay"), "answer how long is left"),
    "/print/make": "answers with the document",
    "/entry/proof": "answers with the file",
    "/audit/review": "leads back to the list",
    "/shares/take-back": "answers with the page of /shares",
    "/erasures/lift": "leads back to the list",
    **dict.fromkeys(("/erasures/ask", "/erasures/agree"), "answer with the page of /erasures/look"),
    "/health": "for machines",
    "/healthz": "for machines",
    "/readyz": "for machines",
    "/static/{rest:path}": "files",
    "/log/{rest:path}": "files",
}
FOR_MACHINES = ("/api/", "/machine/")


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture of the page at `path`."""

    name: str
    path: str
    whose: str
    says: str


SCREENS = (
    Screen("sign-in", "/sign-in", OPEN, "who may use the hub, and that each use is on record"),
    Screen("locked", "/sign-in", OPEN, "after 15 minutes without use: who was here, and that what they typed is kept"),
    Screen("about", "/about", OPEN, "what the hub is"),
    Screen("help", "/help", OPEN, "what to do where somebody is stuck"),
    Screen("problem", "/problem", OPEN, "how to report a problem"),
    Screen("when-down", "/when-down", OPEN, "what to do when the hub is down"),
    Screen("accessibility", "/accessibility", OPEN, "how far everybody can use the pages"),
    Screen("privacy", "/privacy", OPEN, "what the hub keeps of those who use it"),
    Screen("worklist", "/", DECIDER, "what needs somebody now, and how much waits on each list"),
    Screen("enquiries", "/enquiries/{rest:path}", DECIDER, "the open enquiries: time left, replies, what comes next"),
    Screen("rating", "/rating", DECIDER, "how pressing an enquiry is, in the words of the area"),
    Screen("rated", "/rating/keep", DECIDER, "what the enquiry is rated now"),
    Screen("chronology", "/chronology", DECIDER, "one child's three years on one screen"),
    Screen("chronology-known-on", "/chronology", DECIDER, "the same as it was known on an earlier day"),
    Screen("entry", "/entry", DECIDER, "one entry: its words, its people, where it went, its proof"),
    Screen("decision", "/decide", DECIDER, "a sharing decision: four questions, nothing chosen beforehand"),
    Screen("decided", "/decide/keep", DECIDER, "what the law answered, and what went to whom"),
    Screen("ask", "/ask", DECIDER, "asking agencies: whom, what, by when"),
    Screen("asked", "/ask/keep", DECIDER, "who was asked, with a number for the record"),
    Screen("find-by-words", "/find", DECIDER, "finding a child whose number nobody knows"),
    Screen("reason", "/reason", DECIDER, "why this record is needed"),
    Screen("shares", "/shares", DECIDER, "what was shared about a child, with whom, and who has read it"),
    Screen("unread", "/unread", DECIDER, "what was sent and nobody has read"),
    Screen("telling", "/telling", DECIDER, "who in a family is still to be told"),
    Screen("telling-part", "/telling/{rest:path}", DECIDER, "the same list, a part of it, one child opened"),
    Screen("told", "/told", DECIDER, "stating that somebody was told, or why not yet"),
    Screen("told-kept", "/told/keep", DECIDER, "what the law says to that"),
    Screen("reply", "/reply", DECIDER, "writing down what somebody says about an entry of their record"),
    Screen("reply-kept", "/reply/keep", DECIDER, "that it stands beside the entry, and goes to whoever was sent that"),
    Screen("apart", "/compartments", DECIDER, "before what is held apart is opened: who is told"),
    Screen("apart-second", "/compartments/open", DECIDER, "where it takes two: whom to ring, and what to do then"),
    Screen("apart-opened", "/compartments/open", DECIDER, "what was held apart, once"),
    Screen("apart-reviewed", "/compartments/review", DECIDER, "words that waited, looked at and released"),
    Screen("compare", "/compare", DECIDER, "asking what came to be known between two days"),
    Screen("compared", "/compare/days", DECIDER, "what was added, corrected and withdrawn between them"),
    Screen("print", "/print", DECIDER, "a document for a meeting or a court: what, why, for whom"),
    Screen("questions", "/questions", DECIDER, "records of which a person must say whose they are"),
    Screen("question", "/questions/compare", DECIDER, "a report in question beside the child it may be about"),
    Screen("question-settled", "/questions/settle", DECIDER, "what follows once somebody has said whose it is"),
    Screen("moves", "/moves", DECIDER, "reports that a second person has to agree to move"),
    Screen("move-ask", "/moves", DECIDER, "this is not about this child: who saw it, and whose it is"),
    Screen("move-proposed", "/moves/propose", DECIDER, "nothing has moved: a second person has to agree"),
    Screen("moved-seen", "/moved", DECIDER, "what one was shown with the wrong child"),
    Screen("quarantine", "/quarantine", DECIDER, "messages that were set aside"),
    Screen("quarantined", "/quarantine/{rest:path}", DECIDER, "one of them: why, and what its sender can do"),
    Screen("reviews", "/reviews", DECIDER, "emergencies about children of one's own agency, to be reviewed"),
    Screen("feeds", "/feeds", DECIDER, "which agency is heard and which is silent"),
    Screen("law", "/law", DECIDER, "the rules by which the hub decides, each with its source"),
    Screen("sessions", "/sessions", DECIDER, "where somebody is signed in"),
    Screen("pass-phrase", "/pass-phrase", DECIDER, "changing one's own pass phrase"),
    Screen("requests", "/requests", RESEARCHER, "what an agency was asked, and has not answered"),
    Screen("request", "/requests/one", RESEARCHER, "which child is meant, and the answer in one press"),
    Screen("find", "/", WORKER, "finding a child by an exact number, with a purpose"),
    Screen("refused", "/chronology", WORKER, "a refusal, and what can be done instead"),
    Screen("emergency", "/emergency", WORKER, "opening in an emergency: stop and read first"),
    Screen("sign-in-again", "/sign-in/again", WORKER, "who it is must be proved again before an emergency"),
    Screen("words-back", "/kept", WORKER, "what was being typed, given back"),
    Screen("emergency-opened", "/emergency", WORKER, "opened in an emergency: to be read, and reviewed afterwards"),
    Screen("audit", "/audit", OFFICER, "what needs a look, and that the log verifies"),
    Screen("who-looked", "/who-looked", OFFICER, "who looked at one child, why, and what they were shown"),
    Screen("looks", "/audit/looks", OFFICER, "every look of these days"),
    Screen("looks-refused", "/audit/refused", OFFICER, "every look that was refused"),
    Screen("staff", "/audit/staff", OFFICER, "asking for one member of staff"),
    Screen("staff-looks", "/audit/staff/{rest:path}", OFFICER, "all that one member of staff looked at"),
    Screen("emergencies", "/audit/emergencies", OFFICER, "what was opened in an emergency, to be confirmed or asked"),
    Screen("telling-late", "/audit/telling", OFFICER, "silences and tellings past their day"),
    Screen("sharing-refused", "/audit/sharing", OFFICER, "decisions not to share, and the law's answer"),
    Screen("policies", "/audit/policies", OFFICER, "the policies in force, and since when"),
    Screen("unexplained", "/audit/unexplained", OFFICER, "looks that nothing known accounts for"),
    Screen("proved", "/audit/entry/{rest:path}", OFFICER, "one entry of the record, proved"),
    Screen("apart-agree", "/compartments/agree", OFFICER, "what waits for a second person, who sees nothing of it"),
    Screen("apart-asked", "/compartments/asked", OFFICER, "who asked to open what is held apart"),
    Screen("erasures", "/audit/erasures", OFFICER, "records asked to be erased, held, or past their period"),
    Screen("erasure-ask", "/erasures", OFFICER, "asking that a record be erased, or agreeing that it is"),
    Screen("erasure", "/erasures/look", OFFICER, "one erasure, before somebody agrees to it"),
    Screen("hold", "/erasures/hold", OFFICER, "holding a record, so that nobody erases it"),
    Screen("certificate", "/erasures/certificate", OFFICER, "what an erasure was, for whoever must show it"),
    Screen("subject-reports", "/audit/subject-reports", OFFICER, "reports for somebody who asks who looked"),
    Screen("subject-report", "/audit/subject-report", OFFICER, "one such report, before somebody else reviews it"),
    Screen("move", "/moves/look", OFFICER, "a move that somebody proposed, and what follows from it"),
    Screen("moved", "/moves/agree", OFFICER, "it has moved, and who was shown it with the wrong child"),
    Screen("letter", "/audit/subject-report/review", OFFICER, "the letter that comes of it"),
)  # fmt: skip


def wants_picture(page: Page) -> bool:
    """Whether the address shows a page of its own to a person."""
    return page.path not in NO_PICTURE and not page.path.startswith(FOR_MACHINES)


def files() -> tuple[str, ...]:
    """The names of the pictures: each at a desk, those of the tour on a phone too."""
    return (*(f"{one.name}.webp" for one in SCREENS), *(f"{name}-phone.webp" for name in TOUR))


def index() -> str:
    """The list of them, for whoever opens the folder."""
    lines = ["# Every page, with invented people", ""]
    lines += ["`make screenshots` writes these pictures and this list again.", ""]
    for whose in (OPEN, DECIDER, RESEARCHER, WORKER, OFFICER):
        lines += [f"## {whose}", ""]
        for one in (one for one in SCREENS if one.whose == whose):
            phone = f" ([on a phone]({one.name}-phone.webp))" if one.name in TOUR else ""
            lines.append(f"- [{one.name}]({one.name}.webp): {one.says}{phone}")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def weight(folder: Path) -> int:
    """The bytes of all that is in the folder."""
    return sum(path.stat().st_size for path in folder.iterdir())
