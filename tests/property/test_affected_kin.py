"""An affected sample without the genotype of an affected relative is told of; nobody else is."""

from __future__ import annotations

from pathlib import Path

import one_person
import pytest

from hies_annot.run.analyse import analyse_rows

DOMINANT = "chr17\t42329643\t.\tG\tA\t60\tPASS\t.\tGT:AD:DP:GQ\t"
STOP = "chr20\t33753265\t.\tC\tT\t60\tPASS\t.\tGT:AD:DP:GQ\t"
OTHER_STOP = "chr20\t33757310\t.\tC\tT\t60\tPASS\t.\tGT:AD:DP:GQ\t"
CALLS = {"0": "0/0:40,0:40:99", "1": "0/1:20,20:40:99", "2": "1/1:0,40:40:99", ".": "./.:.:.:."}


def told(genotypes: dict[str, str], folder: Path, *, own: str = "yes", kin: str = "yes") -> bool:
    """Whether sample P is told of its sibling S; each has copies of the three alleles."""
    columns = "P\tS\tF\tM"
    records = [
        place + "\t".join(CALLS[genotypes.get(name, "...")[at]] for name in columns.split("\t"))
        for at, place in enumerate((DOMINANT, STOP, OTHER_STOP))
    ]
    file = folder / "family.vcf"
    file.write_text(one_person.vcf(records, columns=columns))
    family = {"vcf": str(file), "father": "F", "mother": "M"}
    rows = [{"sample": "P", "affected": own, **family}, {"sample": "S", "affected": kin, **family}]
    result, _ = analyse_rows(one_person.usual_engine(), rows, (), batch=None)
    return any("the affected sibling S has a genotype" in text for text in result.warnings)


@pytest.mark.parametrize(
    ("own", "sibling", "expected"),
    [
        ("000", "100", True),
        ("100", "100", False),
        ("200", "100", False),
        ("...", "100", True),
        ("010", "020", True),
        ("020", "020", False),
        ("000", "011", True),
        ("010", "011", True),
        ("011", "011", False),
        ("000", "010", False),  # a carrier's disease has another cause
        ("000", "000", False),
        ("000", "...", False),
    ],
)
def test_what_explains_a_relative_is_looked_for(tmp_path, own, sibling, expected):
    people = {"P": own, "S": sibling}
    assert told(people, tmp_path) is expected
    for words in ({"own": "no"}, {"own": "unknown"}, {"kin": "no"}, {"kin": "unknown"}):
        assert not told(people, tmp_path, **words)
