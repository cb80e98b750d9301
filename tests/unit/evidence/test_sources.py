"""Reading evidence files: field names of all versions, spellings, builds, and loud faults."""

from __future__ import annotations

from pathlib import Path

import pysam
import pytest

from hies_annot.errors import InputError
from hies_annot.evidence.loci import Place
from hies_annot.evidence.slices import read_slice, slice_text
from hies_annot.evidence.sources import load_source
from hies_annot.evidence.store import load_evidence
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.settings.evidence_sources import EvidenceConfig, Source

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


def load(path, kind, *, build=Build.GRCH38, name="source", **rest):
    source = Source(name=name, kind=kind, path=str(path), **rest)
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
        config = EvidenceConfig(sources=(Source(name="c", kind="clinvar", path=path),))
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
    source = Source(name="s", kind="clinvar", path=path, build="GRCh37")
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
    return Source(name=path.name, kind=kind, path=file)


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
    lab = Source(name="lab clinvar", kind="clinvar", path=path)
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
