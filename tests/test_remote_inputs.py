"""The golden cases from a server: the result is that of the same files read here, to the letter."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pysam
import pytest
from range_server import Server, serving

from hies_annot.io.remote import remote_copy, row_transport
from hies_annot.io.remote.transport import Patience
from hies_annot.write.sample_files import result_json

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/case.yaml"))
OWN = ("input.vcf", "sv.vcf", "father.vcf", "mother.vcf")
"""Files of people; all others of a case are tables of evidence, or BED."""


class Served:
    """A folder of which the files but alignments are named by an address."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder

    def __truediv__(self, name: str) -> str:
        here = str(self.folder / name)
        return here if name.endswith((".bam", ".cram")) else f"{self.address}{name}"


@pytest.fixture(autouse=True)
def _as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read every file by its index, as if it were too large to be fetched whole."""
    monkeypatch.setattr(remote_copy, "SMALL", 0)
    monkeypatch.setattr(row_transport, "PATIENCE", Patience(timeout=30, tries=3, pause=0))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    # The port may be one that an earlier test has had: the path tells the files of both apart.
    with serving(tmp_path.parent) as running:
        yield running


def place(line: str) -> tuple[str, int]:
    chrom, pos, *_ = line.split("\t")
    return chrom, int(pos) if pos.isdecimal() else 0


def packed(name: str, folder: Path, *, csi: bool) -> dict[str, str]:
    """Copy a case with its VCFs sorted, in blocks and indexed; return their new names."""
    found = {}
    for path in (CASES / name).iterdir():
        if path.name not in OWN:
            shutil.copy(path, folder / path.name)
            continue
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        count = next(number for number, line in enumerate(lines) if line.startswith("#CHROM")) + 1
        found[path.name] = f"{path.name}.gz"
        target = folder / found[path.name]
        with pysam.BGZFile(str(target), "wb", None) as file:
            file.write("".join([*lines[:count], *sorted(lines[count:], key=place)]).encode())
        pysam.tabix_index(str(target), preset="vcf", force=True, csi=csi)
    return found


@pytest.mark.parametrize("csi", [False, True], ids=["tbi", "csi"])
@pytest.mark.parametrize("name", NAMES)
def test_same_result_from_a_server(
    name: str, csi: bool, server: Server, golden: Any, tmp_path: Path
) -> None:
    names = packed(name, tmp_path, csi=csi)
    here = [*map(result_json, golden.run(name, tmp_path, packed=names))]
    assert server.asked == []
    there = [
        *map(
            result_json,
            golden.run(name, Served(f"{server.address}{tmp_path.name}/", tmp_path), packed=names),
        )
    ]
    assert there == here
    assert any(path.endswith("input.vcf.gz") for path in server.bodies())
