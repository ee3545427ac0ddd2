"""Opening a saved answers file: any file is read strictly, and every fault is told."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.datastructures import FileStorage

from ..catalogue import read_assessment, read_document
from ..domain.assessment import Answer, Assessment
from ..domain.errors import Fault, InvalidDocument, NotFound
from ..domain.standards import Framework
from .site import site
from .texts import clean

NAME = "the file"  # a file's own name is not ours to repeat: it can be long, and it is the person's own
MOST_SHOWN = 20


def opened(file: FileStorage | None) -> tuple[Framework, Assessment]:
    """The answers in an uploaded file, and the standards they answer. Raises InvalidDocument."""
    content = file.read() if file else b""
    document = read_document(content, NAME, site().context.schemas.answers)
    framework = _framework(document["framework"], document["version"])
    return framework, _cleaned(read_assessment(content, NAME, site().context.schemas, framework))


def _framework(name: str, version: str) -> Framework:
    shelf = site().context.shelf
    try:
        return shelf.get(name, version)
    except NotFound:
        here = ", ".join(
            f"{framework.framework} {framework.version}"
            for known in shelf.frameworks()
            for framework in shelf.versions(known)
        )
        wrong = f"the answers are for {name} {version}, which is not here"
        raise InvalidDocument(NAME, [Fault("$.version", wrong, f"there is {here}")]) from None


def _cleaned(assessment: Assessment) -> Assessment:
    scope = assessment.scope
    return replace(
        assessment,
        organisation=clean(assessment.organisation),
        scope=replace(scope, kind=clean(scope.kind), name=clean(scope.name), about=clean(scope.about)),
        answers={name: _clean_answer(answer) for name, answer in assessment.answers.items()},
    )


def _clean_answer(answer: Answer) -> Answer:
    return replace(
        answer,
        not_applicable=clean(answer.not_applicable),
        evidence=clean(answer.evidence),
        reason=clean(answer.reason),
        note=clean(answer.note),
    )


def faults_in_words(error: InvalidDocument) -> list[tuple[str, str]]:
    """Each fault as its place and what is wrong there, the first ones only where there are very many."""
    return [(_place(fault.path), _sentence(fault)) for fault in error.faults[:MOST_SHOWN]]


def _place(path: str) -> str:
    return path.removeprefix("$").lstrip(".").replace(".", " › ")


def _sentence(fault: Fault) -> str:
    return f"{fault.wrong}; {fault.expected}" if fault.expected else fault.wrong
