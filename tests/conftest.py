"""Builders that several test folders share."""

from __future__ import annotations

import copy
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import settings

from hies_annot.errors import UNFORESEEN
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import (
    Affected,
    Allele,
    AlleleKind,
    Evidence,
    JudgedCall,
    SampleFields,
    SampleSpec,
    SiteRecord,
    Support,
    Verdict,
)
from hies_annot.phase.relatives import Relative
from hies_annot.read.genotype import interpret
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.call_thresholds import CallThresholds
from hies_annot.settings.run_config import RunConfig, config_of

# How long an example takes depends on what else the machine does.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_collection_modifyitems(items):
    """Begin with the slow tests: one that starts last would leave all other processors idle."""
    items.sort(key=_slowest_first)


def _slowest_first(item):
    marker = item.get_closest_marker("slow")
    return (marker is None, -marker.kwargs.get("minutes", 0) if marker else 0)


@pytest.fixture(autouse=True)
def _nothing_unforeseen(request, caplog):
    """Fail a test in which a fault of the program ended a sample, unless it is about that."""
    yield
    if request.node.get_closest_marker("unforeseen") is None:
        found = [each for when in ("setup", "call") for each in caplog.get_records(when)]
        assert not [each.getMessage() for each in found if each.name == UNFORESEEN.name]


STAT3, ZNF341 = default_genes()
THRESHOLDS = CallThresholds()
READS = {"0/1": (20, 20), "1/1": (0, 40), "0/0": (40, 0)}
SYMBOLS = ("<", "*")


def make_site(*, pos=100, ref="G", alts=("A",), file="a.vcf", chrom="20", **changes):
    end = changes.pop("end", pos + len(ref) - 1)
    given = {"qual": 50.0, "filters": ("PASS",), "info": {}, "number": 1, **changes}
    return SiteRecord(
        file=file,
        chrom=chrom,
        chrom_written=f"chr{chrom}",
        pos=pos,
        end=end,
        identifier=None,
        ref=ref,
        alts=alts,
        **given,
    )


def make_allele(site, alt, *, gene="ZNF341", copy_number=None):
    kind = AlleleKind.SEQUENCE
    if alt in ("", "."):
        kind = AlleleKind.REFERENCE_BLOCK
    elif alt == "*":
        kind = AlleleKind.SPANNING_DELETION
    elif alt.startswith("<"):
        kind = AlleleKind.SYMBOLIC
    return Allele(
        build=Build.GRCH38,
        gene=gene,
        chrom=site.chrom,
        pos=site.pos,
        ref=site.ref,
        alt=alt or ".",
        kind=kind,
        end=site.end,
        copy_number=copy_number,
    )


def make_fields(gt, **changes):
    """Fields with good depth and quality for plain genotypes, unless said otherwise."""
    key = (gt or "").replace("|", "/").replace("1/0", "0/1")
    given = {"gq": 99.0, "dp": 40} if gt and "." not in gt else {}
    if key in READS:
        given["ad"] = READS[key]
    return SampleFields(gt=gt, **(given | changes))


def make_calls(gt, *, site=None, gene="ZNF341", thresholds=THRESHOLDS, copy_number=None, **fields):
    site = site or make_site()
    alleles = [make_allele(site, alt, gene=gene, copy_number=copy_number) for alt in site.alts]
    if not site.alts:
        alleles = [make_allele(site, "", gene=gene)]
    given = make_fields(gt, copy_number=copy_number, **fields)
    return interpret(site, given, alleles, thresholds)


def make_call(
    gt, *, pos=100, ref="G", alt="A", file="a.vcf", chrom="20", end=None, number=1, **rest
):
    changes = {"number": number} if end is None else {"number": number, "end": end}
    site = make_site(pos=pos, ref=ref, alts=(alt,), file=file, chrom=chrom, **changes)
    return make_calls(gt, site=site, **rest)[0]


def make_verdict(support, *, condition, basis="curated", reasons=()):
    return Verdict(condition=condition, support=support, basis=basis, reasons=reasons)


def judge(call, *, support=Support.PATHOGENIC, condition="ZNF341-AR-HIES", **rest):
    """A judged call with one verdict, or with one for each condition of a mapping."""
    supports = support if isinstance(support, dict) else {condition: support}
    verdicts = {name: make_verdict(value, condition=name) for name, value in supports.items()}
    return JudgedCall(call=call, annotation=None, evidence=Evidence(), verdicts=verdicts, **rest)


def make_relative(role, calls, *, affected=Affected.NO, sample=None, **rest):
    by_id = {call.allele.id: call for call in calls}
    return Relative(role, sample or role, affected, by_id, **rest)


SPEC = SampleSpec(sample="child", vcf="a.vcf")


@pytest.fixture(scope="session")
def build():
    """The builders of this module, as one namespace."""
    return SimpleNamespace(
        **{name: value for name, value in globals().items() if not name.startswith("_")}
    )


class GoldenCases:
    """Runs the cases of `tests/cases`, from their own folder or from a changed copy of it."""

    folder = Path(__file__).parent / "cases"
    files = ("vcf", "callable", "sv_vcf", "bam")

    def __init__(self):
        self._engines = {}

    def document(self, name):
        return yaml.safe_load((self.folder / name / "case.yaml").read_text(encoding="utf-8"))

    def engine(self, name):
        """The engine of a case that configures evidence, or the one of all others."""
        config = self.document(name).get("config", {})
        key = name if config else ""
        if key not in self._engines:
            config = copy.deepcopy(config)
            for source in config.get("evidence", {}).get("sources", []):
                source["path"] = str(self.folder / name / source["path"])
            if "known_variants" in config.get("evidence", {}):
                table = self.folder / name / config["evidence"]["known_variants"]
                config["evidence"]["known_variants"] = str(table)
            self._engines[key] = Engine(config_of(config, source=name) if config else RunConfig())
        return self._engines[key]

    def run(self, name, folder=None, packed=None):
        """Return the results of all rows of the case's sheet; `packed` gives files other names."""
        folder = folder or self.folder / name
        rows = []
        for row in self.document(name)["samples"]:
            named = {"vcf": "input.vcf"} | {key: row[key] for key in self.files if key in row}
            files = {key: str(folder / (packed or {}).get(n, n)) for key, n in named.items()}
            rows.append({**row, **files})
        return list(analyse_rows(self.engine(name), rows, (), batch="cases"))


@pytest.fixture(scope="session")
def golden():
    """The golden cases."""
    return GoldenCases()
