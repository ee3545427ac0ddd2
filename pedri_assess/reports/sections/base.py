"""What a section is: a name, which is also its template's, a title, and what the template shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Section:
    """One section that has something to say; templates/report/<name>.html shows it."""

    name: ClassVar[str]
    title: ClassVar[str]

    @property
    def template(self) -> str:
        """Where its template is, for an include."""
        return f"report/{self.name}.html"

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return f"r-{self.name.replace('_', '-')}"
