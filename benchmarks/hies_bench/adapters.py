"""All adapters of HIES-bench by name, and the answers of tools that are kept in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.hies_bench import (
    adapter_csq,
    adapter_filter,
    adapter_genmod,
    adapter_hies_annot,
    adapter_snpeff,
)
from benchmarks.hies_bench.adapter import Adapter, write_said
from benchmarks.hies_bench.case_file import Case, unpack
from benchmarks.hies_bench.score import Said

KEPT = Path(__file__).with_name("answers")
ADAPTERS: dict[str, Adapter] = {
    one.ADAPTER.name: one.ADAPTER
    for one in (adapter_hies_annot, adapter_genmod, adapter_csq, adapter_snpeff, adapter_filter)
}
NOT_HERE = {
    "slivar": "in no registry that was looked at (PyPI, Debian, npm); its binary is a download",
    "Ensembl VEP": "not in those registries; the baseline states what is usually done with it",
}
"""Tools that were looked for, and why they do not run."""


def adapter_of(name: str) -> Adapter:
    """Return an adapter that can run here.

    Raises:
        SystemExit: there is no such adapter, or a program that it needs is not installed.
    """
    if name not in ADAPTERS:
        raise SystemExit(f"no adapter '{name}': there are {', '.join(ADAPTERS)}")
    adapter = ADAPTERS[name]
    if adapter.missing():
        raise SystemExit(f"{name} needs {', '.join(adapter.missing())}: {adapter.install}")
    return adapter


def answers_of(name: str, cases: Sequence[Case], folder: Path) -> list[Said]:
    """Return the answers of a tool; all files go into `folder`."""
    adapter = adapter_of(name)
    unpack(cases, folder / "cases")
    work = folder / name
    work.mkdir(parents=True, exist_ok=True)
    return adapter.answer(cases, folder / "cases", work)


def keep(name: str, said: Sequence[Said]) -> None:
    """Keep the answers of a tool and its version in the tree, without notes."""
    write_said(KEPT / f"{name}.tsv", [replace(row, note="") for row in said])
    version = ADAPTERS[name].version()
    (KEPT / f"{name}.version").write_text(f"{version}\n", encoding="utf-8")
