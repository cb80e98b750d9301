"""Every curated variant, heterozygous and homozygous, through the whole chain to its status."""

from __future__ import annotations

import pytest

from hies_annot.evidence.curated import read_known
from hies_annot.evidence.known_alleles import KNOWN
from hies_annot.model import KnownVariant, Mechanism
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig
from hies_annot.shipped import resource_path

ROWS = sorted(
    read_known(resource_path(KNOWN)), key=lambda row: (int(row.chrom), row.pos, row.ref, row.alt)
)
CALLS = {"het": "0/1:20,20:40:99", "hom": "1/1:0,40:40:99"}
COLUMNS = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT")
NOT_CARRIED = "0/0:40,0:40:99"
EXCEPTIONS = {
    "p.(Asn466Ser)": "possible",  # ClinVar P, one star; nothing tells the mechanism
    "p.(Ser614Gly)": "possible",  # ClinVar P, one star; nothing tells the mechanism
    "p.(Met660Thr)": "possible",  # ClinVar P, two stars; nothing tells the mechanism
    "p.(Leu706Pro)": "possible",  # ClinVar P, two stars; nothing tells the mechanism
    "p.(Gly618Asp)": "possible",  # ClinVar P without a star; mechanism not reported
    "p.(Asp237fs)": "possible",  # truncation
    "p.(Asn395Tyr)": "possible",  # uncertain in the source
    "p.(Asn425Tyr)": "possible",  # uncertain in the source
}


def expected(row: KnownVariant, zygosity: str) -> str:
    """The rule table of the two genes, by mechanism."""
    mechanisms = set(row.mechanisms)
    if mechanisms == {Mechanism.BENIGN}:
        return "inconclusive"
    if mechanisms & {Mechanism.GAIN_OF_FUNCTION, Mechanism.SOMATIC_ACTIVATING}:
        return "differential"
    if mechanisms == {Mechanism.LOSS_OF_FUNCTION}:
        return "relevant" if zygosity == "hom" else "carrier"
    return EXCEPTIONS[row.hgvs_p] if mechanisms == {Mechanism.UNRESOLVED} else "relevant"


@pytest.fixture(scope="module", params=sorted(CALLS))
def results(request, tmp_path_factory):
    """One cohort file: sample S<i> carries curated variant i and no other."""
    names = [f"S{index}" for index in range(len(ROWS))]
    lines = [
        "##fileformat=VCFv4.2",
        "##contig=<ID=chr17,length=83257441>",
        "##contig=<ID=chr20,length=64444167>",
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">',
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">',
        '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">',
        "\t".join([*COLUMNS, *names]),
    ]
    for index, row in enumerate(ROWS):
        cells = [f"chr{row.chrom}", str(row.pos), ".", row.ref, row.alt, "50", "PASS", "."]
        calls = [NOT_CARRIED] * len(ROWS)
        calls[index] = CALLS[request.param]
        lines.append("\t".join([*cells, "GT:AD:DP:GQ", *calls]))
    path = tmp_path_factory.mktemp("cohort") / "cohort.vcf"
    path.write_text("\n".join(lines) + "\n")
    rows = [{"sample": name, "vcf": str(path), "vcf_sample": name} for name in names]
    engine = Engine(RunConfig())
    return request.param, list(analyse_rows(engine, rows, [], batch="b"))


def test_each_curated_variant_reaches_the_status_of_its_mechanism(results):
    zygosity, found = results
    wrong = [
        (row.hgvs_c, row.hgvs_p, result.status, expected(row, zygosity))
        for row, result in zip(ROWS, found, strict=True)
        if result.status != expected(row, zygosity)
    ]
    assert wrong == []


def test_no_gain_of_function_variant_is_called_hies(results):
    _, found = results
    for row, result in zip(ROWS, found, strict=True):
        if Mechanism.GAIN_OF_FUNCTION in row.mechanisms:
            assert "STAT3-AD-HIES" not in [condition.id for condition in result.conditions]
