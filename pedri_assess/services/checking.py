"""Whether the service can start on a database, and whether everything in it is whole, in words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from ..domain.assessment import assessment_from
from ..domain.errors import NotFound
from ..domain.result import result_document
from ..domain.scoring import score
from ..store import Connection, Database, StoreUnavailable
from ..store.checking import damage, unguarded
from ..store.events import first_changed
from ..store.migrating import KNOWN, TooNew, refuse_newer, version_in
from ..store.results import every_result
from ..store.sqlite import SqliteDatabase
from ..store.standards import needed
from . import Context

LEAST_ROOM = 20 * 1024 * 1024  # bytes on the disk: less than this is full to people who write
MIGRATE = "bring it up to date with: pedri-assess migrate"


def start_faults(context: Context) -> list[str]:
    """Why the service cannot start on its database; nothing where it can."""
    try:
        with context.database.read() as c:
            faults = list(outdated(c, context.database)) or context.shelving.take_in(c)
            faults = faults or list(_gone(c, context))
    except (StoreUnavailable, TooNew) as error:
        return [str(error)]
    return faults or list(_full(context.database))


def all_faults(context: Context) -> Iterator[str]:
    """Everything that is wrong with a database, one fault after another as they are found.

    The pages of the file, references, the chain of events, the guards of what is never changed, frozen
    results, and the standards that assessments need. Raises StoreUnavailable.
    """
    with context.database.read() as c:
        try:
            old = list(outdated(c, context.database))
        except TooNew as error:
            old = [str(error)]
        yield from old
        if old:
            return
        yield from damage(c, context.database.engine)
        yield from unguarded(c, context.database.engine)
        if (number := first_changed(c)) is not None:
            yield f"event {number} is not what was written, or is missing: compare with a backup"
        yield from context.shelving.take_in(c)
        yield from _gone(c, context)
        yield from _not_reproduced(c, context)


def outdated(c: Connection, database: Database) -> Iterator[str]:
    """Why the tables cannot be used as they are. Raises TooNew."""
    steps = version_in(c, database.engine)
    refuse_newer(steps)
    if steps == 0:
        yield f"The database {database.name} is empty: make its tables with: pedri-assess migrate"
    elif steps < KNOWN:
        yield f"The database {database.name} is older than this PEDRI Assess: {MIGRATE}"


def _gone(c: Connection, context: Context) -> Iterator[str]:
    for framework, version, content_hash, assessments in needed(c):
        of = f"{assessments} assessment{'' if assessments == 1 else 's'}"
        try:
            found = context.shelf.get(framework, version).content_hash
        except NotFound:
            yield (
                f"The standards {framework} {version} are not here, and {of} in {context.database.name} need "
                "them: put their file back into the folder of standards"
            )
            continue
        if found != content_hash:
            yield (
                f"The standards {framework} {version} are not those that {of} answered (they had "
                f"{content_hash}, these have {found}): put the old file back, and give a changed text a "
                "version of its own"
            )


def _full(database: Database) -> Iterator[str]:
    if not isinstance(database, SqliteDatabase):
        return
    free = shutil.disk_usage(database.path.parent).free
    if free < LEAST_ROOM:
        yield f"The disk of {database.name} is full ({free // 1024:,} kB are left): make room"


def _not_reproduced(c: Connection, context: Context) -> Iterator[str]:
    for frozen in every_result(c):
        answered = assessment_from(frozen.answers)
        try:
            framework = context.shelf.get(answered.framework, answered.version)
        except NotFound:
            continue  # told by the standards that are gone
        if result_document(score(framework, answered)) != frozen.result:
            yield (
                f"revision {frozen.revision} of assessment {frozen.assessment_id} no longer follows from its "
                "answers: compare with a backup"
            )
