"""No sink takes an escape sequence or a mark of direction from a file, its name or an id."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ESCAPE = "\x1b]0;other title\x07\x1b[31m\u202egnp\u2066\x9b31m"
HIDDEN = frozenset(map(chr, (*range(9), *range(11, 32), *range(127, 160)))) | frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
HEADER = (
    "##fileformat=VCFv4.2\n"
    f'##FILTER=<ID=PASS,Description="{ESCAPE}">\n'
    "##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
)
ROW = "chr17\t42329643\t.\tG\tA\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\n"
PLACES = {
    "id": ("", ROW),
    "contig": ("chr17", ROW + ROW.replace("chr17", f"chr17{ESCAPE}")),
    "position": ("42329643", ROW.replace("42329643", ESCAPE)),
    "filter": ("PASS", ROW.replace("PASS", ESCAPE)),
    "genotype": ("0/1", ROW.replace("0/1", ESCAPE)),
}


def told(folder: Path, *words: str) -> str:
    """Return what a command prints."""
    command = [sys.executable, "-m", "hies_annot", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def hidden(text: str) -> set[str]:
    return HIDDEN.intersection(text.replace("\r\n", "\n"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hidden")
    for name, (_, rows) in PLACES.items():
        path = folder / f"{name}{ESCAPE if name == 'id' else ''}.vcf"
        path.write_text(f"{HEADER}{name}{ESCAPE}\n{rows}", encoding="utf-8")
    (folder / f"none{ESCAPE}.vcf").write_text(f"no VCF {ESCAPE}", encoding="utf-8")
    sheet = f"sample\tvcf\nS{ESCAPE}\tlost{ESCAPE}.vcf\n"
    (folder / "sheet.tsv").write_text(sheet, encoding="utf-8")
    (folder / "config.yaml").write_text('"k\\u202e\\e]0;x\\a": 3\n', encoding="utf-8")
    return folder


def test_files_and_terminal(folder: Path) -> None:
    vcfs = sorted(path.name for path in folder.glob("*.vcf"))
    printed = told(folder, "run", *vcfs, "-o", "out")
    assert "[U+001B]" in printed
    assert hidden(printed) == set()
    read = 0
    for path in (folder / "out").rglob("*"):
        if path.suffix in (".html", ".tsv", ".yml") or path.name.endswith("_mqc.json"):
            assert hidden(path.read_text(encoding="utf-8")) == set(), path.name
        elif path.name.endswith(".vcf.gz"):
            assert hidden(gzip.decompress(path.read_bytes()).decode()) == set(), path.name
        elif path.suffix == ".json" and path.parent.name != "out":
            read += json.loads(path.read_text(encoding="utf-8"))["sample"].count(ESCAPE)
    assert read == len(PLACES) + 1, "the JSON, which programs read, has the ids as they are"


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--samples", "sheet.tsv", "-o", "second"],
        ["run", "--samples", f"lost{ESCAPE}"],
        ["check", "--config", "config.yaml"],
        ["variant", f"17-42329643-G-{ESCAPE}"],
        ["variant", f"NM_139276.3:c.1144{ESCAPE}"],
        ["diff", ".", f"lost{ESCAPE}"],
        ["verify", f"lost{ESCAPE}"],
        ["summarise", f"--lost{ESCAPE}"],
    ],
    ids=lambda words: words[0],
)
def test_messages(folder: Path, words: list[str]) -> None:
    printed = told(folder, *words)
    assert printed
    assert hidden(printed) == set()


def test_a_log_of_faults_of_the_program(tmp_path: Path) -> None:
    """The log is read in a terminal, too."""
    script = (
        "import sys; from pathlib import Path\n"
        "from hies_annot.errors import UNFORESEEN\n"
        "from hies_annot.run.debug_log import keep_debug_log\n"
        "keep_debug_log(Path('debug.log'))\n"
        "UNFORESEEN.error(sys.argv[1])\n"
    )
    command = [sys.executable, "-c", script, f"value {ESCAPE}"]
    subprocess.run(command, cwd=tmp_path, check=True, env={**os.environ})
    text = (tmp_path / "debug.log").read_text(encoding="utf-8")
    assert "[U+202E]" in text
    assert hidden(text) == set()
