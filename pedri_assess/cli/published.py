"""What PEDRI staff published in the database of an installation, for commands that need no database."""

from __future__ import annotations

from ..catalogue import Schemas, Shelf
from ..services.checking import outdated
from ..services.shelving import Shelving
from ..store import BadAddress, StoreUnavailable, connect
from ..store.migrating import TooNew


def take_published(shelf: Shelf, schemas: Schemas, url: str) -> list[str]:
    """Puts the versions of the database at an address on the shelf; why that cannot be done, in words."""
    try:
        database = connect(url)
    except BadAddress as error:
        return [f"DATABASE_URL: {error}"]
    try:
        with database.read() as c:
            return list(outdated(c, database)) or Shelving(shelf, schemas).take_in(c)
    except (StoreUnavailable, TooNew) as error:
        return [str(error)]
    finally:
        database.close()
