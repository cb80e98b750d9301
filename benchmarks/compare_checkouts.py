"""Show that two checkouts give the same files: `python benchmarks/compare_checkouts.py OLD [NEW]`.

Both analyse the example batch, every golden case and the VCFs that are named behind `--vcf`, each
with its own code and its own resources but with this Python; then all files are compared byte by
byte, what was printed and the exit codes with them. The example batch and the cases are those of
NEW (this checkout, if it is not named), so a case that is new can be compared too.

The exit code is 0 where everything is equal, 1 where a file differs (each is named).
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FILES = ("vcf", "callable", "sv_vcf", "bam")
DRIVER = """
import contextlib, json, sys
from hies_annot.cli.main import main
for label, arguments in json.load(open(sys.argv[1])):
    with open(f"{label}.printed", "w") as words:
        with contextlib.redirect_stdout(words), contextlib.redirect_stderr(words):
            try:
                code = main(arguments)
            except SystemExit as ended:
                code = ended.code
        print("exit code", code, file=words)
"""
"""Runs many commands in one process; it stands in the folder that the results go to."""

Task = tuple[str, list[str]]
"""A name, and the arguments of `hies-annot`."""


def tasks(checkout: Path, vcfs: list[str], inputs: Path) -> Iterator[Task]:
    """Yield what is to be run; sheets and configurations that are missing are written."""
    sheet = checkout / "resources/example/samples.tsv"
    yield "example", ["run", "--samples", str(sheet), "-o", "example", "-q"]
    if vcfs:
        yield "vcfs", ["run", *vcfs, "-o", "vcfs", "-q"]
    for folder in sorted(path.parent for path in checkout.glob("tests/cases/*/case.yaml")):
        document = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
        yield folder.name, case_arguments(folder, document, inputs)


def case_arguments(folder: Path, document: dict[str, Any], inputs: Path) -> list[str]:
    """Return the arguments that run one golden case."""
    rows = [
        {"vcf": str(folder / "input.vcf"), **row}
        | {key: str(folder / row[key]) for key in FILES if key in row}
        for row in document["samples"]
    ]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = ["\t".join(columns), *("\t".join(str(row.get(c, "")) for c in columns) for row in rows)]
    config = document.get("config", {})
    for source in config.get("evidence", {}).get("sources", []):
        source["path"] = str(folder / source["path"])
    (inputs / f"{folder.name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (inputs / f"{folder.name}.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    given = [f"--config={inputs / folder.name}.yaml", f"--samples={inputs / folder.name}.tsv"]
    return ["run", *given, "-o", folder.name, "-q"]


def run_all(checkout: Path, todo: Path, output: Path) -> None:
    """Run all tasks with the code of a checkout."""
    output.mkdir()
    places = {"PYTHONPATH": str(checkout / "src"), "HIES_ANNOT_CACHE": str(output.parent / "cache")}
    subprocess.run(
        [sys.executable, "-c", DRIVER, str(todo)],
        cwd=output,
        check=True,
        env={**os.environ, **places, "PYTHONSAFEPATH": "1"},
    )


def differences(old: Path, new: Path) -> tuple[int, list[str]]:
    """Return how many files were compared, and the names of those that are not equal."""
    names = {
        path.relative_to(root).as_posix()
        for root in (old, new)
        for path in root.rglob("*")
        if path.is_file()
    }
    unequal = [name for name in names if not same(old / name, new / name)]
    return len(names), sorted(unequal)


def same(one: Path, other: Path) -> bool:
    """Whether both files are there and equal."""
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def main() -> int:
    """Compare two checkouts."""
    parser = argparse.ArgumentParser(description="Compare the results of two checkouts.")
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path, nargs="?", default=Path(__file__).parents[1])
    parser.add_argument("--vcf", nargs="*", default=[], metavar="VCF", help="more input")
    parser.add_argument("--keep", type=Path, help="folder in which the results stay")
    given = parser.parse_args()
    work = given.keep or Path(tempfile.mkdtemp(prefix="compare-"))
    inputs = work / "inputs"
    inputs.mkdir(parents=True)
    vcfs = [str(Path(name).resolve()) for name in given.vcf]
    todo = work / "tasks.json"
    todo.write_text(json.dumps(list(tasks(given.new.resolve(), vcfs, inputs))), encoding="utf-8")
    for name, checkout in (("old", given.old), ("new", given.new)):
        run_all(checkout.resolve(), todo, work / name)
    count, unequal = differences(work / "old", work / "new")
    for name in unequal:
        print(f"differs: {name}")
    print(f"{count} files compared, {len(unequal)} differ")
    return 1 if unequal else 0


if __name__ == "__main__":
    sys.exit(main())
