"""versions.yml: what ran, in the form of the files of nf-core's pipelines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

PROGRAM = "hies-annot"


def versions_yml(software: Mapping[str, str], ran_by: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the file: a mapping from who ran to the versions of its programs.

    Args:
        software: versions of the program and of what it stands on, as the results state them.
        ran_by: what called the program, with its version.
    """
    yield from _part(PROGRAM, software)
    if ran_by:
        workflow = {PROGRAM: software.get(PROGRAM, "unknown"), **ran_by}
        yield from _part("Workflow", workflow)


def _part(name: str, versions: Mapping[str, str]) -> Iterator[str]:
    yield f"{_text(name)}:\n"
    for program, version in versions.items():
        yield f"    {_text(program)}: {_text(version)}\n"


def _text(value: str) -> str:
    """Return a YAML string that is never taken for a number: `3.10` is no figure."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
