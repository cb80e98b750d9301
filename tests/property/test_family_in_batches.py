"""A family has one answer, however its members are spread over batches and sheet and PED."""

from __future__ import annotations

import json
from pathlib import Path

import one_person
import pytest
from click.testing import CliRunner

from hies_annot.cli.main import cli

FIRST = "chr20\t33753265\t.\tC\tT\t60\tPASS\t.\tGT:AD:DP:GQ\t"
SECOND = "chr20\t33757310\t.\tC\tT\t60\tPASS\t.\tGT:AD:DP:GQ\t"
HET, REF = "0/1:20,20:40:99", "0/0:40,0:40:99"
PEOPLE = {"P": (HET, HET), "S": (HET, HET), "F": (HET, REF), "M": (REF, HET)}
PED = "1\tP\tF\tM\t1\t2\n1\tS\tF\tM\t2\t2\n1\tF\t0\t0\t1\t1\n1\tM\t0\t0\t2\t1\n"


def answers(folder: Path, batches: str, *, ped: bool, sheet: bool) -> dict[str, object]:
    """Return status and criteria of each member; `batches` has one letter for each of them."""
    family = {"P": "F\tM\tyes", "S": "F\tM\tyes", "F": "\t\tno", "M": "\t\tno"}
    rows = ["sample\tvcf\tbatch" + ("" if ped else "\tfather\tmother\taffected")]
    for (name, calls), batch in zip(PEOPLE.items(), batches, strict=True):
        records = [f"{FIRST}{calls[0]}", f"{SECOND}{calls[1]}"]
        Path(folder, f"{name}.vcf").write_text(one_person.vcf(records, columns=name))
        rows.append(f"{name}\t{name}.vcf\t{batch}" + ("" if ped else f"\t{family[name]}"))
    Path(folder, "sheet.tsv").write_text("\n".join(rows) + "\n")
    Path(folder, "families.ped").write_text(PED)
    Path(folder, "config.yaml").write_text("batch_size: 1\n")
    files = [f"{folder}/{name}.vcf" for name in PEOPLE]
    words = ["run", *(["--samples", f"{folder}/sheet.tsv"] if sheet else files)]
    words += ["--ped", f"{folder}/families.ped"] if ped else []
    out = folder / "out"
    done = CliRunner().invoke(cli, [*words, "--config", f"{folder}/config.yaml", "-o", str(out)])
    assert done.exit_code == 0, done.output
    found = {}
    for lines in out.glob("*.jsonl"):
        for line in lines.read_text().splitlines():
            result = json.loads(line)
            criteria = [
                (variant["id"], one["code"], one["met"], one["reason"])
                for variant in result["variants"]
                for one in (variant["acmg"] or {"criteria": ()})["criteria"]
            ]
            found[result["sample"]] = (result["status"], result["status_reason"], criteria)
    return found


@pytest.mark.parametrize(
    ("batches", "ped", "sheet"),
    [
        ("abab", False, True),
        ("abcd", False, True),
        ("aabb", True, True),
        ("abcd", True, True),
        ("aaaa", True, False),
    ],
)
def test_the_batches_of_relatives_tell_nothing(tmp_path, batches, ped, sheet):
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    together = answers(tmp_path / "one", "aaaa", ped=False, sheet=True)
    assert together["P"][0] == "relevant"
    assert any("sibling S" in reason for *_, reason in together["P"][2])
    assert answers(tmp_path / "other", batches, ped=ped, sheet=sheet) == together
