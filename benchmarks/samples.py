"""Invented assessments for benchmarks and tests: empty, typical, extreme; and frameworks of any size."""

from __future__ import annotations

import random
from typing import Any

from pedri_assess.domain.assessment import Assessment, assessment_from
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.standards import Criterion, Framework

EVIDENCE = (
    (
        "Every invitation since March carries an access question, and a note says who reads the replies. The "
        "checklist is on the staff pages; the last twelve invitations are in the shared folder."
    ),
    (
        "Two of our five programmes do this. The maternity team keeps a log of comments "
        "and of what changed because "
        "of them; the cardiac team started in September."
    ),
    (
        "The panel reviewed the draft in May 2026 and asked for three changes. All "
        "three were made, and the panel "
        "was told in June. Minutes and the reply are linked."
    ),
    "We have said so in our strategy. There is nothing to show yet.",
)
LINK = "https://www.example-trust.org.uk/involvement/minutes-2026-05"

# What people paste: markup, template marks, right to left, emoji of several parts, one endless word, control
# characters, direction overrides, piles of accents, text without a place to break
HOSTILE = (
    (
        "The panel met <b>twice</b> & asked for changes; <script>alert(1)</script> "
        "{{7*7}} was typed by mistake. "
    ),
    "قال المشاركون إن المعلومات واضحة (إلى حد ما) في 2026، وطلبوا شرحاً أبسط. ",
    (
        "Great \N{PARTY POPPER} work "
        "\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\u200d\N{MICROSCOPE} in Wales "
        "\N{WAVING BLACK FLAG}\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f. "
    ),
    "x" * 300 + " ",
    "המשתתפים ביקשו הסבר פשוט יותר על שימוש בנתונים (2026). ",
    "one\n\n\n\n\ntwo\x00\x07\x1b[31m red \u202ereversed\u202c end\r\nZ"
    + "\u0334\u0321\u0327" * 20
    + "algo ",
    "no\u00a0break\u00a0" * 40,
)


def empty(framework: Framework) -> Assessment:
    """Nothing answered, nobody named."""
    return assessment_from({"framework": framework.framework, "version": framework.version})


def typical(framework: Framework, seed: int = 1, organisation: str = "") -> Assessment:
    """Most criteria answered with two or three lines of evidence, some rated; the same for the same seed."""
    chance = random.Random(seed)
    answers: dict[str, Any] = {}
    ratings: dict[str, Any] = {}
    for criterion in framework.criteria:
        answer = _answer(criterion, framework, chance)
        if answer:
            answers[criterion.id] = answer
        level = answer.get("level")
        if level is not None and chance.random() < 0.3:
            ratings[criterion.id] = _ratings(level, framework.top, chance)
    importance = {item.id: chance.choice([1, 2, 2, 3]) for item in framework.criteria[::2]}
    return assessment_from(
        {
            "framework": framework.framework,
            "version": framework.version,
            "organisation": organisation or "Northern Linked Data Trust",
            "scope": {
                "kind": "Programme",
                "name": "Linked maternity data",
                "about": "Five projects that link maternity, neonatal and education records.",
            },
            "date": "2026-11-23",
            "importance": importance,
            "answers": answers,
            "ratings": ratings,
        }
    )


def _answer(criterion: Criterion, framework: Framework, chance: random.Random) -> dict[str, Any]:
    kind = chance.random()
    if kind < 0.03:
        return {"dont_know": True}
    if kind < 0.07:
        return {}
    if kind < 0.14 and criterion.not_applicable.allowed:
        return {"not_applicable": "We hold no data of this kind, and no project plans to."}
    level = chance.randint(0, framework.top)
    return _levelled(level, framework, chance)


def _levelled(level: int, framework: Framework, chance: random.Random) -> dict[str, Any]:
    answer: dict[str, Any] = {"level": level, "evidence": chance.choice(EVIDENCE)}
    if level:
        answer["confidence"] = chance.randrange(len(framework.confidence))
    if chance.random() < 0.4:
        answer["links"] = [LINK]
    if level >= framework.scoring.reason_from:
        answer["reason"] = "Used in all programmes since the policy of January 2026."
    if chance.random() < 0.1:
        answer["otherwise"] = True
    if chance.random() < 0.1:
        answer["note"] = "Ask the data team again in spring."
    return answer


def _ratings(level: int, top: int, chance: random.Random) -> dict[str, list[int]]:
    staff = [min(top, max(0, level + chance.choice([-1, 0, 0, 1]))) for _ in range(3)]
    public = [max(0, level + chance.choice([-1, -1, 0])) for _ in range(chance.choice([1, 3, 5, 6]))]
    return {"staff": staff, "public": public}


def extreme(framework: Framework) -> Assessment:
    """Every criterion answered with 3,000 characters of the worst there is, and every one rated."""
    answers = {}
    for number, criterion in enumerate(framework.criteria):
        text = HOSTILE[number % len(HOSTILE)]
        answers[criterion.id] = {
            "level": number % len(framework.scale),
            "confidence": number % len(framework.confidence),
            "evidence": (text * 200)[:3000],
            "links": ["https://example.org/" + "a" * 300],
            "reason": (text * 5)[:400],
            "note": text[:300],
        }
    return assessment_from(
        {
            "framework": framework.framework,
            "version": framework.version,
            "organisation": "Ymddiriedolaeth <b>Data</b> & Iechyd Cymru "
            + "Llanfairpwllgwyngyllgogerych" * 3,
            "scope": {"kind": "project", "name": HOSTILE[1].strip(), "about": "x" * 300},
            "date": "2026-02-28",
            "answers": answers,
            "ratings": {
                criterion.id: {"staff": [0, framework.top, 1], "public": [0, 0, 1]}
                for criterion in framework.criteria
            },
        }
    )


def made(criteria: int, standards: int = 1, levels: int = 4, groups: bool = False) -> Framework:
    """A framework of so many criteria, over so many standards, with a core criterion each."""
    each = -(-criteria // standards)
    document = {
        "framework": "made",
        "version": "1",
        "title": f"A made framework of {criteria}",
        "scale": [
            {"level": value, "label": f"Step {value}", "meaning": f"What step {value} means."}
            for value in range(levels)
        ],
        "standards": [
            {
                "id": f"S{standard}",
                "title": f"Standard number {standard} with a title",
                "definition": "What the standard is about, in a sentence of usual length for such a thing.",
                "criteria": [
                    _made_criterion(f"S{standard}-{number}", number, levels, groups)
                    for number in range(min(each, criteria - standard * each))
                ],
            }
            for standard in range(standards)
        ],
    }
    return framework_from(document, "sha256:0")


def _made_criterion(name: str, number: int, levels: int, groups: bool) -> dict[str, Any]:
    return {
        "id": name,
        "core": number == 0,
        "statement": f"Statement {name}, which says what good practice would look like here.",
        "levels": [f"What would be seen at step {value}, in a usual sentence." for value in range(levels)],
        **({"group": f"Group {number // 5}"} if groups else {}),
    }
