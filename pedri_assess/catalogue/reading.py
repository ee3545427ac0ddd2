"""From the bytes of a file to a framework or an assessment, with every fault on the way."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rfc8785

from ..domain import shape
from ..domain.actions import Candidate, action_faults, actions_from
from ..domain.assessment import Assessment, assessment_faults, assessment_from
from ..domain.building import framework_from
from ..domain.checking import framework_faults
from ..domain.crosswalk import Crosswalk, Ids, crosswalk_faults, crosswalk_from
from ..domain.disclosure import Network, network_faults, network_from
from ..domain.documents import parse
from ..domain.edition import Edition, edition_faults, edition_from
from ..domain.errors import Fault, InvalidDocument
from ..domain.standards import Framework

Document = dict[str, Any]


@dataclass(frozen=True)
class Schemas:
    """The JSON Schemas of the documents; `report` is that of a report's edition."""

    framework: Document
    answers: Document
    result: Document
    report: Document
    actions: Document
    network: Document
    crosswalk: Document


def load_schemas(folder: Path) -> Schemas:
    """The schemas that lie beside the standards."""
    names = (
        "schema.json",
        "answers.schema.json",
        "result.schema.json",
        "report.schema.json",
        "actions.schema.json",
        "network.schema.json",
        "crosswalk.schema.json",
    )
    return Schemas(*(json.loads((folder / name).read_text("utf-8")) for name in names))


def read_framework(content: bytes, source: str, schemas: Schemas) -> tuple[Document, Framework]:
    """The framework document in a file's bytes, and the framework it describes.

    Raises InvalidDocument with every fault. Links to other versions are for the shelf to check.
    """
    document = read_document(content, source, schemas.framework)
    faults = framework_faults(document)
    if faults:
        raise InvalidDocument(source, faults)
    return document, framework_from(document, content_hash(document))


def read_crosswalk(content: bytes, source: str, schemas: Schemas, ids: Ids) -> Crosswalk:
    """A crosswalk between versions that `ids` knows. Raises InvalidDocument with every fault."""
    document = parse(content, source)
    if faults := shape.faults(document, schemas.crosswalk) or crosswalk_faults(document, ids):
        raise InvalidDocument(source, faults)
    return crosswalk_from(document)


def read_assessment(content: bytes, source: str, schemas: Schemas, framework: Framework) -> Assessment:
    """The assessment in an answers file's bytes, checked against its framework. Raises InvalidDocument."""
    document = read_document(content, source, schemas.answers)
    faults = assessment_faults(document, framework)
    if faults:
        raise InvalidDocument(source, faults)
    return assessment_from(document)


def read_edition(
    content: bytes, source: str, schemas: Schemas, framework: Framework, assessment: Assessment
) -> tuple[str, Edition]:
    """The release and the edition in a report.json's bytes, beside the answers. Raises InvalidDocument."""
    document = read_document(content, source, schemas.report)
    faults = edition_faults(document, framework, assessment)
    if faults:
        raise InvalidDocument(source, faults)
    release = document.pop("release")
    del document["format"]
    return release, edition_from(document)


def read_actions(
    content: bytes, source: str, schemas: Schemas, framework: Framework, assessment: Assessment
) -> tuple[Candidate, ...]:
    """The actions in an actions file's bytes, checked beside the answers. Raises InvalidDocument."""
    document = read_document(content, source, schemas.actions)
    faults = action_faults(document, framework, assessment)
    if faults:
        raise InvalidDocument(source, faults)
    return actions_from(document)


def read_network(content: bytes, source: str, schemas: Schemas) -> Network:
    """The network in a file's bytes. Raises InvalidDocument with every fault."""
    document = read_document(content, source, schemas.network)
    faults = network_faults(document)
    if faults:
        raise InvalidDocument(source, faults)
    return network_from(document)


def read_document(content: bytes, source: str, schema: Document) -> Document:
    """A JSON document of the shape that a schema describes. Raises InvalidDocument."""
    value: Document = parse(content, source)
    faults = shape.faults(value, schema)
    if faults:
        raise InvalidDocument(source, faults)
    return value


def content_hash(document: Document) -> str:
    """`sha256:` and the hash of the document's canonical form (RFC 8785): white space does not matter."""
    return f"sha256:{hashlib.sha256(rfc8785.dumps(document)).hexdigest()}"


def unreadable(source: str, error: OSError) -> InvalidDocument:
    """What to say about a file that cannot be opened or read."""
    reason = (error.strerror or type(error).__name__).lower()
    return InvalidDocument(source, [Fault("$", f"cannot be read: {reason}", "expected a file")])
