"""How long is left until a decision, in words: `1 hr 15 min left`, and when a clock that stands still goes on."""

from datetime import datetime, timedelta

from hub.domain.clocks import Hours, Limit, TimeLeft
from hub.domain.moment import LONDON, day_in_london
from hub.domain.words import by_end, moment

_MINUTES = 60


def standing(time: TimeLeft, decided: datetime | None) -> str:
    """How it stands: `1 hr 15 min left`, `40 min late`, or that somebody decided, in time or late."""
    if decided is not None:
        return f"Decided {length(time.late)} late" if time.is_late else "Decided in time"
    return f"{length(time.late)} late" if time.is_late else f"{length(time.left)} left"


def dates(time: TimeLeft, decided: datetime | None) -> str:
    """The instants behind it: when it is due, or was; when somebody decided; when a clock that stands goes on."""
    if decided is not None:
        return f"{moment(decided)}; it was due {by_end(time.due)}"
    if time.is_late:
        return f"It was due {by_end(time.due)}"
    goes_on = f". The clock stands still until {moment(time.goes_on)}" if time.goes_on is not None else ""
    return f"Due {by_end(time.due)}{goes_on}"


def length(of: timedelta) -> str:
    """Hours and minutes: `1 hr 15 min`, `30 min`; whole minutes that are over."""
    hours, minutes = divmod(int(of.total_seconds()) // _MINUTES, _MINUTES)
    if not hours:
        return f"{minutes} min" if minutes else "less than 1 min"
    return f"{hours} hr {minutes} min" if minutes else f"{hours} hr"


def today(hours: Hours, now: datetime) -> str:
    """When the MASH works on the day of an instant: `MASH hours today: 08:30 to 17:00`; or when it works next."""
    if (session := hours.on(day_in_london(now))) is None:
        return f"Nobody works at the MASH today; it opens {moment(hours.next_open(now))}"
    begins, ends = (f"{one.astimezone(LONDON):%H:%M}" for one in session)
    return f"MASH hours today: {begins} to {ends if hours.closes is not None else 'midnight'}"


def limit(of: Limit) -> str:
    """How much time there is: `4 hours (past closing too)`, `1 working day`."""
    one = {"hours": "hour", "working_days": "working day"}[of.unit]
    said = f"{of.number} {one}{'' if of.number == 1 else 's'}"
    return f"{said} (past closing too)" if of.runs_on else said
