"""All adapters of HIES-bench by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.hies_bench import adapter_hies_annot
from benchmarks.hies_bench.adapter import Adapter
from benchmarks.hies_bench.case_file import Case, unpack
from benchmarks.hies_bench.score import Said

ADAPTERS: dict[str, Adapter] = {one.name: one for one in (adapter_hies_annot.ADAPTER,)}


def answers_of(name: str, cases: Sequence[Case], folder: Path) -> list[Said]:
    """Return the answers of a tool; all files go into `folder`.

    Raises:
        SystemExit: there is no such adapter, or a program that it needs is not installed.
    """
    if name not in ADAPTERS:
        raise SystemExit(f"no adapter '{name}': there are {', '.join(ADAPTERS)}")
    adapter = ADAPTERS[name]
    if adapter.missing():
        raise SystemExit(f"{name} needs {', '.join(adapter.missing())}: {adapter.install}")
    unpack(cases, folder / "cases")
    work = folder / name
    work.mkdir()
    return adapter.answer(cases, folder / "cases", work)
