"""A frequency of one group alone: too much of it denies, a little of it shows nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import one_person
import pytest

from hies_annot.results.contract import SampleResult
from hies_annot.run.engine import Engine
from hies_annot.settings.evidence_sources import EvidenceConfig, Source, SourceKind
from hies_annot.settings.run_config import RunConfig

PLACE = ("20", 33753265, "C", "T")
"""A stop codon of ZNF341 that is in no source that ships."""


def criteria(**info: str) -> tuple[SampleResult, dict[str, str]]:
    keys = "".join(f'##INFO=<ID={k},Number=A,Type=Float,Description="x">\n' for k in info)
    values = ";".join(f"{key}={value}" for key, value in info.items())
    chrom, pos, ref, alt = PLACE
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "g.vcf")
        path.write_text(
            f"##fileformat=VCFv4.2\n##contig=<ID=20,length=64444167>\n{keys}"
            "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
            f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t.\tPASS\t{values}\n"
        )
        source = Source(name="own", kind=SourceKind.POPULATION, path=str(path))
        engine = Engine(RunConfig(evidence=EvidenceConfig(embedded=False, sources=(source,))))
        record = f"chr{chrom}\t{pos}\t.\t{ref}\t{alt}\t60\tPASS\t.\tGT:AD:DP:GQ\t1/1:0,40:40:99"
        result = one_person.result_of(engine, vcf={"P.vcf": one_person.vcf([record])})
    (variant,) = result.variants
    return result, {c.code: c.met for c in variant.acmg.criteria}


@pytest.mark.parametrize("group", ["AF_grpmax", "AF_popmax", "AF_grpmax_joint"])
@pytest.mark.parametrize(
    ("frequency", "pm2", "bs1", "ba1"),
    [
        ("1e-6", "met", "not_met", "not_met"),
        ("5e-4", "not_assessable", "not_met", "not_met"),
        ("0.02", "not_met", "met", "not_met"),
        ("0.08", "not_met", "not_met", "met"),  # BS1 is counted as BA1
    ],
)
def test_the_highest_group_counts(group, frequency, pm2, bs1, ba1):
    for whole in ("1e-6", "."):  # of all groups together: known, or not
        result, met = criteria(AF=whole, **{group: frequency})
        assert (met["PM2"], met["BS1"], met["BA1"]) == (pm2, bs1, ba1)
    told = result.variants[0].population[0]
    assert told.group_frequency == float(frequency)


def test_counts_of_the_group_tell_more():
    _, met = criteria(AF="1e-6", AF_grpmax="5e-4", AC_grpmax="1", AN_grpmax="2000")
    assert (met["PM2"], met["BS1"]) == ("met", "not_met")
    _, met = criteria(AF="1e-6", AF_grpmax="5e-3", AC_grpmax="100", AN_grpmax="20000")
    assert (met["PM2"], met["BS1"]) == ("not_met", "met")


@pytest.mark.parametrize("group", ["afr", "eas", "joint_sas"])
def test_single_groups_tell_the_highest_one(group):
    for other in ("nfe", "amr"):
        rare = {"AF": "1e-5", f"AF_{other}": "1e-6"}
        _, met = criteria(**rare, **{f"AF_{group}": "0.06"})
        assert (met["PM2"], met["BA1"]) == ("not_met", "met")
        _, met = criteria(**rare, **{f"AC_{group}": "100", f"AN_{group}": "20000"})
        assert (met["PM2"], met["BS1"]) == ("not_met", "met")
        _, met = criteria(**rare, **{f"AC_{group}": "1", f"AN_{group}": "20000"})
        assert (met["PM2"], met["BS1"]) == ("met", "not_met")
    few = {f"AC_{group}": "30", f"AN_{group}": "500"}  # too few to say anything
    _, met = criteria(AF="1e-5", **few)
    assert (met["PM2"], met["BS1"]) == ("met", "not_met")


def test_a_file_that_states_the_highest_faf95_needs_no_single_group():
    figures = {"AF": "1e-5", "fafmax_faf95_max": ".", "AF_eas": "0.06"}
    _, met = criteria(**figures)
    assert (met["PM2"], met["BS1"]) == ("met", "not_met")


def test_too_few_alleles_are_told():
    result, _ = criteria(AF="0.06", AC="6", AN="100")
    (reason,) = [c.reason for c in result.variants[0].acmg.criteria if c.code == "PM2"]
    assert "100 alleles in own, 2000 are needed" in reason
