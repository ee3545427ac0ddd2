"""Printed documents: one row each, which waits, is printed under a lease, and then keeps the content.

The fingerprint names everything that a document is made from, and what prints it: the same fingerprint, the
same bytes. Whoever asks for one that is there already, in whatever state, joins it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..domain.ids import new_id
from ..domain.times import moment, stamp
from . import Connection, Row, one

WAITING, PRINTING, MADE, FAILED = "waiting", "printing", "made", "failed"
LEASE = timedelta(seconds=30)  # renewed while it is printed: whoever dies lets go soon
MOST_ATTEMPTS = 5
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 300))  # after a try that did not work
STOPPED = "Whatever printed it was stopped every time."

_COLUMNS = (
    "k.fingerprint, k.kind, k.assessment_id, k.revision, k.organisation_id, k.imprint, k.state, k.asked_at,"
    " k.next_at, k.attempts, k.owner, k.reason, k.made_at"
)
_OPEN = "k.state IN ('waiting', 'printing')"
_LOST = "k.state = 'printing' AND k.lease_until <= :now"
_FREE = (
    f"k.imprint = :imprint AND ((k.state = 'waiting' AND k.next_at <= :now)"
    f" OR ({_LOST} AND k.attempts < {MOST_ATTEMPTS}))"
)
# Organisations in turn: whoever had one printed longest ago comes first
_TURN = (
    "(SELECT coalesce(max(o.taken_at), '') FROM kept_report o WHERE o.organisation_id = k.organisation_id),"
    " k.asked_at, k.fingerprint"
)


@dataclass(frozen=True)
class Wanted:
    """A document to print. `imprint` says what can print it: release, templates, fonts, libraries, issuer."""

    fingerprint: str
    kind: str
    assessment_id: str
    revision: int
    organisation_id: str
    imprint: str


@dataclass(frozen=True)
class KeptReport:
    """How far a document is, without its content. `reason` says why the last try did not work."""

    wanted: Wanted
    state: str
    asked_at: str
    next_at: str
    attempts: int = 0
    owner: str | None = None
    reason: str | None = None
    made_at: str | None = None

    @property
    def fingerprint(self) -> str:
        """What names it."""
        return self.wanted.fingerprint


def ask(c: Connection, wanted: Wanted, at: str) -> KeptReport:
    """Asks for a document, or joins those who have. What waits for an earlier edition of it is let go."""
    c.run(
        "DELETE FROM kept_report WHERE assessment_id = :assessment AND revision = :revision AND kind = :kind"
        " AND imprint = :imprint AND fingerprint <> :fingerprint AND state IN ('waiting', 'failed')",
        assessment=wanted.assessment_id,
        revision=wanted.revision,
        kind=wanted.kind,
        imprint=wanted.imprint,
        fingerprint=wanted.fingerprint,
    )
    (row,) = c.rows(
        "INSERT INTO kept_report (fingerprint, kind, assessment_id, revision, organisation_id, imprint,"  # noqa: S608
        " state, asked_at, next_at) VALUES (:fingerprint, :kind, :assessment_id, :revision, :organisation_id,"
        " :imprint, 'waiting', :at, :at) ON CONFLICT (fingerprint) DO UPDATE SET kind = excluded.kind"
        f" RETURNING {_COLUMNS.replace('k.', '')}",
        **vars(wanted),
        at=at,
    )
    return _kept(row)


def ask_again(c: Connection, fingerprint: str, at: str) -> bool:
    """Lets a document that was given up be tried again from the start; whether it was given up."""
    return bool(
        c.run(
            "UPDATE kept_report SET state = 'waiting', attempts = 0, next_at = :at, asked_at = :at,"
            " reason = NULL WHERE fingerprint = :fingerprint AND state = 'failed'",
            fingerprint=fingerprint,
            at=at,
        )
    )


def find(c: Connection, fingerprint: str) -> KeptReport | None:
    """How far a document is; None where nobody has asked for it."""
    row = one(
        c,
        f"SELECT {_COLUMNS} FROM kept_report k WHERE k.fingerprint = :fingerprint",  # noqa: S608
        fingerprint=fingerprint,
    )
    return _kept(row) if row else None


def content(c: Connection, fingerprint: str) -> bytes | None:
    """The bytes of a document that is made; else None."""
    row = one(c, "SELECT content FROM kept_report WHERE fingerprint = :fingerprint", fingerprint=fingerprint)
    return row["content"] if row else None


def open_of(c: Connection, organisation_id: str) -> int:
    """How many documents of an organisation wait or are printed."""
    row = one(
        c,
        f"SELECT count(*) AS n FROM kept_report k WHERE {_OPEN} AND k.organisation_id = :organisation",  # noqa: S608
        organisation=organisation_id,
    )
    return int(row["n"]) if row else 0


def open_elsewhere(c: Connection, imprint: str) -> int:
    """How many documents wait or are printed that only others can print."""
    row = one(
        c,
        f"SELECT count(*) AS n FROM kept_report k WHERE {_OPEN} AND k.imprint <> :imprint",  # noqa: S608
        imprint=imprint,
    )
    return int(row["n"]) if row else 0


def before(c: Connection, kept: KeptReport) -> int:
    """How many documents were asked for before this one and are not made yet."""
    row = one(
        c,
        f"SELECT count(*) AS n FROM kept_report k WHERE {_OPEN} AND k.imprint = :imprint"  # noqa: S608
        " AND (k.asked_at, k.fingerprint) < (:asked, :fingerprint)",
        imprint=kept.wanted.imprint,
        asked=kept.asked_at,
        fingerprint=kept.fingerprint,
    )
    return int(row["n"]) if row else 0


def is_due(c: Connection, imprint: str, at: str) -> bool:
    """Whether there is anything to take or to give up."""
    sql = f"SELECT 1 AS one FROM kept_report k WHERE k.imprint = :imprint AND ({_FREE} OR ({_LOST})) LIMIT 1"  # noqa: S608
    return one(c, sql, imprint=imprint, now=at) is not None


def take(c: Connection, imprint: str, at: str) -> KeptReport | None:
    """The next document to print, leased to the caller; its `owner` is a word that only the caller knows.

    Also one whose lease has run out: whoever had it is dead, or too slow. None where nothing is due.
    """
    # Asked twice: PostgreSQL looks at the outer conditions again after waiting for a lock, not at the inner
    row = one(
        c,
        "UPDATE kept_report AS k SET state = 'printing', attempts = k.attempts + 1, owner = :owner,"  # noqa: S608
        f" taken_at = :now, lease_until = :until WHERE {_FREE} AND k.fingerprint ="
        f" (SELECT k.fingerprint FROM kept_report k WHERE {_FREE} ORDER BY {_TURN} LIMIT 1)"
        f" RETURNING {_COLUMNS.replace('k.', '')}",
        imprint=imprint,
        now=at,
        owner=new_id(),
        until=stamp(moment(at) + LEASE),
    )
    return _kept(row) if row else None


def give_up_lost(c: Connection, imprint: str, at: str) -> list[KeptReport]:
    """Gives up what was lost with its printer as often as is tried; gives those."""
    rows = c.rows(
        "UPDATE kept_report AS k SET state = 'failed', owner = NULL, lease_until = NULL, reason = :why"  # noqa: S608
        f" WHERE k.imprint = :imprint AND {_LOST} AND k.attempts >= {MOST_ATTEMPTS}"
        f" RETURNING {_COLUMNS.replace('k.', '')}",
        imprint=imprint,
        now=at,
        why=STOPPED,
    )
    return [_kept(row) for row in rows]


def renew(c: Connection, job: KeptReport, at: str) -> bool:
    """Holds on to a document that is being printed; False where another has taken it since."""
    return _as_owner(c, job, "lease_until = :until", until=stamp(moment(at) + LEASE))


def keep(c: Connection, job: KeptReport, content: bytes, at: str) -> bool:
    """Keeps what was printed; False, and nothing is kept, where another has taken the job since."""
    return _as_owner(
        c,
        job,
        "state = 'made', content = :content, made_at = :at, reason = NULL, owner = NULL, lease_until = NULL",
        content=content,
        at=at,
    )


def give_back(c: Connection, job: KeptReport) -> bool:
    """Lets go of a document that was not printed, as if it had not been taken."""
    return _as_owner(c, job, "state = 'waiting', attempts = attempts - 1, owner = NULL, lease_until = NULL")


def not_made(c: Connection, job: KeptReport, reason: str, at: str, *, for_good: bool) -> bool:
    """Notes that a try did not work, and when the next one is; whether it is given up with that.

    `for_good` says that another try makes no sense. Does nothing where another has taken the job since.
    """
    last = for_good or job.attempts >= MOST_ATTEMPTS
    pause = PAUSES[min(job.attempts, len(PAUSES)) - 1]
    noted = _as_owner(
        c,
        job,
        "state = :state, next_at = :next, reason = :reason, owner = NULL, lease_until = NULL",
        state=FAILED if last else WAITING,
        next=stamp(moment(at) + pause),
        reason=reason,
    )
    return last and noted


def let_go(c: Connection, job: KeptReport) -> bool:
    """Removes a document that is asked for no more, such as an edition that has passed."""
    return bool(
        c.run(
            "DELETE FROM kept_report WHERE fingerprint = :fingerprint AND owner = :owner",
            fingerprint=job.fingerprint,
            owner=job.owner,
        )
    )


def forget(c: Connection, imprint: str, passed: datetime, old: datetime) -> int:
    """Removes what nobody will ask for: editions that a later one had followed at the moment `passed`.

    And what other releases and settings were asked to print before `old`. How many.
    """
    followed = c.run(
        "DELETE FROM kept_report WHERE state <> 'printing' AND EXISTS (SELECT 1 FROM kept_report o"
        " WHERE o.assessment_id = kept_report.assessment_id AND o.revision = kept_report.revision"
        " AND o.kind = kept_report.kind AND o.state = 'made' AND o.made_at < :passed"
        " AND (o.asked_at, o.fingerprint) > (kept_report.asked_at, kept_report.fingerprint))",
        passed=stamp(passed),
    )
    others = c.run(
        "DELETE FROM kept_report WHERE imprint <> :imprint AND asked_at < :old",
        imprint=imprint,
        old=stamp(old),
    )
    return followed + others


def _as_owner(c: Connection, job: KeptReport, change: str, **values: str | bytes) -> bool:
    return bool(
        c.run(
            f"UPDATE kept_report SET {change} WHERE fingerprint = :fingerprint AND owner = :owner",  # noqa: S608
            fingerprint=job.fingerprint,
            owner=job.owner,
            **values,
        )
    )


def _kept(row: Row) -> KeptReport:
    wanted = Wanted(**{name: row.pop(name) for name in Wanted.__dataclass_fields__})
    return KeptReport(wanted, **row)
