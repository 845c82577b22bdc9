"""Every picture of a page that is kept: its name, the address of its page, whose page it is and what it shows."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hub.web.page import Page

OPEN, DECIDER, RESEARCHER, WORKER, OFFICER = (
    "Open to all", "MASH decision-maker", "MASH researcher", "Practitioner", "Information-governance officer"
)  # fmt: skip
TOUR = ("chronology", "worklist", "decision", "chronology-known-on", "entry", "who-looked")
MOST_BYTES = 3_600_000
# What shows no page of its own, each with its reason.
NO_PICTURE = {
    **{("GET", path): why for path, why in (
        ("/sign-in/with/{rest:path}", "leads to the issuer"),
        ("/sign-in/return/{rest:path}", "leads to the first page"),
        ("/health", "for machines"),
        ("/healthz", "for machines"),
        ("/readyz", "for machines"),
        ("/static/{rest:path}", "files"),
        ("/log/{rest:path}", "files"),
    )},
    **{("POST", path): why for path, why in (
        ("/sign-out", "leads to signing in"),
        ("/sign-in/ended/{rest:path}", "an issuer's own call"),
        ("/time-left", "answers how long is left"),
        ("/stay", "answers how long is left"),
        ("/sessions", "leads back to the list"),
        ("/kept", "leads back to what is left, or to the first page"),
        ("/entry/proof", "answers with the file"),
        ("/audit/review", "leads back to the list"),
        ("/erasures/lift", "leads back to the list"),
        ("/erasures/ask", "answers with the page of /erasures/look"),
        ("/erasures/agree", "answers with the page of /erasures/look"),
    )},
}  # fmt: skip
FOR_MACHINES = ("/api/", "/machine/")


Method = Literal["GET", "POST"]


@dataclass(frozen=True, slots=True)
class State:
    """A page in a state of its own: how it is asked for, and where."""

    name: str
    method: Method
    path: str


@dataclass(frozen=True, slots=True)
class Screen(State):
    """A picture of such a page, whose page it is and what it shows."""

    whose: str
    says: str


SCREENS = (
    Screen("sign-in", "GET", "/sign-in", OPEN, "who may use the hub, and that each use is on record"),
    Screen("locked", "GET", "/sign-in", OPEN,
           "after 15 minutes without use: who was here, and that what they typed is kept"),
    Screen("about", "GET", "/about", OPEN, "what the hub is"),
    Screen("help", "GET", "/help", OPEN, "what to do where somebody is stuck"),
    Screen("problem", "GET", "/problem", OPEN, "how to report a problem"),
    Screen("when-down", "GET", "/when-down", OPEN, "what to do when the hub is down"),
    Screen("accessibility", "GET", "/accessibility", OPEN, "how far everybody can use the pages"),
    Screen("privacy", "GET", "/privacy", OPEN, "what the hub keeps of those who use it"),
    Screen("worklist", "GET", "/", DECIDER, "what needs somebody now, and how much waits on each list"),
    Screen("enquiries", "GET", "/enquiries/{rest:path}", DECIDER,
           "the open enquiries: time left, replies, what comes next"),
    Screen("enquiry", "POST", "/enquiry", DECIDER, "the open enquiries about one child, and whether to open another"),
    Screen("enquiry-opened", "POST", "/enquiry/open", DECIDER, "that it is open, and to be assigned"),
    Screen("enquiry-assign", "POST", "/enquiry/assign", DECIDER, "who works on an enquiry: nobody chosen beforehand"),
    Screen("enquiry-assigned", "POST", "/enquiry/assign/keep", DECIDER, "whose it is now"),
    Screen("enquiry-close", "POST", "/enquiry/close", DECIDER, "what closing an enquiry does, and what is still owed"),
    Screen("enquiry-closed", "POST", "/enquiry/close/keep", DECIDER, "that it is closed"),
    Screen("rating", "POST", "/rating", DECIDER, "how pressing an enquiry is, in the words of the area"),
    Screen("rated", "POST", "/rating/keep", DECIDER, "what the enquiry is rated now"),
    Screen("chronology", "POST", "/chronology", DECIDER, "one child's three years on one screen"),
    Screen("chronology-known-on", "POST", "/chronology", DECIDER, "the same as it was known on an earlier day"),
    Screen("entry", "POST", "/entry", DECIDER, "one entry: its words, its people, where it went, its proof"),
    Screen("decision", "POST", "/decide", DECIDER, "a sharing decision: four questions, nothing chosen beforehand"),
    Screen("decided", "POST", "/decide/keep", DECIDER, "what the law answered, and what went to whom"),
    Screen("ask", "POST", "/ask", DECIDER, "asking agencies: whom, what, by when"),
    Screen("asked", "POST", "/ask/keep", DECIDER, "who was asked, with a number for the record"),
    Screen("by-telephone", "POST", "/requests/by-telephone", DECIDER,
           "writing down what an agency that was asked answers by telephone"),
    Screen("find-by-words", "GET", "/find", DECIDER, "finding a child whose number nobody knows"),
    Screen("found", "POST", "/find", DECIDER, "what three things known exactly lead to"),
    Screen("reason", "POST", "/reason", DECIDER, "why this record is needed"),
    Screen("shares", "POST", "/shares", DECIDER, "what was shared about a child, with whom, and who has read it"),
    Screen("taken-back", "POST", "/shares/take-back", DECIDER, "the same once a share is taken back"),
    Screen("unread", "GET", "/unread", DECIDER, "what was sent and nobody has read"),
    Screen("telling", "GET", "/telling", DECIDER, "who in a family is still to be told"),
    Screen("telling-part", "GET", "/telling/{rest:path}", DECIDER, "the same list, a part of it, one child opened"),
    Screen("told", "POST", "/told", DECIDER, "stating that somebody was told, or why not yet"),
    Screen("told-kept", "POST", "/told/keep", DECIDER, "what the law says to that"),
    Screen("reply", "POST", "/reply", DECIDER, "writing down what somebody says about an entry of their record"),
    Screen("reply-kept", "POST", "/reply/keep", DECIDER,
           "that it stands beside the entry, and goes to whoever was sent that"),
    Screen("apart", "POST", "/compartments", DECIDER, "before what is held apart is opened: who is told"),
    Screen("apart-second", "POST", "/compartments/open", DECIDER,
           "where it takes two: whom to ring, and what to do then"),
    Screen("apart-opened", "POST", "/compartments/open", DECIDER, "what was held apart, once"),
    Screen("apart-reviewed", "POST", "/compartments/review", DECIDER, "words that waited, looked at and released"),
    Screen("compare", "POST", "/compare", DECIDER, "asking what came to be known between two days"),
    Screen("compared", "POST", "/compare/days", DECIDER, "what was added, corrected and withdrawn between them"),
    Screen("print", "POST", "/print", DECIDER, "a document for a meeting or a court: what, why, for whom"),
    Screen("not-printed", "POST", "/print/make", DECIDER, "a document that may not be made, and why"),
    Screen("questions", "GET", "/questions", DECIDER, "records of which a person must say whose they are"),
    Screen("question-why", "POST", "/questions", DECIDER, "for what a report in question is looked at"),
    Screen("question", "POST", "/questions/compare", DECIDER, "a report in question beside the child it may be about"),
    Screen("question-settled", "POST", "/questions/settle", DECIDER, "what follows once somebody has said whose it is"),
    Screen("moves", "GET", "/moves", DECIDER, "reports that a second person has to agree to move"),
    Screen("move-ask", "POST", "/moves", DECIDER, "this is not about this child: who saw it, and whose it is"),
    Screen("move-proposed", "POST", "/moves/propose", DECIDER, "nothing has moved: a second person has to agree"),
    Screen("not-moved", "POST", "/moves/propose", DECIDER, "nothing was changed, and why"),
    Screen("moved-seen", "GET", "/moved", DECIDER, "what one was shown with the wrong child"),
    Screen("quarantine", "GET", "/quarantine", DECIDER, "messages that were set aside"),
    Screen("quarantined", "GET", "/quarantine/{rest:path}", DECIDER, "one of them: why, and what its sender can do"),
    Screen("reviews", "GET", "/reviews", DECIDER, "emergencies about children of one's own agency, to be reviewed"),
    Screen("feeds", "GET", "/feeds", DECIDER, "which agency is heard and which is silent"),
    Screen("law", "GET", "/law", DECIDER, "the rules by which the hub decides, each with its source"),
    Screen("sessions", "GET", "/sessions", DECIDER, "where somebody is signed in"),
    Screen("notices", "GET", "/notices", DECIDER, "what is said of the service: now, to come and over"),
    Screen("pass-phrase", "GET", "/pass-phrase", DECIDER, "changing one's own pass phrase"),
    Screen("pass-phrase-changed", "POST", "/pass-phrase", DECIDER, "that the one before opens nothing any more"),
    Screen("requests", "GET", "/requests", RESEARCHER, "what an agency was asked, and has not answered"),
    Screen("request", "POST", "/requests/one", RESEARCHER, "which child is meant, and the answer in one press"),
    Screen("find", "GET", "/", WORKER, "finding a child by an exact number, with a purpose"),
    Screen("refused", "POST", "/chronology", WORKER, "a refusal, and what can be done instead"),
    Screen("emergency", "GET", "/emergency", WORKER, "opening in an emergency: stop and read first"),
    Screen("sign-in-again", "GET", "/sign-in/again", WORKER, "who it is must be proved again before an emergency"),
    Screen("words-back", "GET", "/kept", WORKER, "what was being typed, given back"),
    Screen("emergency-opened", "POST", "/emergency", WORKER,
           "opened in an emergency: to be read, and reviewed afterwards"),
    Screen("activity", "GET", "/activity", WORKER, "what somebody did here themselves, and what was asked about it"),
    Screen("audit", "GET", "/audit", OFFICER, "what needs a look, and that the log verifies"),
    Screen("who-looked-ask", "GET", "/who-looked", OFFICER, "asking who looked at one child"),
    Screen("who-looked", "POST", "/who-looked", OFFICER, "who looked at one child, why, and what they were shown"),
    Screen("looks", "GET", "/audit/looks", OFFICER, "every look of these days"),
    Screen("looks-refused", "GET", "/audit/refused", OFFICER, "every look that was refused"),
    Screen("staff", "GET", "/audit/staff", OFFICER, "asking for one member of staff"),
    Screen("staff-looks", "GET", "/audit/staff/{rest:path}", OFFICER, "all that one member of staff looked at"),
    Screen("emergencies", "GET", "/audit/emergencies", OFFICER,
           "what was opened in an emergency, to be confirmed or asked"),
    Screen("telling-late", "GET", "/audit/telling", OFFICER, "silences and tellings past their day"),
    Screen("sharing-refused", "GET", "/audit/sharing", OFFICER, "decisions not to share, and the law's answer"),
    Screen("policies", "GET", "/audit/policies", OFFICER, "the policies in force, and since when"),
    Screen("unexplained", "GET", "/audit/unexplained", OFFICER, "looks that nothing known accounts for"),
    Screen("proved", "GET", "/audit/entry/{rest:path}", OFFICER, "one entry of the record, proved"),
    Screen("apart-agree", "GET", "/compartments/agree", OFFICER,
           "what waits for a second person, who sees nothing of it"),
    Screen("apart-agreed", "POST", "/compartments/agree", OFFICER, "that a second person agreed, and for how long"),
    Screen("apart-asked", "GET", "/compartments/asked", OFFICER, "who asked to open what is held apart"),
    Screen("erasures", "GET", "/audit/erasures", OFFICER, "records asked to be erased, held, or past their period"),
    Screen("erasure-ask", "GET", "/erasures", OFFICER, "asking that a record be erased, or agreeing that it is"),
    Screen("erasure", "POST", "/erasures/look", OFFICER, "one erasure, before somebody agrees to it"),
    Screen("hold", "GET", "/erasures/hold", OFFICER, "holding a record, so that nobody erases it"),
    Screen("held", "POST", "/erasures/hold", OFFICER, "that a record is held, and until when it is looked at again"),
    Screen("certificate", "POST", "/erasures/certificate", OFFICER, "what an erasure was, for whoever must show it"),
    Screen("subject-reports", "GET", "/audit/subject-reports", OFFICER, "reports for somebody who asks who looked"),
    Screen("subject-report", "POST", "/audit/subject-report", OFFICER,
           "one such report, before somebody else reviews it"),
    Screen("move", "POST", "/moves/look", OFFICER, "a move that somebody proposed, and what follows from it"),
    Screen("moved", "POST", "/moves/agree", OFFICER, "it has moved, and who was shown it with the wrong child"),
    Screen("letter", "POST", "/audit/subject-report/review", OFFICER, "the letter that comes of it"),
)  # fmt: skip
# Pages that are looked at in a round like those above, in a state of which no picture is kept: a list narrowed or
# turned, something left out of a form, a record read in another way.
STATES = (
    State("sign-in, wrong", "POST", "/sign-in"),
    State("sign-in-again, wrong", "POST", "/sign-in/again"),
    State("pass-phrase, wrong", "POST", "/pass-phrase"),
    State("find-by-words, wrong", "POST", "/find"),
    State("requests, wrong", "POST", "/requests"),
    State("request, answered", "POST", "/requests"),
    State("by-telephone, wrong", "POST", "/requests/by-telephone"),
    State("by-telephone, answered", "POST", "/requests/by-telephone"),
    State("worklist, with much on it", "GET", "/"),
    State("worklist, under a notice", "GET", "/"),
    State("notices, not to be read", "GET", "/notices"),
    State("notices, none", "GET", "/notices"),
    State("chronology, filtered", "POST", "/chronology"),
    State("chronology, filtered to nothing", "POST", "/chronology"),
    State("chronology, a line of each of 300", "POST", "/chronology"),
    State("chronology, held apart and shut", "POST", "/chronology"),
    State("shares, taken back before", "POST", "/shares/take-back"),
    State("activity, a page of it", "POST", "/activity"),
    State("who-looked, to be reviewed", "POST", "/who-looked"),
    State("looks, narrowed", "POST", "/audit/looks"),
    State("looks, narrowed to nothing", "POST", "/audit/looks"),
    State("staff, narrowed", "POST", "/audit/staff"),
    State("emergencies, turned", "POST", "/audit/emergencies"),
    State("sharing-refused, turned", "POST", "/audit/sharing"),
    State("unexplained, turned", "POST", "/audit/unexplained"),
    State("subject-reports, wrong", "POST", "/audit/subject-reports"),
)


def wants_picture(page: Page) -> bool:
    """Whether the address shows a page of its own to a person."""
    return (page.method, page.path) not in NO_PICTURE and not page.path.startswith(FOR_MACHINES)


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
