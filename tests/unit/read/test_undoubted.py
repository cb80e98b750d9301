from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.callability.records import VcfKind, read_evidence
from hies_annot.callability.required import required_regions
from hies_annot.callability.statements import Weight
from hies_annot.errors import InputError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.io.record.column_values import READ_KEYS
from hies_annot.io.record.vcf_line import VcfLine, parse_line
from hies_annot.model import Call, SampleSpec, Zygosity
from hies_annot.read import undoubted
from hies_annot.read.genotype import interpret
from hies_annot.read.one_pass import ReadingRules
from hies_annot.read.record_alleles import record_alleles
from hies_annot.read.samples import SampleRecords, read_group
from hies_annot.read.undoubted import Undoubted, at_least
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.call_thresholds import CallThresholds
from hies_annot.settings.callability_rules import CallabilityConfig

REFERENCE = embedded_reference(Build.GRCH38, default_genes())
RULES = ReadingRules(
    {build: embedded_reference(build, default_genes()) for build in Build}, CallThresholds(), None
)
STAT3 = required_regions(next(gene for gene in default_genes() if gene.name == "STAT3"), REFERENCE)
ELSEWHERE = {"17": ((1, 1),)}
"""Required bases that no record of these tests has."""
HARMLESS = {
    "ad_incomplete",
    "ad_uninformative",
    "ad_length",
    "counts_unused",
    "reads_from_fraction",
}
"""Flags of a reference call that say something of the file, not of the sample."""

GENOTYPES = ("0/0", "0|0", "0/0", "0/1", "./.", "0", "1/1", "", ".", "0/0/0", "0/.", "0/2")
COUNTS = ("30,0", "40,0", "0,40", "20,20", "29,1", "17,3", "14,1", "0,0", ".", ".,.", "30", "8,0")
VALUES = {
    "AD": (*COUNTS, "30,0,0", "20,0,9", "15,2,2"),
    "LAD": (*COUNTS, "30,0,0"),
    **dict.fromkeys(("DP", "NR", "MIN_DP", "DPI"), ("40", "15", "14", "0", ".", "many", "1e1")),
    **dict.fromkeys(("GQ", "GQX", "RGQ"), ("99", "20", "19", "19.9", "0", ".", "20.5", "high")),
    "FT": ("PASS", ".", "LowGQ", "PASS;LowGQ", "0", ""),
    **dict.fromkeys(("CN", "TCN"), ("2", "2.0", "0", "1", "3", ".", "1.6", "two")),
    "MCC": ("2", "."),
    "LGT": ("0/0", "0/1", "1/1", "."),
    "LA": ("0", "0,1", "1", "1,0", "."),
    "LAA": ("1", ".", "0"),
    "PL": ("0,90,900", "0,19,900", "0,0,0", "90,0,900", "0,90", "0,20,900", "."),
    "GL": ("0,-9,-90", "-0,-2.5,-9", "0,-1.9,-9", "-9,0,-9", "0,0,0", "-3,-9,-80", "."),
    "GP": ("1,0,0", "0.99,0.01,0", "0.4,0.6,0", "1.00,0.0,0", "0,90,900", "."),
    "DS": ("0", "0.2", "0.49", "0.5", "1", "0,0.9", "."),
    **dict.fromkeys(("DPR", "ADF", "ADR", "F1R2", "F2R1"), ("30,0", "9,9", "0,9", "30", ".")),
    **dict.fromkeys(("SB", "DP4"), ("15,15,0,0", "9,9,5,5", "0,0,9,9", "-0.5", ".")),
    "BCOUNT": ("0,0,30,0", "9,0,9,0", "."),
    "VR": ("0", "20", "."),
    "PQ": ("3", "99", "."),
    "PS": ("1", ".", "x"),
    **dict.fromkeys(("RO", "RD", "DR", "RR"), ("30", "0", "14", ".")),
    **dict.fromkeys(("AO", "DV", "RV", "VD", "NV"), ("0", "20", "1", ".", "0,0")),
    "PR": ("20,0", "2,20", "."),
    "RDCN": ("2", "-1", "0", "1", "1.3", ".", "3"),
    **dict.fromkeys(("RCL", "RCR"), ("900", "20", ".", "x")),
    "RD_CN": ("2", "0", "1", "."),
    "RD_GQ": ("99", "3", "."),
    "PF": ("PASS", "TR_OVERLAP", "0", "1", "1,0", "FAIL", "."),
    "PP": ("0,90,900", "0.99", "1", "0.4", "90,0,900", "0,3,900", "."),
    "JQ": ("40", "3", ".", "x"),
    "UG": ("0/0", "0/1", "."),
    "VAF": ("0", "0.00", "0.5", "1", ".", "0,0"),
    "FREQ": ("0%", "50%", "0,5%", "."),
}
ALTS = ("A", "A,T", "<DEL>", "<DUP>", "<NON_REF>", "A,<NON_REF>", ".", "*", "GA", "<CNV>")


Row = tuple[list[str], list[str]]
"""The shared part of a record, and its sample columns."""


@st.composite
def rows(draw: st.DrawFn, samples: int) -> Row:
    """Return a record in a required base with columns of random values."""
    others = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=4, unique=True))
    keys = ["GT", *others] if draw(st.integers(0, 9)) else draw(st.permutations(["GT", *others]))
    if not draw(st.integers(0, 15)):
        keys = ["LGT", *(key for key in others if key != "LGT")]
    columns = []
    for _ in range(samples):
        cells = [draw(st.sampled_from(GENOTYPES if k == "GT" else VALUES[k])) for k in keys]
        columns.append(":".join(cells[: draw(st.integers(1, len(cells)))]))
    alt = draw(st.sampled_from(ALTS))
    filters = draw(st.sampled_from(("PASS", ".", "PASS", "RefCall", "LowQual")))
    info = "SVTYPE=DEL;END=42329900" if alt.startswith("<") and "_" not in alt else "."
    return ["chr17", "42329643", ".", "G", alt, "50", filters, info, ":".join(keys)], columns


def parsed(head: list[str], columns: list[str]) -> VcfLine:
    text = "\t".join([*head, *columns])
    return parse_line(text, file="in.vcf", number=1, chrom="17", sample_count=len(columns))


def speaks(line: VcfLine, column: int, *, required: bool) -> str | None:
    """Return what a column says beyond plain reference, as it would be read alone."""
    try:
        fields = line.fields(column)
    except InputError:
        return "unreadable"
    for call in interpret(
        line.site, fields, record_alleles(line.site, REFERENCE), RULES.thresholds
    ):
        if call.zygosity is not Zygosity.HOM_REF or not HARMLESS.issuperset(call.flags):
            return f"{call.zygosity} {call.flags}"
    if not required:
        return None
    said = read_evidence(
        [(line.site, fields)], STAT3, VcfKind.VARIANTS, REFERENCE, RULES.callability
    ).statements
    closed = [one.reason for one in said if one.weight in (Weight.NOT_CALLABLE, Weight.NO_CALL)]
    return closed[0] if closed else None


@settings(max_examples=300, deadline=None)
@given(st.sampled_from((12, 60)).flatmap(rows), st.booleans())
def test_a_column_that_is_not_listed_says_nothing_else_than_reference(
    row: Row, required: bool
) -> None:
    line = parsed(*row)
    rule = Undoubted(RULES.thresholds, RULES.callability, None if required else ELSEWHERE)
    listed = set(rule.others(line))
    for column in set(range(len(line.columns))) - listed:
        assert speaks(line, column, required=required) is None, line.columns[column]


HEAD = ["chr17", "42329643", ".", "G", "A", "50", "PASS", ".", "LGT:AD:ADF"]


@settings(max_examples=100, deadline=None)
@example((HEAD, ["0/0"] * 11 + ["0/0:30,0"]))
@given(rows(12))
def test_a_column_is_plain_by_itself_not_by_the_number_of_the_others(row: Row) -> None:
    rule = Undoubted(RULES.thresholds, RULES.callability, None)
    few, many = (rule.others(parsed(row[0], row[1] * times)) for times in (1, 5))
    assert many == [12 * time + column for time in range(5) for column in few]


@pytest.mark.parametrize(
    ("keys", "column"),
    [
        ("GT", "0/0"),
        ("GT:AD:DP:GQ:PL", "0/0:30,0:30:90:0,90,900"),
        ("GT:AD:DP:GQ:PL", "0|0:30,1:31:90:0,90,900"),
        ("GT:AD:DP:GQ", "0/0:.:.:."),
        ("GT:AD:DP:GQ", "0/0"),
        ("GT:DP:RO:AO:GQ", "0/0:30:30:0:160.5"),
        ("GT:FT:DP", "0/0:PASS:40"),
        ("GT:CN", "0/0:2"),
        ("GT:RDCN:RCL:RCR:GQ", "0/0:2:900:900:99"),
        ("GT:RDCN:RCL:RCR:GQ", "0/0:-1:900:900:99"),
        ("LGT:LAD:DP:LA", "0/0:40:40:0"),
        ("GT:DP:AF", "0/0:30:0.00"),
    ],
)
def test_usual_reference_columns_are_not_listed(keys: str, column: str) -> None:
    head = ["chr17", "42329643", ".", "G", "A", "50", "PASS", ".", keys]
    rule = Undoubted(RULES.thresholds, RULES.callability, None)
    for count in (1, 12, 60):
        assert rule.others(parsed(head, [column] * count)) == []


def test_figures_of_callability_matter_only_where_bases_are_required() -> None:
    head = ["chr17", "42329643", ".", "G", "A", "50", "LowQual", ".", "GT:AD:DP:GQ"]
    line = parsed(head, ["0/0:3,0:3:9"])
    asked, elsewhere = (
        Undoubted(RULES.thresholds, CallabilityConfig(), required)
        for required in ({"17": ((42329600, 42329700),)}, ELSEWHERE)
    )
    assert asked.others(line) == [0]
    assert elsewhere.others(line) == []


def test_each_key_that_is_read_has_a_rule() -> None:
    known = {"AD", "LAD", "FT", "CNQ", "QS", "SQ", "HQ", *undoubted._FIXED, *undoubted._DEPTHS}
    known |= undoubted._REFERENCE_READS | {*undoubted.QUALITY_KEYS, *undoubted.LIKELIHOOD_KEYS}
    none_is_plain = {"AU", "CU", "GU", "TU", "MCC", "MCN", "CN1", "BCOUNT"}
    assert known | none_is_plain == READ_KEYS
    assert not known & none_is_plain


@given(st.integers(0, 1200), st.integers(0, 3000))
def test_a_pattern_of_numbers_takes_those_from_the_least_on(least: int, number: int) -> None:
    assert (re.fullmatch(at_least(least), str(number)) is not None) == (number >= least)


def kept(calls: tuple[Call, ...]) -> list[object]:
    """Return the calls that say anything else than reference, without their file."""
    return [
        replace(call, site=call.site._replace(file="", number=None))
        for call in calls
        if call.zygosity is not Zygosity.HOM_REF or not HARMLESS.issuperset(call.flags)
    ]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(row=rows(12))
def test_a_sample_is_read_in_a_cohort_as_it_is_alone(tmp_path: Path, row: Row) -> None:
    head, columns = row[0], [text or "." for text in row[1]]
    names = [f"S{number}" for number in range(12)]

    def read(samples: list[str], texts: list[str]) -> dict[str, object]:
        file = tmp_path / "in.vcf"
        header = "##fileformat=VCFv4.2\n##contig=<ID=chr17,length=83257441>\n#CHROM\tPOS\tID\tREF"
        header += "\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
        file.write_text("\n".join((header + "\t".join(samples), "\t".join([*head, *texts]), "")))
        specs = [SampleSpec(sample=name, vcf=str(file)) for name in samples]
        found = read_group(file, specs, RULES, relatives=frozenset())
        return {
            name: kept(one.calls) if isinstance(one, SampleRecords) else "unreadable"
            for name, one in found.items()
        }

    together = read(names, columns)
    for number, name in enumerate(names):
        assert together[name] == read([name], [columns[number]])[name]
