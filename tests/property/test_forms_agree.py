"""What one form of a result says, no other form leaves out: reasons, doubts, warnings."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import one_person
import pytest
from msgspec.structs import replace

from hies_annot.cli.main import main
from hies_annot.render.exchange.fhir import fhir_text
from hies_annot.render.exchange.phenopacket import phenopacket_text
from hies_annot.render.html import render_sample
from hies_annot.render.sample_summary import summarise
from hies_annot.render.tables import findings_tsv
from hies_annot.render.vcf_rows import header_lines
from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows

CASES = Path(__file__).parents[1] / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/case.yaml"))


def texts(form: str) -> str:
    """Return the texts of a JSON document."""

    def within(node: object) -> list[str]:
        if isinstance(node, dict):
            return [text for part in node.values() for text in within(part)]
        if isinstance(node, list):
            return [text for part in node for text in within(part)]
        return [str(node)]

    return plain("\n".join(within(json.loads(form))))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def page_text(result: SampleResult) -> str:
    return plain(html.unescape(re.sub(r"<[^>]*>", "", render_sample(result))))


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_stands_in_every_form(name, golden):
    for result in golden.run(name):
        dated = replace(result, report_date="2026-01-31")
        forms = {
            "page": page_text(dated),
            "findings.tsv": plain("".join(findings_tsv([summarise(dated)]))),
            "FHIR": texts(fhir_text(dated)),
            "Phenopacket": texts(phenopacket_text(dated)),
        }
        assert f"##hiesReason={result.status}: {result.status_reason}" in list(header_lines(result))
        said = {reason for each in result.conditions for reason in each.reasons}
        # Relatives, the sibling S, stand in the exchange forms by their role.
        forms |= {"page": forms["page"].replace("sibling S ", "sibling ")}
        forms |= {"findings.tsv": forms["findings.tsv"].replace("sibling S ", "sibling ")}
        said = {reason.replace("sibling S ", "sibling ") for reason in said}
        assert not [
            (form, reason) for form, text in forms.items() for reason in said if reason not in text
        ]
        forms |= {"VCF": plain("\n".join(header_lines(result)))}
        assert not [
            (form, words)
            for gene in result.callability.genes
            for words in map(plain, gene.amiss)
            for form, text in forms.items()
            if words not in text and form != "findings.tsv"
        ]
        if result.warnings:
            assert all(
                f"{len(result.warnings)} warning" in forms[f] for f in ("FHIR", "Phenopacket")
            )


def test_relatives_are_named_by_their_role_alone(tmp_path):
    head = one_person.vcf([], columns="KID\tDADID\tMUMID")
    call, no = "0/1:20,20:40:99", "0/0:40,0:40:99"
    path = tmp_path / "trio.vcf"
    path.write_text(
        f"{head}chr17\t42329643\t.\tG\tA\t60\tPASS\t.\tGT:AD:DP:GQ\t{call}\t{no}\t{no}\n"
    )
    people = [
        {"sample": "KID", "vcf": str(path), "father": "DADID", "mother": "MUMID"},
        {"sample": "DADID", "vcf": str(path), "affected": "yes"},
        {"sample": "MUMID", "vcf": str(path)},
    ]
    result, *_ = analyse_rows(one_person.usual_engine(), people, (), batch=None)
    assert any("affected father DADID" in reason for reason in result.conditions[0].reasons)
    dated = replace(result, report_date="2026-01-31")
    for form in (fhir_text(dated), phenopacket_text(dated)):
        assert "affected father does not have this" in form
        assert "DADID" not in form
        assert "MUMID" not in form


@pytest.mark.parametrize("command", ["report", "summarise"])
def test_a_file_without_results_is_no_batch_of_nobody(tmp_path, command, capsys):
    lines = tmp_path / "b1.jsonl"
    lines.touch()
    with pytest.raises(SystemExit) as end:
        main([command, "--results", str(lines), "-o", str(tmp_path / "out")])
    assert end.value.code == 1
    assert "there is no result of any sample in it" in capsys.readouterr().err
