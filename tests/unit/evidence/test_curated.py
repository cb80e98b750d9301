"""The curated table: every row is checked against the reference sequence, independently."""

from __future__ import annotations

import re

import pytest
from Bio.Seq import Seq

from hies_annot.errors import InputError
from hies_annot.evidence.curated import COLUMNS, read_known
from hies_annot.evidence.store import KNOWN
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import AlleleKind, Mechanism
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele, ref_agreement
from hies_annot.shipped import resource_path

REFERENCE = embedded_reference(Build.GRCH38, default_genes())
ROWS = read_known(resource_path(KNOWN))
THREE = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G",
    "His": "H", "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S",
    "Thr": "T", "Trp": "W", "Tyr": "Y", "Val": "V", "Ter": "*",
}  # fmt: skip
SUBSTITUTION = re.compile(r"p\.\(([A-Z][a-z]{2})(\d+)([A-Z][a-z]{2})\)\Z")
GOF = {
    "R152W", "R278C", "R278H", "P330S", "Q344H", "V353F", "E357K", "K392R", "M394T", "E415G",
    "E415K", "E415Q", "N420K", "G421R", "Y640F", "N646K", "K658N", "T663I", "A703T", "P715L",
    "T716M",
}  # fmt: skip
DOMINANT_NEGATIVE = {
    "R382L", "R382Q", "R382W", "F384L", "F384S", "T389I", "R423Q", "H437Y", "S611N", "F621V",
    "T622I", "V637L", "V637M", "Y657C",
}  # fmt: skip


def coding(gene):
    transcript, locus = REFERENCE.mane(gene), REFERENCE.locus(gene)
    first, last = transcript.cds_offsets
    places = [transcript.genome_position(offset) for offset in range(first, last + 1)]
    plus = "".join(locus.bases(place, place) for place in places)
    return places, plus if transcript.plus else str(Seq(plus).complement())


CODING = {gene.name: coding(gene.name) for gene in default_genes()}


def mutated_codon(row):
    """Codon of the substituted base before and after, and its number (1-based)."""
    places, bases = CODING[row.gene]
    index = places.index(row.pos)
    alt = row.alt if REFERENCE.mane(row.gene).plus else str(Seq(row.alt).complement())
    start = index - index % 3
    before = bases[start : start + 3]
    after = before[: index % 3] + alt + before[index % 3 + 1 :]
    return before, after, index // 3 + 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.identifier)
def test_ref_is_the_reference_base_and_the_allele_is_in_normal_form(row):
    locus = REFERENCE.locus(row.gene)
    allele = normalise_allele(REFERENCE, row.chrom, row.pos, row.ref, row.alt)
    assert allele is not None
    assert allele.kind is AlleleKind.SEQUENCE
    assert allele.id == row.identifier
    assert ref_agreement(locus, row.pos, row.ref) is True


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if len(row.ref) == len(row.alt) and SUBSTITUTION.match(row.hgvs_p or "")],
    ids=lambda row: row.hgvs_p,
)
def test_the_substitution_translates_to_the_stated_protein_change(row):
    before, after, residue = mutated_codon(row)
    first, number, last = SUBSTITUTION.match(row.hgvs_p).groups()
    assert residue == int(number)
    assert str(Seq(after).translate()) == THREE[last]
    if before.isupper() or not REFERENCE.locus(row.gene).demo:
        assert str(Seq(before).translate()) == THREE[first]
    index = int(re.match(r"c\.(\d+)", row.hgvs_c)[1])
    assert CODING[row.gene][0][index - 1] == row.pos
    ref, alt = re.search(r"([ACGT])>([ACGT])\Z", row.hgvs_c).groups()
    strand = (row.ref, row.alt)
    if not REFERENCE.mane(row.gene).plus:
        strand = tuple(str(Seq(base).complement()) for base in strand)
    assert (ref, alt) == strand


def test_rows_of_other_kinds_lie_where_their_name_says():
    places, bases = CODING["STAT3"]
    by_name = {row.hgvs_c: row for row in ROWS if row.gene == "STAT3"}
    deleted = by_name["c.1967_1981del"]
    assert {places[1966], places[1980]} == {deleted.pos + 1, deleted.pos + 15}
    shortened = bases[:1966] + bases[1981:]
    protein = str(Seq(bases).translate())
    assert str(Seq(shortened).translate()) == protein[:655] + protein[660:]
    assert by_name["c.1139+1G>T"].pos == places[1138] - 1
    assert by_name["c.1110-3C>G"].pos == places[1109] + 3
    assert by_name["c.1282-89C>T"].pos == places[1281] + 89
    doubled = by_name["c.1969_1971dup"]
    assert str(Seq(doubled.alt[1:]).reverse_complement().translate()) == "Y"
    assert places[1970] == doubled.pos + 1


def test_published_protein_changes_carry_their_mechanism():
    found = {}
    for row in ROWS:
        match = SUBSTITUTION.match(row.hgvs_p or "")
        if match and row.gene == "STAT3":
            short = f"{THREE[match[1]]}{match[2]}{THREE[match[3]]}"
            found.setdefault(short, set()).update(row.mechanisms)
    for name in GOF:
        assert Mechanism.GAIN_OF_FUNCTION in found[name], name
        assert Mechanism.DOMINANT_NEGATIVE not in found[name], name
    for name in DOMINANT_NEGATIVE:
        assert found[name] == {Mechanism.DOMINANT_NEGATIVE}, name
    assert found["T389A"] == found["T389R"] == found["T389S"] == {Mechanism.GAIN_OF_FUNCTION}
    for name in ("Y640F", "N646K", "K658N"):
        assert found[name] == {Mechanism.GAIN_OF_FUNCTION, Mechanism.SOMATIC_ACTIVATING}
    for name in ("Q32K", "M143I", "F561Y"):
        assert found[name] == {Mechanism.BENIGN}


def test_literature_names_of_znf341_lead_to_the_mane_alleles():
    by_alias = {alias.split(" ")[0]: row for row in ROWS for alias in row.aliases}
    assert by_alias["p.Arg379*"].hgvs_p == "p.(Arg386Ter)"
    assert by_alias["p.Arg379*"].identifier == "20-33761989-C-T"
    assert by_alias["p.Tyr542*"].hgvs_p == "p.(Tyr549Ter)"
    assert [row.hgvs_p for row in ROWS if row.allow_frequency] == ["p.(Arg302Ter)"]


def test_every_condition_named_is_one_of_the_gene_file():
    conditions = {gene.name: {c.id for c in gene.file.conditions} for gene in default_genes()}
    for row in ROWS:
        assert row.condition is None or row.condition in conditions[row.gene]


def test_hot_spots_of_the_gene_file_follow_from_the_table():
    for gene in default_genes():
        for condition in gene.file.conditions:
            for spot in condition.acmg.hot_spots if condition.acmg else ():
                changes = {
                    row.hgvs_p
                    for row in ROWS
                    if row.pathogenic
                    and (match := SUBSTITUTION.match(row.hgvs_p or ""))
                    and int(match[2]) == spot.start
                }
                mechanisms = {
                    mechanism
                    for row in ROWS
                    if row.hgvs_p in changes
                    for mechanism in row.mechanisms
                }
                assert len(changes) >= 2, spot
                assert mechanisms == set(condition.mechanisms), spot


ROW = {
    "gene": "STAT3", "chrom": "17", "pos": "42329643", "ref": "G", "alt": "A",
    "hgvs_c": "c.1144C>T", "hgvs_p": "p.(Arg382Trp)", "mechanisms": "dominant_negative",
    "classification": "pathogenic", "condition": "STAT3-AD-HIES", "aliases": "", "functional": "",
    "allow_frequency": "", "source": "a paper",
}  # fmt: skip


def write(path, *rows):
    lines = ["\t".join(COLUMNS), *("\t".join(row[name] for name in COLUMNS) for row in rows)]
    path.write_text("# a remark\n" + "\n".join(lines) + "\n")
    return path


def test_a_good_table_is_read(tmp_path):
    (row,) = read_known(write(tmp_path / "known.tsv", ROW))
    assert (row.identifier, row.hgvs_p) == ("17-42329643-G-A", "p.(Arg382Trp)")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"classification": "Pathogenic"}, "line 3: classification 'Pathogenic' is none of"),
        ({"mechanisms": "LOF"}, "line 3: mechanisms 'LOF'"),
        ({"pos": "x"}, "line 3: a position and a source"),
        ({"source": ""}, "line 3: a position and a source"),
    ],
)
def test_a_broken_row_is_named(tmp_path, change, message):
    with pytest.raises(InputError, match=re.escape(message)):
        read_known(write(tmp_path / "known.tsv", ROW | change))


def test_an_allele_given_twice_is_named(tmp_path):
    with pytest.raises(InputError, match="line 4: 17-42329643-G-A stands twice"):
        read_known(write(tmp_path / "known.tsv", ROW, ROW))


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "known.tsv"
    path.write_text("gene\tchrom\nSTAT3\t17\n")
    with pytest.raises(InputError, match="missing columns: pos, ref"):
        read_known(path)


def test_an_empty_table_is_an_error(tmp_path):
    path = tmp_path / "known.tsv"
    path.write_text("# nothing\n")
    with pytest.raises(InputError, match="empty"):
        read_known(path)
