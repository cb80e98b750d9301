"""Two runs compared: exactly what changed, for which sample and why."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from hies_annot.cli.diff import diff
from hies_annot.cli.run import run
from hies_annot.errors import InputError
from hies_annot.results.contract import SCHEMA_VERSION
from hies_annot.results.run_difference import Change, compare_runs


def variant(**changes):
    base = {
        "id": "17-42322410-T-C",
        "hgvs_c": "c.1973A>G",
        "zygosity": "het",
        "drop_reason": None,
        "clinvar": {"variation_id": "1", "classification": "Uncertain significance", "stars": 1},
        "acmg": {"class": "uncertain", "points": 1, "met": ["PP2"]},
        "known": None,
        "verdicts": {"STAT3-AD-HIES": "uncertain"},
    }
    return {**base, **changes}


def finding(**changes):
    base = {
        "id": "STAT3-AD-HIES",
        "status": "possible",
        "genotype": "heterozygous",
        "variants": ["17-42322410-T-C"],
    }
    return {**base, **changes}


def sample(name="A", *, status="possible", variants=None, conditions=None):
    return {
        "sample": name,
        "batch": "b",
        "status": status,
        "conditions": [finding()] if conditions is None else conditions,
        "variants": [variant()] if variants is None else variants,
    }


def made(*samples, date="2025-01-01"):
    resources = [{"name": "ClinVar", "version": None, "date": date, "records": 3}]
    return {"samples": list(samples), "resources": resources, "reference": [], "software": {}}


def test_equal_runs_have_no_difference():
    assert compare_runs(made(sample()), made(sample())) == ()


def test_a_newer_clinvar_names_the_sample_and_the_reason_and_no_other():
    newer = variant(
        clinvar={"variation_id": "1", "classification": "Pathogenic", "stars": 2},
        verdicts={"STAT3-AD-HIES": "pathogenic"},
    )
    changed = sample(status="relevant", variants=[newer], conditions=[finding(status="relevant")])
    found = compare_runs(made(sample(), sample("B")), made(changed, sample("B"), date="2026-01-01"))
    where = "17-42322410-T-C c.1973A>G"
    assert [(change.sample, change.where, change.what) for change in found] == [
        ("", "resources", "ClinVar"),
        ("A", "status", "status"),
        ("A", "STAT3-AD-HIES (17-42322410-T-C)", "finding"),
        ("A", where, "clinvar"),
        ("A", where, "verdicts"),
    ]
    assert found[3].old == "variation_id 1, classification Uncertain significance, stars 1"
    assert found[3].new == "variation_id 1, classification Pathogenic, stars 2"


SAID = {
    "status_reason": ("status", "reason", "Old words", "New words"),
    "unread": ("sample", "unread", ["ZNF341: no index"], ["STAT3: cut", "ZNF341: no index"]),
    "warnings": ("sample", "warnings", ["a", "b"], ["b", "c"]),
}


@pytest.mark.parametrize("field", SAID)
def test_what_is_said_otherwise_of_the_same_answer_is_a_row(field):
    where, what, old, new = SAID[field]
    (found,) = compare_runs(made({**sample(), field: old}), made({**sample(), field: new}))
    assert (found.sample, found.where, found.what) == ("A", where, what)
    gone, more = {
        "status_reason": ("Old words", "New words"),
        "unread": ("", "STAT3: cut"),
        "warnings": ("a", "c"),
    }[field]
    assert (found.old, found.new) == (gone, more)
    # A result of an earlier version has no such field: nothing is known to have changed.
    assert compare_runs(made(sample()), made({**sample(), field: new})) == ()


def test_other_reasons_of_the_same_finding_are_a_row_and_their_order_is_none():
    before = sample(conditions=[finding(reasons=["a", "b"])])
    after = sample(conditions=[finding(reasons=["c", "a"])])
    (found,) = compare_runs(made(before), made(after))
    where = "STAT3-AD-HIES (17-42322410-T-C)"
    assert found == Change("A", where, "reasons", "b", "c")
    turned = sample(conditions=[finding(reasons=["b", "a"])])
    assert compare_runs(made(before), made(turned)) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (made(), made(sample()), Change("A", "sample", "added", "", "possible")),
        (made(sample()), made(), Change("A", "sample", "gone", "possible", "")),
        (
            made(sample()),
            made(sample(variants=[])),
            Change(
                "A",
                "17-42322410-T-C c.1973A>G",
                "allele",
                "reported; ClinVar variation_id 1, classification Uncertain significance, stars 1",
                "not reported and without a fact",
            ),
        ),
        (
            made(sample()),
            made(sample(conditions=[])),
            Change(
                "A",
                "STAT3-AD-HIES (17-42322410-T-C)",
                "finding",
                "possible, heterozygous",
                "no finding",
            ),
        ),
        (
            made(sample()),
            made(sample(variants=[variant(acmg={"class": "uncertain", "points": 3, "met": []})])),
            Change(
                "A",
                "17-42322410-T-C c.1973A>G",
                "acmg",
                "class uncertain, points 1, met PP2",
                "class uncertain, points 3",
            ),
        ),
    ],
)
def test_single_differences(old, new, expected):
    assert compare_runs(old, new) == (expected,)


def test_the_command_prints_a_table(tmp_path):
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, content in zip(paths, (made(sample()), made(sample(status="relevant"))), strict=True):
        path.write_text(json.dumps({"schema_version": SCHEMA_VERSION, **content}))
    result = CliRunner().invoke(diff, [str(path) for path in paths])
    assert result.output == "sample\twhere\twhat\told\tnew\nA\tstatus\tstatus\tpossible\trelevant\n"


@pytest.mark.parametrize("text", ["[]", "{}", "no json", None])
def test_what_is_no_run_file_is_an_error(tmp_path, text):
    path = tmp_path / "run.json"
    if text is not None:
        path.write_text(text)
    result = CliRunner().invoke(diff, [str(path), str(path)])
    assert isinstance(result.exception, InputError)


INFO = ("CLNSIG", "CLNREVSTAT")
NEWER = (
    "##fileformat=VCFv4.1\n##fileDate=2026-10-01\n##contig=<ID=17,length=83257441>\n"
    + "".join(f'##INFO=<ID={name},Number=.,Type=String,Description="x">\n' for name in INFO)
    + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    "17\t42329643\t1\tG\tC\t.\t.\tCLNSIG=Pathogenic;"
    "CLNREVSTAT=criteria_provided,_multiple_submitters,_no_conflicts\n"
)
COHORT = (
    "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n"
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\n"
    "17\t42317222\t.\tC\tT\t50\tPASS\t.\tGT\t0/0\t0/1\n"
    "17\t42329643\t.\tG\tC\t50\tPASS\t.\tGT\t0/1\t0/0\n"
)


def test_the_same_vcf_with_a_newer_clinvar(tmp_path):
    """A gains an entry at a hot spot, and so a diagnosis; B loses one that the new file lacks."""
    clinvar, vcf, settings = (tmp_path / name for name in ("c.vcf", "in.vcf", "config.yaml"))
    clinvar.write_text(NEWER)
    vcf.write_text(COHORT)
    source = f"{{name: ClinVar, kind: clinvar, path: {clinvar}}}"
    settings.write_text(f"evidence: {{sources: [{source}]}}\n")
    for folder, options in (("old", []), ("new", ["--config", str(settings)])):
        arguments = [str(vcf), "-o", str(tmp_path / folder), "--no-reports", "-q", *options]
        assert CliRunner().invoke(run, arguments, standalone_mode=False).exception is None
    files = [str(tmp_path / folder / "run.json") for folder in ("old", "new")]
    output = CliRunner().invoke(diff, files).output
    rows = [line.split("\t") for line in output.splitlines()[1:]]
    by_sample = {name: [row for row in rows if row[0] == name] for name in ("", "A", "B")}
    assert {row[1] for row in by_sample[""]} == {"resources", "settings"}
    assert ["A", "status", "status", "possible", "relevant"] in rows
    clinvar_rows = [row for row in by_sample["A"] if row[2] == "clinvar"]
    assert clinvar_rows[0][4] == "variation_id 1, classification Pathogenic, stars 2"
    warned, *alleles = by_sample["B"]
    assert warned[1:4] == ["sample", "warnings", ""]
    assert "no record in the locus of ZNF341" in warned[4]
    assert [row[1] for row in alleles] == ["17-42317222-C-T c.2104G>A"] * len(alleles)
