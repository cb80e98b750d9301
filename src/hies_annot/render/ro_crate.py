"""The description of a results folder as an RO-Crate 1.1, https://w3id.org/ro/crate/1.1. Pure.

It has what that specification demands of a root data set (name, description, date, licence), the
files of the run, and the run itself as an action of the program. Nothing names a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

METADATA = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1"
_FORMATS = {
    "tsv": "text/tab-separated-values",
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "yml": "application/yaml",
    "parquet": "application/vnd.apache.parquet",
}
_PROGRAM, _RUN = "#hies-annot", "#run"


class CratePart(Struct, frozen=True):
    """A file of the folder, or with `size` None a folder in it (its name ends in `/`)."""

    name: str
    what: str
    size: int | None


class CrateWords(Struct, frozen=True):
    """What only the user can say of the data set."""

    name: str
    date: str
    licence: str


def crate_json(
    parts: Sequence[CratePart], software: Mapping[str, str], plan: str, words: CrateWords
) -> str:
    """Return the text of the metadata file.

    Args:
        parts: files and folders of the data set.
        software: versions by program, `hies-annot` among them.
        plan: digest of what the run was made from.
        words: name, date and licence.
    """
    graph = [*_head(parts, plan, words), *_made_by(parts, software), *map(_part, parts)]
    text = {"@context": f"{_CONTEXT}/context", "@graph": graph}
    return json.dumps(text, indent=2, ensure_ascii=False) + "\n"


def _head(parts: Iterable[CratePart], plan: str, words: CrateWords) -> Iterator[dict[str, object]]:
    yield {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _CONTEXT},
    }
    yield {
        "@id": "./",
        "@type": "Dataset",
        "name": words.name,
        "description": "Results of hies-annot: genotypes in STAT3 and ZNF341 that explain "
        "hyper-IgE syndrome. Research use only, not for diagnosis.",
        "datePublished": words.date,
        "license": words.licence,
        "identifier": plan,
        "hasPart": _ids(parts),
        "mentions": {"@id": _RUN},
    }


def _made_by(
    parts: Iterable[CratePart], software: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    below = {name: text for name, text in software.items() if name != "hies-annot"}
    yield {
        "@id": _RUN,
        "@type": "CreateAction",
        "name": "Run of hies-annot",
        "instrument": {"@id": _PROGRAM},
        "result": _ids(parts),
    }
    yield {
        "@id": _PROGRAM,
        "@type": "SoftwareApplication",
        "name": "hies-annot",
        "softwareVersion": software.get("hies-annot", "unknown"),
        "softwareRequirements": [f"{name} {text}" for name, text in below.items()],
    }


def _ids(parts: Iterable[CratePart]) -> list[dict[str, str]]:
    return [{"@id": part.name} for part in parts]


def _part(part: CratePart) -> dict[str, object]:
    kind = "Dataset" if part.size is None else "File"
    entity: dict[str, object] = {"@id": part.name, "@type": kind, "name": part.what}
    if part.size is not None:
        entity["contentSize"] = str(part.size)
        entity["encodingFormat"] = _FORMATS[part.name.rpartition(".")[2]]
    return entity
