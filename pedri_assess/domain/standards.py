"""A framework version as values: its scale, its standards and criteria, and the words for each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .errors import NotFound


class Text(str):
    """Words for people, which know the language they are in: a text without a translation stays as it was."""

    language: str

    def __new__(cls, words: str = "", language: str = "en") -> Text:
        text = super().__new__(cls, words)
        text.language = language
        return text


@dataclass(frozen=True)
class Level:
    """One level of the scale; `value` counts from 0."""

    value: int
    label: Text
    meaning: Text
    easy_read: Text


@dataclass(frozen=True)
class Confidence:
    """How much there is to show for a level; `value` counts from 0."""

    value: int
    label: Text
    meaning: Text


@dataclass(frozen=True)
class Effort:
    """How much an action takes; `rank` counts from 0, the smallest effort."""

    id: str
    label: Text
    meaning: Text
    rank: int


@dataclass(frozen=True)
class Role:
    """A kind of person who answers or confirms."""

    id: str
    label: Text


@dataclass(frozen=True)
class Provenance:
    """Whose words these are: `kind` of the statement or definition, `rest` of everything around it.

    Both are published, summary, drafted or reconstructed, or empty where the file does not say.
    """

    kind: str = ""
    rest: str = ""
    sources: tuple[str, ...] = ()
    informed_by: tuple[Text, ...] = ()
    note: Text = Text()
    checked: str = ""


@dataclass(frozen=True)
class Action:
    """Something that could be done about a gap. Without an effort it comes after all that have one."""

    text: Text
    effort: Effort | None


@dataclass(frozen=True)
class NotApplicable:
    """Whether a criterion may be not applicable, and when that is a fair answer."""

    allowed: bool = True
    when: Text = Text()


@dataclass(frozen=True)
class Link:
    """Where a criterion comes from: unchanged, reworded, split or merged from one of an earlier version."""

    version: str
    id: str
    kind: str
    note: Text


@dataclass(frozen=True)
class Retired:
    """A criterion of an earlier version that has no successor."""

    version: str
    id: str
    why: Text


@dataclass(frozen=True)
class Term:
    """A word of the field, explained."""

    term: Text
    meaning: Text


@dataclass(frozen=True)
class Criterion:
    """One statement to rate against, with one text per level of the scale in `levels`.

    `weight` is relative to the framework's other criteria: the weights in the file, all multiplied by the
    smallest number that makes them whole. Before the day `counts_from` it is shown as coming, may be
    answered, and counts for nothing; empty where it always counts.
    """

    id: str
    statement: Text
    levels: tuple[Text, ...]
    group: Text
    core: bool
    weight: int
    staff_question: Text
    public_question: Text
    evidence: tuple[Text, ...]
    answer_role: Role | None
    confirm_roles: tuple[Role, ...]
    actions: tuple[Action, ...]
    not_applicable: NotApplicable
    provenance: Provenance
    links: tuple[Link, ...]
    counts_from: str = ""

    def counts_on(self, day: str) -> bool:
        """Whether it counts on a day (YYYY-MM-DD). One that is coming does not where no day is given."""
        return not self.counts_from or (day != "" and day >= self.counts_from)

    @cached_property
    def smallest_effort(self) -> Effort | None:
        """The smallest effort among the actions, or None where no action has one."""
        efforts = [action.effort for action in self.actions if action.effort]
        return min(efforts, key=lambda effort: effort.rank, default=None)


@dataclass(frozen=True)
class Standard:
    """A group of criteria with a title and a definition."""

    id: str
    title: Text
    definition: Text
    provenance: Provenance
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class ScoringRules:
    """The parameters of the scoring method. Shares are exact fractions between 0 and 1."""

    method: str
    share: Fraction
    core_within: int
    min_answered: Fraction
    evidence_needed: dict[int, int]
    not_applicable_limit: Fraction
    default_target: int
    reason_from: int


@dataclass(frozen=True)
class Framework:
    """One version of a framework. `content_hash` is `sha256:` and the hash of the file's canonical form."""

    framework: str
    version: str
    title: Text
    status: str
    released: str
    publisher: Text
    source: str
    licence: Text
    language: str
    notice: Text
    scale: tuple[Level, ...]
    confidence: tuple[Confidence, ...]
    efforts: tuple[Effort, ...]
    roles: tuple[Role, ...]
    scoring: ScoringRules
    standards: tuple[Standard, ...]
    retired: tuple[Retired, ...]
    glossary: tuple[Term, ...]
    content_hash: str

    @property
    def top(self) -> int:
        """The highest level of the scale."""
        return len(self.scale) - 1

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in the file's order."""
        return tuple(criterion for standard in self.standards for criterion in standard.criteria)

    @cached_property
    def core_criteria(self) -> tuple[Criterion, ...]:
        """The criteria of the quick check, in the file's order; empty where the file marks none."""
        return tuple(criterion for criterion in self.criteria if criterion.core)

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with this id. Raises NotFound."""
        found = self._criteria_by_id.get(criterion_id)
        if found is None:
            raise NotFound(criterion_id)
        return found

    def standard_of(self, criterion_id: str) -> Standard:
        """The standard that holds this criterion. Raises NotFound."""
        found = self._standards_by_criterion.get(criterion_id)
        if found is None:
            raise NotFound(criterion_id)
        return found

    @cached_property
    def _criteria_by_id(self) -> dict[str, Criterion]:
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def _standards_by_criterion(self) -> dict[str, Standard]:
        return {criterion.id: standard for standard in self.standards for criterion in standard.criteria}
