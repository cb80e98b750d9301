"""HIES-bench on the command line: `python -m benchmarks.hies_bench COMMAND` in the repository.

make                      write cases.jsonl anew
unpack DIR                lay the cases out as files, a folder each
score FILE.tsv            score the answers of a tool
run --adapter NAME        answer and score with a tool that is installed here
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.hies_bench import case_file
from benchmarks.hies_bench.score import Said, read_said, score, table


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="hies-bench", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("make", help="write cases.jsonl anew")
    unpack = commands.add_parser("unpack", help="lay the cases out as files")
    unpack.add_argument("folder", type=Path)
    scored = commands.add_parser("score", help="score the answers of a tool")
    scored.add_argument("file", type=Path, help="TSV with the columns case and answer")
    scored.add_argument("--cases", action="store_true", help="list every case that is not right")
    run = commands.add_parser("run", help="answer and score with a tool")
    run.add_argument("--adapter", required=True)
    run.add_argument("-o", "--output", type=Path, help="write the answers here, too")
    run.add_argument("--cases", action="store_true", help="list every case that is not right")
    every = commands.add_parser("all", help="run every tool that is installed here")
    every.add_argument("--adapter", action="append", help="only this one (several times)")
    every.add_argument("--work", type=Path, help="keep the working files in this new folder")
    commands.add_parser("names", help="published names through the tools that name changes")
    commands.add_parser("page", help="renew page and plot from the answers that are kept")
    options = parser.parse_args()
    globals()[f"_{options.command}"](options)


def _make(_: argparse.Namespace) -> None:
    from benchmarks.hies_bench.make_cases import all_cases  # noqa: PLC0415 - needs hies-annot

    cases = all_cases()
    case_file.write(cases)
    print(f"{len(cases)} cases, version {case_file.VERSION}, SHA-256 {case_file.digest()}")


def _unpack(options: argparse.Namespace) -> None:
    case_file.unpack(case_file.load(), options.folder)


def _score(options: argparse.Namespace) -> None:
    _tell(read_said(options.file), every=options.cases)


def _run(options: argparse.Namespace) -> None:
    from benchmarks.hies_bench.adapter import claimed, write_said  # noqa: PLC0415
    from benchmarks.hies_bench.adapters import ADAPTERS, answers_of  # noqa: PLC0415 - needs hies-annot

    with tempfile.TemporaryDirectory() as folder:
        told = answers_of(options.adapter, case_file.load(), Path(folder))
    said = claimed(ADAPTERS[options.adapter], case_file.load(), told)
    if options.output:
        write_said(options.output, said)
    _tell(said, every=options.cases)


def _all(options: argparse.Namespace) -> None:
    from benchmarks.hies_bench import adapters, names  # noqa: PLC0415 - needs hies-annot

    with tempfile.TemporaryDirectory() as folder:
        work = options.work or Path(folder)
        for name, adapter in adapters.ADAPTERS.items():
            if options.adapter and name not in options.adapter:
                continue
            if adapter.missing():
                print(f"{name}: left out, {', '.join(adapter.missing())} not installed")
                continue
            adapters.keep(name, adapters.answers_of(name, case_file.load(), work))
            print(f"{name}: answered", flush=True)
        if not options.adapter:
            names.write(work / "names")
    _page(options)


def _names(options: argparse.Namespace) -> None:
    from benchmarks.hies_bench import names  # noqa: PLC0415 - needs hies-annot

    with tempfile.TemporaryDirectory() as folder:
        names.write(Path(folder) / "names")
    _page(options)


def _page(_: argparse.Namespace) -> None:
    from benchmarks.hies_bench import page  # noqa: PLC0415 - needs hies-annot

    page.write()


def _tell(said: list[Said], *, every: bool) -> None:
    cases = case_file.load()
    scores = score(cases, said)
    print(table(scores), end="")
    rows = {row.case: row for row in said}
    for case in cases if every else ():
        mark = scores.by_case[case.id]
        if mark not in ("right", "not applicable"):
            row = rows.get(case.id)
            print(f"{mark}: {case.id}: {row.answer if row else '-'}, "
                  f"not {' or '.join(case.expected.answers)}: {row.note if row else 'no row'}")  # fmt: skip


if __name__ == "__main__":
    main()
