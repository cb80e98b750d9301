"""The curated table: every row is checked against the reference sequence, independently."""

from __future__ import annotations

import re

import pytest
from Bio.Seq import Seq

from hies_annot.errors import InputError
from hies_annot.evidence.curated import COLUMNS, read_known
from hies_annot.evidence.known_alleles import KNOWN
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import AlleleKind, KnownVariant, Mechanism
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


def write(path, *rows, columns=COLUMNS):
    columns = list(dict.fromkeys([*columns, *(name for row in rows for name in row)]))
    lines = ["\t".join(columns), *("\t".join(row.get(n, "") for n in columns) for row in rows)]
    path.write_text("# a remark\n" + "\n".join(lines) + "\n")
    return path


def test_a_good_table_is_read(tmp_path):
    (row,) = read_known(write(tmp_path / "known.tsv", ROW))
    assert (row.identifier, row.hgvs_p) == ("17-42329643-G-A", "p.(Arg382Trp)")


def fault_of(path):
    with pytest.raises(InputError) as fault:
        read_known(path)
    told = str(fault.value)
    assert told.startswith((f"{path}: ", f"{path}, "))
    return told[len(f"{path}: ") :]


NUMBERS = (
    "line 3: odds_path, assay_controls and probands are numbers, cases and controls are written "
    "as carriers/all"
)
UNSOURCED = "line 3: probands, cases and controls need a counts_source"
BASES = "line 3: ref and alt are bases in capital letters (A, C, G, T)"
OPEN = "a cell cannot be read (unexpected end of data): write it without quotation marks"
WORDS = "benign, likely_benign, likely_pathogenic, pathogenic, uncertain"
MECHANISMS = "use {}, separated by `;`".format(
    "dominant_negative, loss_of_function, gain_of_function, somatic_activating, benign, unresolved"
)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"classification": "Good"}, f"line 3: classification 'Good' is none of {WORDS}"),
        ({"mechanisms": "LOF"}, f"line 3: mechanisms 'LOF': {MECHANISMS}"),
        ({"mechanisms": ""}, f"line 3: mechanisms '': {MECHANISMS}"),
        ({"mechanisms": "benign;"}, f"line 3: mechanisms 'benign;': {MECHANISMS}"),
        ({"pos": "x"}, "line 3: a position and a source are needed"),
        ({"pos": ""}, "line 3: a position and a source are needed"),
        ({"pos": "\u00b2"}, "line 3: a position and a source are needed"),
        ({"pos": "\u0661"}, "line 3: a position and a source are needed"),
        ({"pos": "9" * 5000}, "line 3: a position and a source are needed"),
        ({"pos": "-4"}, "line 3: a position and a source are needed"),
        ({"source": ""}, "line 3: a position and a source are needed"),
        ({"chrom": "17p"}, "line 3: chromosome '17p' is unknown: write it as 17"),
        ({"chrom": ""}, "line 3: chromosome '' is unknown: write it as 17"),
        ({"ref": "g"}, BASES),
        ({"ref": ""}, BASES),
        ({"alt": "<DEL>"}, BASES),
        ({"alt": ""}, BASES),
        ({"allow_frequency": "Yes"}, "line 3: allow_frequency 'Yes': use yes, or leave it empty"),
        ({"source": '"open'}, f"line 3: {OPEN}"),
        ({"odds_path": "0"}, NUMBERS),
        ({"odds_path": "-1"}, NUMBERS),
        ({"odds_path": "inf"}, NUMBERS),
        ({"odds_path": "nan"}, NUMBERS),
        ({"odds_path": "many"}, NUMBERS),
        ({"assay_controls": "1.5"}, NUMBERS),
        ({"probands": "9" * 5000, "counts_source": "x"}, NUMBERS),
        ({"probands": "-1", "counts_source": "x"}, NUMBERS),
        ({"probands": "\u0661", "counts_source": "x"}, NUMBERS),
        ({"cases": "3", "counts_source": "x"}, NUMBERS),
        ({"cases": "3/2", "counts_source": "x"}, NUMBERS),
        ({"controls": "1/2/3", "counts_source": "x"}, NUMBERS),
        ({"probands": "1"}, UNSOURCED),
        ({"cases": "1/2"}, UNSOURCED),
        ({"controls": "1/2", "counts_source": " "}, UNSOURCED),
    ],
)  # fmt: skip
def test_a_broken_row_is_named_with_its_line(tmp_path, change, message):
    assert fault_of(write(tmp_path / "known.tsv", ROW | change)) == message


def test_an_allele_given_twice_is_named(tmp_path):
    other = ROW | {"chrom": "chr17", "pos": "042329643"}
    for again in (ROW, other):
        path = write(tmp_path / "known.tsv", ROW, ROW | {"alt": "C"}, again)
        assert fault_of(path) == "line 5: 17-42329643-G-A stands twice in the table"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the table of known variants is empty"),
        ("# nothing\n \n\n", "the table of known variants is empty"),
        (
            "gene\tchrom\nSTAT3\t17\n",
            f"missing columns: {', '.join(COLUMNS[2:])}",
        ),
        (
            "\t".join(COLUMNS).replace("gene", "Gene").replace("pos", "POS"),
            "column 'Gene' is to be written 'gene'; column 'POS' is to be written 'pos'",
        ),
        (
            ",".join(COLUMNS[:5]),
            "columns are separated by commas, and must be by tabs: save it with tabs",
        ),
        (
            f'# x\n"{COLUMNS[0]}\t',
            f"line 2: {OPEN}",
        ),
        ("PK\x03\x04", r"cannot be read: it is a workbook \(\.xlsx, \.ods\), not text: .*"),
    ],
)
def test_a_table_that_is_none_is_told_in_one_sentence(tmp_path, text, message):
    path = tmp_path / "known.tsv"
    path.write_text(text)
    told = fault_of(path)
    assert told == message or re.fullmatch(message, told)


def test_a_table_that_is_not_there_is_named(tmp_path):
    assert fault_of(tmp_path / "gone.tsv") == "cannot be read: No such file or directory"


def test_a_row_is_what_its_cells_say(tmp_path):
    full = ROW | {
        "mechanisms": "gain_of_function;somatic_activating",
        "aliases": "R382W;;p.R382W",
        "functional": "abnormal: reporter, a paper",
        "allow_frequency": "yes",
        "source": '"Smith, a ""paper"""',
        "odds_path": " 0.5 ",
        "assay_controls": "12",
        "probands": "0",
        "cases": "3/3",
        "controls": "0/100",
        "counts_source": "a count",
    }
    (row,) = read_known(write(tmp_path / "known.tsv", full))
    assert row == KnownVariant(
        identifier="17-42329643-G-A",
        gene="STAT3",
        mechanisms=(Mechanism.GAIN_OF_FUNCTION, Mechanism.SOMATIC_ACTIVATING),
        classification="pathogenic",
        condition="STAT3-AD-HIES",
        aliases=("R382W", "p.R382W"),
        source='Smith, a "paper"',
        allow_frequency=True,
        chrom="17",
        pos=42329643,
        ref="G",
        alt="A",
        hgvs_c="c.1144C>T",
        hgvs_p="p.(Arg382Trp)",
        functional="abnormal: reporter, a paper",
        odds_path=0.5,
        assay_controls=12,
        probands=0,
        cases=(3, 3),
        controls=(0, 100),
        counts_source="a count",
    )


SPARSE = KnownVariant(
    identifier="17-42329643-G-A",
    gene="STAT3",
    mechanisms=(Mechanism.UNRESOLVED,),
    classification="uncertain",
    condition=None,
    aliases=(),
    source="a paper",
    chrom="17",
    pos=42329643,
    ref="G",
    alt="A",
)


@pytest.mark.parametrize("chrom", ["17", "chr17", "NC_000017.11"])
@pytest.mark.parametrize("allowed", ["", "no"])
def test_what_a_row_leaves_out_is_not_known(tmp_path, chrom, allowed):
    given = {"gene": "STAT3", "chrom": chrom, "pos": "42329643", "ref": "G", "alt": "A"}
    given |= {"mechanisms": "unresolved", "classification": "uncertain", "source": "a paper"}
    given |= {"allow_frequency": allowed}
    path = write(tmp_path / "known.tsv", given)
    assert read_known(path) == (SPARSE,)
    path.write_text(path.read_text() + "\n# a remark\n\n")
    assert read_known(path) == (SPARSE,)
    last = [*(name for name in COLUMNS if name != "aliases"), "aliases", "odds_path"]
    short = "\t".join(given.get(name, "") for name in last).rstrip("\t")
    path.write_text("\t".join(last) + f"\n{short}\n")
    assert read_known(path) == (SPARSE,)


def test_rows_keep_their_order(tmp_path):
    rows = [ROW | {"alt": alt, "ref": "GG"} for alt in ("T", "A", "C")]
    found = read_known(write(tmp_path / "known.tsv", *rows))
    assert [row.alt for row in found] == ["T", "A", "C"]
