"""Reading evidence files: field names of all versions, spellings, builds, and loud faults."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pysam
import pytest
from msgspec import convert

from hies_annot.errors import InputError
from hies_annot.evidence.loci import Place
from hies_annot.evidence.slices import Slice, read_slice, slice_text
from hies_annot.evidence.sources import load_source, sha256_of_rows
from hies_annot.evidence.store import load_evidence
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.io.source_tables import SourceRow
from hies_annot.model import ClinVarFact, PredictedSite, ScoreFact, SpliceMapFact
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.settings.evidence_sources import EvidenceConfig, Source, SourceKind

GENES = default_genes()
REFERENCES = {build: embedded_reference(build, GENES) for build in Build}
OFFSET = 1847982
CONTIGS = {
    Build.GRCH38: "##contig=<ID={},length=83257441>",
    Build.GRCH37: "##contig=<ID={},length=81195210>",
}
CLINVAR_INFO = (
    "CLNSIG|.|String",
    "CLNREVSTAT|.|String",
    "CLNDN|.|String",
    "CLNSIGCONF|.|String",
)
R382W = "CLNSIG=Pathogenic;CLNREVSTAT=criteria_provided,_multiple_submitters,_no_conflicts;CLNDN=X"


FILTERS = (
    *("AC0", "AS_VQSR", "InbreedingCoeff", "RF"),
    *("EXOMES_FILTERED", "GENOMES_FILTERED", "BOTH_FILTERED"),
)


def vcf(path, rows, *, info, contig="17", build=Build.GRCH38, index=True, extra=()):
    """Write a VCF of rows (pos, ref, alt, info[, filter]) and compress and index it."""
    lines = ["##fileformat=VCFv4.2", *extra]
    lines += [CONTIGS[build].format(contig)] if build else []
    for entry in info:
        name, number, kind = entry.split("|")
        lines.append(f'##INFO=<ID={name},Number={number},Type={kind},Description="x">')
    lines += [f'##FILTER=<ID={word},Description="x">' for word in FILTERS]
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    for pos, ref, alt, values, *filters in rows:
        lines.append(f"{contig}\t{pos}\t7\t{ref}\t{alt}\t.\t{(*filters, '.')[0]}\t{values}")
    path.write_text("\n".join(lines) + "\n")
    if not index:
        return str(path)
    compressed = f"{path}.gz"
    pysam.tabix_compress(str(path), compressed, force=True)
    pysam.tabix_index(compressed, preset="vcf", force=True)
    return compressed


def fault_of(path, kind, **rest):
    with pytest.raises(InputError) as fault:
        load(path, kind, **rest)
    told = str(fault.value)
    assert told.startswith((f"{path}: ", f"{path}, "))
    return told[len(f"{path}: ") :]


def load(path, kind, *, build=Build.GRCH38, name="source", **rest):
    source = Source(name=name, kind=SourceKind(kind), path=str(path), **rest)
    return load_source(source, Place(GENES, REFERENCES[build]))


@pytest.mark.parametrize("contig", ["17", "chr17", "NC_000017.11", "CM000679.2"])
def test_clinvar_is_read_whatever_the_chromosome_is_called(tmp_path, contig):
    path = vcf(
        tmp_path / "c.vcf",
        [(1000, "N", "A", R382W), (42329643, "G", "A", R382W)],
        info=CLINVAR_INFO,
        contig=contig,
        extra=("##fileDate=2026-01-05",),
    )
    found = load(path, "clinvar")
    assert list(found.facts) == [("17", 42329643, "G", "A")]
    fact = found.facts["17", 42329643, "G", "A"]
    assert (fact.stars, fact.variation_id, fact.date) == (2, "7", "2026-01-05")
    assert (found.date, found.complete) == ("2026-01-05", False)


def test_a_plain_vcf_is_read_through_and_a_compressed_one_needs_an_index(tmp_path):
    rows = [(42329643, "G", "A", R382W)]
    plain = vcf(tmp_path / "c.vcf", rows, info=CLINVAR_INFO, index=False)
    assert len(load(plain, "clinvar").facts) == 1
    compressed = f"{plain}.gz"
    pysam.tabix_compress(plain, compressed)
    with pytest.raises(InputError, match="there is no index"):
        load(compressed, "clinvar")


@pytest.mark.parametrize(
    ("info", "values", "frequency", "count", "homozygotes", "filtering", "group"),
    [
        (
            ("AF|A|Float", "AC|A|Integer", "AN|1|Integer", "nhomalt|A|Integer",
             "faf95_afr|A|Float", "faf95_nfe|A|Float", "faf95_fin|A|Float"),
            "AF=0.001;AC=10;AN=10000;nhomalt=1;faf95_afr=0.0004;faf95_nfe=0.0007;faf95_fin=0.9",
            0.001, 10, 1, 0.0007, "nfe",
        ),
        (
            ("AF|A|Float", "AC|A|Integer", "AN|1|Integer", "nhomalt|A|Integer",
             "faf95_popmax|A|Float"),
            "AF=0.001;AC=10;AN=10000;nhomalt=0;faf95_popmax=0.0005",
            0.001, 10, 0, 0.0005, None,
        ),
        (
            ("AF|A|Float", "AC|A|Integer", "AN|1|Integer", "nhomalt|A|Integer",
             "fafmax_faf95_max|A|Float", "fafmax_faf95_max_gen_anc|A|String"),
            "AF=0.001;AC=10;AN=10000;nhomalt=0;fafmax_faf95_max=0.0006;fafmax_faf95_max_gen_anc=sas",
            0.001, 10, 0, 0.0006, "sas",
        ),
        (
            ("AF_joint|A|Float", "AC_joint|A|Integer", "AN_joint|1|Integer",
             "nhomalt_joint|A|Integer", "AF|A|Float", "fafmax_faf95_max_joint|A|Float"),
            "AF=0.5;AF_joint=0.002;AC_joint=4;AN_joint=2000;nhomalt_joint=0",
            0.002, 4, 0, None, None,
        ),
        (("AC|A|Integer", "AN|1|Integer"), "AC=5;AN=100000", 0.00005, 5, None, None, None),
    ],
    ids=["v2.1.1", "v3.1", "v4", "v4.1 joint", "counts only"],
)  # fmt: skip
def test_field_names_of_the_gnomad_versions(
    tmp_path, info, values, frequency, count, homozygotes, filtering, group
):
    path = vcf(tmp_path / "g.vcf", [(42329643, "G", "A", values)], info=info)
    found = load(path, "population")
    fact = found.facts["17", 42329643, "G", "A"]
    assert found.complete
    assert fact.allele_frequency == pytest.approx(frequency)
    assert (fact.allele_count, fact.homozygotes, fact.filtering_group) == (
        count,
        homozygotes,
        group,
    )
    assert fact.filtering_frequency == (pytest.approx(filtering) if filtering else None)


def test_each_alt_of_a_record_gets_its_own_figure_and_filters_are_kept(tmp_path):
    rows = [(42329643, "G", "A,C", "AF=0.001,0.5;AN=5000", "AC0")]
    path = vcf(tmp_path / "g.vcf", rows, info=("AF|A|Float", "AN|1|Integer"))
    facts = load(path, "population").facts
    assert facts["17", 42329643, "G", "A"].allele_frequency == pytest.approx(0.001)
    assert facts["17", 42329643, "G", "C"].allele_frequency == pytest.approx(0.5)
    assert facts["17", 42329643, "G", "A"].filters == ("AC0",)


def test_alleles_match_in_normal_form_on_either_build(tmp_path):
    """V463del, written right-aligned and on GRCh37, is the left-aligned GRCh38 allele."""
    path = vcf(
        tmp_path / "c.vcf",
        [(42325040 - OFFSET, "CCAC", "C", R382W)],
        info=CLINVAR_INFO,
        build=Build.GRCH37,
    )
    for build in Build:
        found = load(path, "clinvar", build=build)
        assert list(found.facts) == [("17", 42325037, "TCAC", "T")]
        config = EvidenceConfig(sources=(Source(name="c", kind=SourceKind.CLINVAR, path=path),))
        store = load_evidence(config, GENES, build, REFERENCES[build])
        shift = 0 if build is Build.GRCH38 else OFFSET
        allele = normalise_allele(REFERENCES[build], "17", 42325037 - shift, "TCAC", "T")
        assert store.lookup(allele).clinvar.stars == 2
        assert store.lookup(allele).known.hgvs_p == "p.(Val463del)"
        other = normalise_allele(REFERENCES[build], "17", 42325037 - shift, "TCACCAC", "T")
        assert store.lookup(other).clinvar is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"contig": "chr1"}, "none of its chromosomes .* is one of 17, 20"),
        ({"rows": [(1000, "N", "A", R382W)]}, "source has no usable record in the loci"),
        ({"rows": [(42329643, "G", "A", "CLNSIG=Evil;CLNREVSTAT=practice_guideline")]}, "'Evil'"),
        ({"rows": [(42329643, "G", "A", "CLNSIG=Benign;CLNREVSTAT=nice")]}, "'nice' is unknown"),
        ({"rows": [(42329643, "T", "A", R382W)]}, "1 of 1 REF bases disagree with GRCh38"),
        ({"info": ("CLNSIG|.|String", "CLNDN|.|String")}, "'CLNREVSTAT' is not a field"),
    ],
)
def test_a_source_that_cannot_be_used_is_an_error(tmp_path, change, message):
    given = {"rows": [(42329643, "G", "A", R382W)], "info": CLINVAR_INFO, **change}
    if "CLNREVSTAT" not in "".join(given["info"]):
        given["rows"] = [(42329643, "G", "A", "CLNSIG=Pathogenic")]
    path = vcf(tmp_path / "c.vcf", given.pop("rows"), **given)
    with pytest.raises(InputError, match=message):
        load(path, "clinvar")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.vcf\.gz: this evidence file does not exist"):
        load(tmp_path / "gone.vcf.gz", "clinvar")


def test_a_header_that_contradicts_the_configured_build_is_an_error(tmp_path):
    path = vcf(tmp_path / "c.vcf", [(42329643, "G", "A", R382W)], info=CLINVAR_INFO)
    source = Source(name="s", kind=SourceKind.CLINVAR, path=path, build=Build.GRCH37)
    with pytest.raises(InputError, match="configured as GRCh37, but its header shows GRCh38"):
        load_source(source, Place(GENES, REFERENCES[Build.GRCH38]))


def test_a_population_source_without_frequencies_is_an_error(tmp_path):
    path = vcf(tmp_path / "g.vcf", [(42329643, "G", "A", "X=1")], info=("X|1|Integer",))
    with pytest.raises(InputError, match="no field with an allele frequency"):
        load(path, "population")


def test_a_configured_field_that_is_not_there_is_an_error(tmp_path):
    path = vcf(tmp_path / "g.vcf", [(42329643, "G", "A", "AF=0.1")], info=("AF|A|Float",))
    with pytest.raises(InputError, match=r"field 'MAF' .* is not declared"):
        load(path, "population", fields={"allele_frequency": "MAF"})


def test_spliceai_takes_the_largest_delta_of_the_alt(tmp_path):
    value = "SpliceAI=C|STAT3|0.9|0|0|0|1|1|1|1,A|STAT3|0.01|0.02|0.31|0.3|1|1|1|1"
    path = vcf(tmp_path / "s.vcf", [(42329643, "G", "A", value)], info=("SpliceAI|.|String",))
    fact = load(path, "spliceai").facts["17", 42329643, "G", "A"]
    assert (fact.value, fact.detail, fact.tool) == (0.31, "donor gain", "SpliceAI")


def test_the_lab_classification_is_read_from_its_own_field(tmp_path):
    path = vcf(tmp_path / "l.vcf", [(42329643, "G", "A", "KLASS=LP")], info=("KLASS|1|String",))
    found = load(path, "lab", fields={"classification": "KLASS"})
    assert found.facts["17", 42329643, "G", "A"] == "LP"


def test_two_entries_of_one_allele_do_not_hide_each_other(tmp_path):
    """The same deletion in two spellings: the entry with more stars counts, in either order."""
    weak = "CLNSIG=Uncertain_significance;CLNREVSTAT=criteria_provided,_single_submitter"
    for name, values in (("a", (R382W, weak)), ("b", (weak, R382W))):
        rows = [(42325037, "TCAC", "T", values[0]), (42325040, "CCAC", "C", values[1])]
        path = vcf(tmp_path / f"{name}.vcf", rows, info=CLINVAR_INFO)
        (fact,) = load(path, "clinvar").facts.values()
        assert (fact.classification, fact.stars) == ("Pathogenic", 2)


def test_a_lab_that_contradicts_itself_is_an_error(tmp_path):
    rows = [(42325037, "TCAC", "T", "CLASS=LP"), (42325040, "CCAC", "C", "CLASS=VUS")]
    path = vcf(tmp_path / "l.vcf", rows, info=("CLASS|1|String",))
    with pytest.raises(InputError, match="gives two classes for one allele: LP and VUS"):
        load(path, "lab")


def table(path, text, *, index=None):
    path.write_text(text)
    if index is None:
        return str(path)
    compressed = f"{path}.gz"
    pysam.tabix_compress(str(path), compressed, force=True)
    pysam.tabix_index(compressed, force=True, **index)
    return compressed


ALPHA = (
    "# Copyright\n#CHROM\tPOS\tREF\tALT\tam_pathogenicity\n"
    "chr17\t42329643\tG\tA\t0.99\nchr17\t42329643\tG\tC\t0.1\n"
)


@pytest.mark.parametrize("index", [None, {"seq_col": 0, "start_col": 1, "end_col": 1}])
def test_score_tables_are_read_plain_or_by_tabix(tmp_path, index):
    path = table(tmp_path / "am.tsv", ALPHA, index=index)
    found = load(path, "score", tool="AlphaMissense")
    fact = found.facts["17", 42329643, "G", "A"]
    assert (fact.tool, fact.value) == ("AlphaMissense", 0.99)
    assert len(found.facts) == 2


def test_revel_is_read_with_its_own_columns_and_the_highest_row_counts(tmp_path):
    text = (
        "chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL\n"
        "17,40481661,42329643,G,A,R,W,0.8\n17,40481661,42329643,G,A,R,W,0.95\n"
        "17,40481661,.,G,A,R,W,0.99\n"
    )
    found = load(table(tmp_path / "revel.csv", text), "score", tool="REVEL")
    assert found.facts["17", 42329643, "G", "A"].value == 0.95


def test_of_two_rows_the_lower_counts_for_a_tool_whose_low_scores_are_damaging(tmp_path):
    text = "chrom\tpos\tref\talt\tllr\n17\t42329643\tG\tA\t-3.5;-12.5\n17\t42329643\tG\tA\t-8\n"
    found = load(table(tmp_path / "esm.tsv", text), "score", tool="ESM1b", fields={"value": "llr"})
    assert found.facts["17", 42329643, "G", "A"].value == -12.5


def test_a_missing_column_is_named(tmp_path):
    path = table(tmp_path / "x.tsv", "chr\tpos\tref\talt\tscore\n17\t42329643\tG\tA\t1\n")
    with pytest.raises(InputError, match=r"column 'chrom' .* is not in the header .*`fields`"):
        load(path, "score", tool="OTHER")
    fields = {"chrom": "chr", "value": "score"}
    assert load(path, "score", tool="OTHER", fields=fields).facts


def test_a_slice_survives_writing_and_reading(tmp_path):
    values = "AF=0.001;AC=10;AN=10000;nhomalt=1"
    info = ("AF|A|Float", "AC|A|Integer", "AN|1|Integer", "nhomalt|A|Integer")
    made = load(vcf(tmp_path / "g.vcf", [(42329643, "G", "A", values)], info=info), "population")
    path = tmp_path / "slice.tsv"
    path.write_text(slice_text(made))
    again = read_slice(path)
    assert again.facts == made.facts
    assert (again.name, again.complete, again.sha256) == (made.name, True, made.sha256)
    assert load(path, "population", name="again").facts == made.facts
    with pytest.raises(InputError, match="configured as clinvar, but the slice holds population"):
        load(path, "clinvar")


def test_a_slice_that_lost_a_row_is_an_error(tmp_path):
    path = tmp_path / "slice.tsv"
    values = [(42329643, "G", "A", "AF=0.001"), (42329643, "G", "C", "AF=0.002")]
    made = load(vcf(tmp_path / "g.vcf", values, info=("AF|A|Float",)), "population")
    path.write_text(slice_text(made))
    path.write_text("\n".join(path.read_text().splitlines()[:-1]) + "\n")
    with pytest.raises(InputError, match="1 alleles, but the header promises 2"):
        read_slice(path)


JOINT = tuple(
    f"{name}_{part}|{number}|{kind}"
    for part in ("joint", "exomes", "genomes")
    for name, number, kind in (
        ("AC", "A", "Integer"),
        ("AN", "1", "Integer"),
        ("AF", "A", "Float"),
        ("nhomalt", "A", "Integer"),
        ("fafmax_faf95_max", "A", "Float"),
        ("fafmax_faf95_max_gen_anc", "A", "String"),
    )
)
FIGURES = {"joint": (30, 1500), "exomes": (20, 1000), "genomes": (10, 500)}


@pytest.mark.parametrize(
    ("word", "used", "filters"),
    [
        ("PASS", "joint", ()),
        ("EXOMES_FILTERED", "genomes", ()),
        ("GENOMES_FILTERED", "exomes", ()),
        ("BOTH_FILTERED", "joint", ("BOTH_FILTERED",)),
        ("AC0", "joint", ("AC0",)),
        ("EXOMES_FILTERED;AC0", "joint", ("EXOMES_FILTERED", "AC0")),
    ],
)
def test_of_a_joint_record_the_figures_that_passed_are_used(tmp_path, word, used, filters):
    values = ";".join(
        f"AC_{part}={count};AN_{part}={number};nhomalt_{part}=0;fafmax_faf95_max_{part}={count}e-4"
        for part, (count, number) in FIGURES.items()
    )
    path = vcf(tmp_path / "g.vcf", [(42329643, "G", "A", values, word)], info=JOINT)
    fact = load(path, "population").facts["17", 42329643, "G", "A"]
    count, number = FIGURES[used]
    assert (fact.allele_count, fact.allele_number, fact.filters) == (count, number, filters)
    assert fact.filtering_frequency == pytest.approx(count * 1e-4)
    assert (fact.part is None) is (used == "joint")
    assert fact.part is None or f"{used} only ({word})" == fact.part


@pytest.mark.parametrize("genomes", ["", ";AC_genomes=0;AN_genomes=500"])
def test_an_allele_that_failed_and_is_nowhere_else_is_not_absent(tmp_path, genomes):
    row = (42329643, "G", "A", f"AC_joint=3;AN_joint=9000{genomes}", "EXOMES_FILTERED")
    fact = load(vcf(tmp_path / "g.vcf", [row], info=JOINT), "population").facts[row_key(row)]
    assert (fact.filters, fact.part) == (("EXOMES_FILTERED",), None)


def row_key(row):
    return ("17", *row[:3])


@pytest.mark.parametrize(
    ("values", "frequency", "faf"),
    [
        ("AC_joint=0;AN_joint=9000", 0.0, None),
        ("AC_joint=0;AN_joint=0", None, None),
        ("AC_joint=3;AN_joint=9000;faf95_joint_afr=0.002;faf95_joint_nfe=0.001", 3 / 9000, 0.002),
        ("AC_joint=3;AN_joint=9000;fafmax_faf95_max_joint=.", 3 / 9000, None),
    ],
)
def test_counts_of_zero_and_missing_faf_are_what_they_are(tmp_path, values, frequency, faf):
    info = (*JOINT, "faf95_joint_afr|A|Float", "faf95_joint_nfe|A|Float")
    row = (42329643, "G", "A", values, "PASS")
    fact = load(vcf(tmp_path / "g.vcf", [row], info=info), "population").facts[row_key(row)]
    assert fact.allele_frequency == (None if frequency is None else pytest.approx(frequency))
    assert fact.filtering_frequency == (None if faf is None else pytest.approx(faf))


ZNF341_STOP = ("20", 33757310, "C", "T")
STAT3_R382W = ("17", 42329643, "G", "A")


def one_gene(path, allele, kind):
    """Write a source with a record of one allele only."""
    chrom, pos, ref, alt = allele
    info = CLINVAR_INFO if kind == "clinvar" else ("AC|A|Integer", "AN|1|Integer", "AF|A|Float")
    values = R382W if kind == "clinvar" else "AC=1;AN=100000;AF=0.00001"
    file = vcf(path, [(pos, ref, alt, values)], info=info, contig=chrom)
    return Source(name=path.name, kind=SourceKind(kind), path=file)


@pytest.mark.parametrize("kind", ["clinvar", "population"])
@pytest.mark.parametrize(
    ("listed", "missing", "gene"),
    [(STAT3_R382W, ZNF341_STOP, "ZNF341"), (ZNF341_STOP, STAT3_R382W, "STAT3")],
)
def test_a_source_of_one_chromosome_replaces_nothing_in_the_other_gene(
    tmp_path, kind, listed, missing, gene
):
    reference = REFERENCES[Build.GRCH38]
    config = EvidenceConfig(sources=(one_gene(tmp_path / "half.vcf", listed, kind),))
    store = load_evidence(config, GENES, Build.GRCH38, reference)
    plain = load_evidence(EvidenceConfig(), GENES, Build.GRCH38, reference)
    (fault,) = store.faults
    assert f"half.vcf has no record in the locus of {gene}" in fault
    there = normalise_allele(reference, *listed)
    other = normalise_allele(reference, *missing)
    assert store.lookup(other) == plain.lookup(other)
    assert "half.vcf" in store.lookup(there).asked
    assert "half.vcf" not in store.lookup(other).exhaustive
    assert not {"ClinVar (embedded slice)", "gnomAD genomes (embedded slice)"} <= set(
        store.lookup(there).asked
    )


@pytest.mark.parametrize("ending", [".vcf", ".vcf.gz", ".tsv"])
def test_a_source_in_latin_1_is_refused(tmp_path, ending):
    text = vcf(
        tmp_path / "a.vcf", [(42329643, "G", "A", "CLNDN=J_o")], info=CLINVAR_INFO, index=False
    )
    lines = Path(text).read_text().replace("J_o", "J\u00f6")
    if ending == ".tsv":
        lines = "chrom\tpos\tref\talt\tCLNDN\n17\t42329643\tG\tA\tJ\u00f6\n"
    path = tmp_path / "latin.vcf"
    path = path.with_suffix(ending) if ending == ".tsv" else path
    path.write_bytes(lines.encode("latin-1"))
    if ending.endswith(".gz"):
        pysam.tabix_compress(str(path), f"{path}.gz", force=True)
        pysam.tabix_index(f"{path}.gz", preset="vcf", force=True)
        path = Path(f"{path}.gz")
    with pytest.raises(InputError, match="it is not UTF-8"):
        load(path, "clinvar")


@pytest.mark.parametrize("left", [0.5, 0.9])
def test_a_source_that_is_cut_short_is_refused(tmp_path, left):
    rows = [(42320000 + 10 * i, "N", "A", R382W) for i in range(2000)]
    whole = Path(vcf(tmp_path / "whole.vcf", rows, info=CLINVAR_INFO))
    data = whole.read_bytes()
    whole.write_bytes(data[: int(len(data) * left)])
    with pytest.raises(InputError, match="cut short"):
        load(whole, "clinvar")


def test_two_sources_of_one_chromosome_each_cover_both_genes(tmp_path):
    sources = (
        one_gene(tmp_path / "17.vcf", STAT3_R382W, "clinvar"),
        one_gene(tmp_path / "20.vcf", ZNF341_STOP, "clinvar"),
    )
    config = EvidenceConfig(sources=sources)
    store = load_evidence(config, GENES, Build.GRCH38, REFERENCES[Build.GRCH38])
    assert store.faults == ()
    assert "ClinVar (embedded slice)" not in [source.name for source in store.slices]


def test_a_configured_source_replaces_the_embedded_slice_of_its_kind(tmp_path):
    rows = [(42329643, "G", "A", R382W)]
    path = vcf(tmp_path / "c.vcf", rows, info=CLINVAR_INFO)
    other = one_gene(tmp_path / "z.vcf", ZNF341_STOP, "clinvar")
    lab = Source(name="lab clinvar", kind=SourceKind.CLINVAR, path=path)
    config = EvidenceConfig(sources=(lab, other))
    reference = REFERENCES[Build.GRCH38]
    store = load_evidence(config, GENES, Build.GRCH38, reference)
    names = [resource.name for resource in store.resources]
    assert names == [
        "gnomAD genomes (embedded slice)",
        "common SNPs of ngs-bits (embedded slice)",
        "CI-SpliceAI map of STAT3",
        "lab clinvar",
        "z.vcf",
        "known variants",
    ]
    plain = load_evidence(EvidenceConfig(), GENES, Build.GRCH38, reference)
    assert store.digest != plain.digest
    assert plain.digest == load_evidence(EvidenceConfig(), GENES, Build.GRCH38, reference).digest


def test_nothing_is_known_without_sources():
    config = EvidenceConfig(embedded=False)
    store = load_evidence(config, GENES, Build.GRCH38, REFERENCES[Build.GRCH38])
    allele = normalise_allele(REFERENCES[Build.GRCH38], "17", 42329643, "G", "A")
    evidence = store.lookup(allele)
    assert (evidence.known, evidence.clinvar, evidence.asked, store.resources) == (
        None,
        None,
        (),
        (),
    )


R382W_FACT = ClinVarFact(
    variation_id="7",
    classification="Pathogenic",
    stars=2,
    review_status="criteria provided, multiple submitters, no conflicts",
    conditions=("X",),
    conflict=None,
    source="source",
    date="2026-01-05",
)


def test_a_slice_of_a_file_is_whole(tmp_path):
    path = vcf(
        tmp_path / "c.vcf",
        [(1000, "N", "A", R382W), (42329643, "G", "A", R382W), (42329643, "G", "<DEL>", R382W)],
        info=CLINVAR_INFO,
        extra=("##fileDate=2026-01-05", "##source=ClinVar"),
    )
    found = load(path, "clinvar")
    assert found == Slice(
        name="source",
        kind=SourceKind.CLINVAR,
        facts={STAT3_R382W: R382W_FACT},
        version="2026-01-05",
        date="2026-01-05",
        complete=False,
        origin="c.vcf.gz, 2 records over the loci on GRCh38",
        sha256=found.sha256,
        header=found.header,
    )
    assert (found.header["fileDate"], found.header["source"]) == ("2026-01-05", "ClinVar")
    values = "CLNDN=X;CLNREVSTAT=criteria_provided,_multiple_submitters,_no_conflicts"
    lines = [f"17\t42329643\t7\tG\t{a}\t\t{values};CLNSIG=Pathogenic\t\n" for a in ("A", "<DEL>")]
    assert found.sha256 == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_digest_of_rows_tells_every_cell():
    row = SourceRow("17", 1, None, "G", "A", ("b", "a"), {"Y": "1", "X": "2"})
    text = "17\t1\t\tG\tA\tb;a\tX=2;Y=1\t\n20\t2\t7\tC\tT\t\t\t\n"
    other = SourceRow("20", 2, "7", "C", "T", (), {})
    assert sha256_of_rows([row, other]) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("extra", "given", "version", "date"),
    [
        ((), {}, None, None),
        (("##source=gnomAD",), {}, None, None),
        (("##source=gnomAD",), {"date": "2026"}, "2026", "2026"),
        (("##source=gnomAD_v4",), {"date": "2026"}, "gnomAD_v4", "2026"),
        (("##source=gnomAD_v4", "##version=5"), {}, "5", None),
        (("##version=beta", "##source=v4"), {}, None, None),
        (("##version=5", "##fileDate=2025"), {}, "5", "2025"),
        (("##version=5", "##fileDate=2025"), {"version": "6", "date": "2026"}, "6", "2026"),
        (("##fileDate=2025",), {}, "2025", "2025"),
        (("##fileDate=2025",), {"version": "x"}, "x", "2025"),
    ],
)
def test_version_and_date_are_those_given_else_those_of_the_header(
    tmp_path, extra, given, version, date
):
    path = vcf(tmp_path / "c.vcf", [(42329643, "G", "A", R382W)], info=CLINVAR_INFO, extra=extra)
    found = load(path, "clinvar", **given)
    assert (found.version, found.date) == (version, date)
    assert [fact.date for fact in found.facts.values()] == [date]


COUNTS = ("AC|A|Integer", "AN|1|Integer")


@pytest.mark.parametrize("stated", [True, False, None])
@pytest.mark.parametrize(
    ("kind", "ending", "complete"),
    [("population", "vcf", True), ("population", "tsv", False), ("clinvar", "vcf", False)],
)
def test_a_source_is_complete_where_it_is_said_or_a_population_has_a_vcf(
    tmp_path, kind, ending, complete, stated
):
    path = tmp_path / f"x.{ending}"
    info = CLINVAR_INFO if kind == "clinvar" else COUNTS
    if ending == "vcf":
        values = R382W if kind == "clinvar" else "AC=1;AN=9"
        vcf(path, [(42329643, "G", "A", values)], info=info, index=False)
    else:
        path.write_text("# date: 2026\nchrom\tpos\tref\talt\tAC\tAN\n17\t42329643\tG\tA\t1\t9\n")
    found = load(path, kind, complete=stated)
    assert found.complete is (complete if stated is None else stated)
    assert found.date == ("2026" if ending == "tsv" else None)


def test_sentences_of_sources_that_cannot_be_used(tmp_path):
    def made(rows, **given):
        return vcf(tmp_path / "c.vcf", rows, info=CLINVAR_INFO, **given)

    path = made([(1000, "N", "A", R382W)])
    assert fault_of(path, "clinvar") == (
        "evidence source source has no usable record in the loci of STAT3, ZNF341 (GRCh38): "
        "check file and build"
    )
    path = made([(42329643, "G", "A", R382W)])
    assert fault_of(path, "clinvar", build=Build.GRCH38, fields={"review_status": "STATUS"}) == (
        "evidence source source: 'STATUS' is not a field of the file; name it under `fields`"
    )
    place = Place(GENES, REFERENCES[Build.GRCH38])
    with pytest.raises(InputError) as fault:
        load_source(Source(name="s", kind=SourceKind.CLINVAR, path=path, build=Build.GRCH37), place)
    assert str(fault.value) == (
        f"{path}: evidence source s is configured as GRCh37, but its header shows GRCh38"
    )
    slice_file = tmp_path / "slice.tsv"
    slice_file.write_text(slice_text(load(path, "clinvar")))
    assert fault_of(slice_file, "population") == (
        "evidence source source is configured as population, but the slice holds clinvar facts"
    )
    slice_file.write_text("# name: x\n# kind: clinvar\n# build: GRCh38\n# records: 0\n")
    assert fault_of(slice_file, "clinvar") == "evidence source source is a slice without a record"


LOCUS = REFERENCES[Build.GRCH38].locus("STAT3")


@pytest.mark.parametrize("run", Build)
@pytest.mark.parametrize("build", Build)
@pytest.mark.parametrize(("right", "wrong", "fault"), [
    (9, 1, False), (8, 1, True), (8, 2, True), (18, 2, False), (17, 2, True), (0, 1, True),
])  # fmt: skip
def test_a_tenth_of_the_bases_may_disagree(tmp_path, run, build, right, wrong, fault):
    shift = 0 if build is Build.GRCH38 else OFFSET
    places = [42329600 + 3 * n for n in range(right + wrong)]
    rows = [(pos, LOCUS.bases(pos, pos)) for pos in places]
    other = {"A": "C", "C": "G", "G": "T", "T": "A"}
    rows = [(p, other[base] if n < wrong else base) for n, (p, base) in enumerate(rows)]
    lines = ["chrom\tpos\tref\talt\tREVEL", "17\t42329590\t-\tA\t0.5"]
    lines += [f"17\t{pos - shift}\t{ref}\t{other[ref]}\t0.5" for pos, ref in rows]
    path = table(tmp_path / "x.tsv", "\n".join(lines) + "\n")
    source = {"name": "x", "kind": "score", "path": path, "tool": "X", "build": build}
    given = convert({**source, "fields": {"value": "REVEL"}}, Source), Place(GENES, REFERENCES[run])
    if not fault:
        assert len(load_source(*given).facts) == right  # a wrong base has no allele
        return
    with pytest.raises(InputError) as told:
        load_source(*given)
    assert str(told.value) == (
        f"{path}: evidence source x: {wrong} of {right + wrong} REF bases disagree with {build}; "
        "the file belongs to another build, say which with `build`"
    )


def by_chromosome(tmp_path, *, info20=COUNTS, values20="AC=1;AN=8"):
    for chrom, (_, pos, ref, alt) in (("17", STAT3_R382W), ("20", ZNF341_STOP)):
        vcf(
            tmp_path / f"c{chrom}.vcf",
            [(pos, ref, alt, "AC=1;AN=8" if chrom == "17" else values20)],
            info=(*COUNTS, "AF|A|Float") if chrom == "17" else info20,
            contig=chrom,
            extra=(f"##fileDate=20{chrom}",),
        )
    return str(tmp_path / "c{chrom}.vcf.gz")


def test_a_source_with_a_file_for_each_chromosome_is_one(tmp_path):
    path = by_chromosome(tmp_path)
    found = load(path, "population")
    assert list(found.facts) == [STAT3_R382W, ZNF341_STOP]
    assert {fact.allele_frequency for fact in found.facts.values()} == {0.125}
    assert found.origin == "c{chrom}.vcf.gz, 2 records over the loci on GRCh38"
    assert (found.date, found.complete) == ("2017", True)
    by_chromosome(tmp_path, info20=("AF|A|Float",), values20="AF=0.1")
    assert fault_of(path, "population", fields={"allele_count": "AC"}) == (
        "evidence source source: field 'AC' (allele_count) is not declared in the header"
    )


def test_what_is_kept_of_two_rows_for_one_allele(tmp_path):
    def loaded(kind, values, info, **given):
        rows = [(42325037, "TCAC", "T", values[0]), (42325040, "CCAC", "C", values[1])]
        path = vcf(tmp_path / "m.vcf", rows, info=info, index=False)
        (fact,) = load(path, kind, **given).facts.values()
        return fact

    fewer, more = "AC=3;AN=9", "AC=1;AN=10"
    assert loaded("population", (fewer, more), COUNTS).allele_number == 10
    assert loaded("population", (more, fewer), COUNTS).allele_number == 10
    assert loaded("population", ("AC=3;AN=9", "AC=1;AN=9"), COUNTS).allele_count == 3
    assert loaded("population", ("AC=3", "AC=1;AN=1"), COUNTS).allele_number == 1
    assert loaded("lab", ("CLASS=LP", "CLASS=LP"), ("CLASS|1|String",)) == "LP"
    score = ("S|1|Float",)
    for tool, value in (("REVEL", 0.9), ("ESM1b", 0.1)):
        for order in (("S=0.1", "S=0.9"), ("S=0.9", "S=0.1")):
            fact = loaded("score", order, score, tool=tool, fields={"value": "S"})
            assert fact == ScoreFact(tool, value, "S", "source")
    benign = "CLNSIG=Benign;CLNREVSTAT=no_assertion_criteria_provided"
    pathogenic = "CLNSIG=Pathogenic;CLNREVSTAT=no_assertion_criteria_provided"
    unknown = "CLNSIG=Likely_pathogenic"
    for order in ((benign, pathogenic), (pathogenic, benign), (benign, unknown), (unknown, benign)):
        assert loaded("clinvar", order, CLINVAR_INFO).pathogenic


MAP_COLUMNS = (
    *("acc_gain", "acc_gain_at", "acc_loss", "acc_loss_at"),
    *("don_gain", "don_gain_at", "don_loss", "don_loss_at"),
)


def test_a_splice_map_is_read_from_its_columns_or_the_named_ones(tmp_path):
    names = "chrom\tpos\tref\talt\t" + "\t".join(MAP_COLUMNS)
    row = "17\t42329643\tG\tA\t0.1\t-5\t0\t1\t0.4\t7\t0.2\t9\n"
    expected = SpliceMapFact(
        "CI-SpliceAI",
        (
            PredictedSite("acceptor gain", 0.1, -5),
            PredictedSite("acceptor loss", 0.0, 1),
            PredictedSite("donor gain", 0.4, 7),
            PredictedSite("donor loss", 0.2, 9),
        ),
        "source",
    )
    path = table(tmp_path / "map.tsv", f"{names}\n{row}")
    assert load(path, "splice_map", tool="CI-SpliceAI").facts == {STAT3_R382W: expected}
    assert load(path, "splice_map").facts[STAT3_R382W].tool == "source"
    own = table(tmp_path / "own.tsv", f"{names.replace('don_loss_at', 'AT')}\n{row}")
    given = {"tool": "CI-SpliceAI", "fields": {"don_loss_at": "AT"}}
    assert load(own, "splice_map", **given).facts == {STAT3_R382W: expected}
    assert fault_of(own, "splice_map") == (
        "evidence source source: 'don_loss_at' is not a field of the file; name it under `fields`"
    )
    broken = table(tmp_path / "broken.tsv", f"{names}\n{row.replace('0.4', 'x')}")
    assert fault_of(broken, "splice_map") == (
        "17:42329643 G>A: broken row (could not convert string to float: 'x')"
    )
    broken = table(tmp_path / "broken.tsv", f"{names}\n{row.replace('-5', '.')}")
    assert fault_of(broken, "splice_map") == (
        "17:42329643 G>A: broken row (invalid literal for int() with base 10: '')"
    )


def test_a_row_that_says_nothing_gives_no_fact(tmp_path):
    path = table(
        tmp_path / "x.tsv",
        "chrom\tpos\tref\talt\tCLASS\tS\n17\t42329643\tG\tA\t.\t.\n17\t42329643\tG\tC\tLP\t1\n",
    )
    other = ("17", 42329643, "G", "C")
    assert load(path, "lab").facts == {other: "LP"}
    expected = ScoreFact("X", 1.0, "S", "source")
    assert load(path, "score", tool="X", fields={"value": "S"}).facts == {other: expected}


@pytest.mark.parametrize("tool", ["AlphaMissense", "alphamissense"])
def test_a_tool_has_its_own_columns_in_any_case_and_fields_go_first(tmp_path, tool):
    path = table(tmp_path / "am.tsv", ALPHA)
    assert load(path, "score", tool=tool).facts[STAT3_R382W] == ScoreFact(
        tool, 0.99, "am_pathogenicity", "source"
    )
    renamed = table(tmp_path / "own.tsv", ALPHA.replace("POS", "PLACE").replace("am_patho", "p"))
    fields = {"pos": "PLACE", "value": "pgenicity"}
    assert load(renamed, "score", tool=tool, fields=fields).facts[STAT3_R382W].value == 0.99
    assert fault_of(renamed, "score", tool=tool, fields={"pos": "PLACE"}) == (
        "evidence source source: 'am_pathogenicity' is not a field of the file; name it under "
        "`fields`"
    )


def test_a_score_of_another_tool_needs_its_column(tmp_path):
    path = table(tmp_path / "x.tsv", "chrom\tpos\tref\talt\tS\n17\t42329643\tG\tA\t1\n")
    assert fault_of(path, "score", tool="OTHER") == (
        "evidence source source: 'the value' is not a field of the file; name it under `fields`"
    )


def test_facts_bear_the_name_and_version_of_their_source(tmp_path):
    path = vcf(tmp_path / "g.vcf", [(42329643, "G", "A", "AC=1;AN=8")], info=COUNTS)
    (fact,) = load(path, "population", name="gnomAD", version="4.1").facts.values()
    assert (fact.source, fact.version) == ("gnomAD", "4.1")
    value = "SpliceAI=A|STAT3|0|0|0.31|0|1|1|1|1"
    path = vcf(tmp_path / "s.vcf", [(42329643, "G", "A", value)], info=("SpliceAI|.|String",))
    (fact,) = load(path, "spliceai", name="the lab").facts.values()
    assert fact == ScoreFact("SpliceAI", 0.31, "donor gain", "the lab")


def test_of_tables_for_each_chromosome_the_date_of_the_first_is_taken(tmp_path):
    for chrom, key in (("17", STAT3_R382W), ("20", ZNF341_STOP)):
        cells = "\t".join(map(str, key))
        text = f"# date: 20{chrom}\nchrom\tpos\tref\talt\tCLASS\n{cells}\tLP\n"
        table(tmp_path / f"c{chrom}.tsv", text)
    found = load(tmp_path / "c{chrom}.tsv", "lab")
    assert (found.date, len(found.facts)) == ("2017", 2)


def test_a_lab_that_contradicts_itself_is_told_in_one_sentence(tmp_path):
    rows = [(42325037, "TCAC", "T", "CLASS=LP"), (42325040, "CCAC", "C", "CLASS=VUS")]
    path = vcf(tmp_path / "l.vcf", rows, info=("CLASS|1|String",))
    assert fault_of(path, "lab") == (
        "evidence source source gives two classes for one allele: LP and VUS"
    )
