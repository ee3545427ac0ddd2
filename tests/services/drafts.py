"""A next version of the standards that are shipped, as staff would bring it."""

from __future__ import annotations

import json
from typing import Any

from pedri_assess.config import data_dir

Document = dict[str, Any]


def next_version(version: str = "2026.1", **more: Any) -> Document:
    """The newest version with another number: each criterion comes unchanged, but the first, reworded."""
    document: Document = json.loads((data_dir("standards") / "pedri" / "2025.1.json").read_text("utf-8"))
    document |= {"version": version, "status": "draft", "retired": []}
    document.pop("released", None)
    criteria = [item for standard in document["standards"] for item in standard["criteria"]]
    for item in criteria:
        item["from"] = [{"version": "2025.1", "id": item["id"], "link": "unchanged"}]
    criteria[0]["statement"] = "We talk about data in words that everyone knows."
    criteria[0]["from"][0]["link"] = "reworded"
    return document | more


def as_file(document: Document) -> bytes:
    """The file of a document."""
    return json.dumps(document, ensure_ascii=False).encode()
