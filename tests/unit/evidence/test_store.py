"""The evidence of a run: what is said of an allele, by whom, and what the digest depends on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.errors import UsageError
from hies_annot.evidence.curated import COLUMNS, read_known
from hies_annot.evidence.known_alleles import KNOWN
from hies_annot.evidence.slices import Slice, slice_text
from hies_annot.evidence.store import REACH, load_evidence
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.io.file_digest import sha256_of
from hies_annot.model import (
    Allele,
    AlleleKind,
    ClinVarFact,
    Evidence,
    KnownVariant,
    Mechanism,
    NearAllele,
    PopulationFact,
    PredictedSite,
    ScoreFact,
    SourceState,
    SpliceMapFact,
)
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.evidence_sources import EvidenceConfig, Source, SourceKind
from hies_annot.shipped import resource_path

GENES = default_genes()
REFERENCES = {build: embedded_reference(build, GENES) for build in Build}
REFERENCE = REFERENCES[Build.GRCH38]
KEY = ("17", 42329643, "G", "A")
OTHER = ("17", 42329640, "C", "T")
CLINVAR = ClinVarFact("7", "Pathogenic", 2, "status", (), None, "c", None)
POPULATION = PopulationFact("p", None, 0.25, 1, 4, 0, None, None)
SCORE, SPLICE = ScoreFact("REVEL", 0.9, "S", "s"), ScoreFact("SpliceAI", 0.4, "donor gain", "a")
MAP = SpliceMapFact("map", (PredictedSite("donor gain", 0.9, 0),), "m")
BARE = EvidenceConfig(embedded=False)


def allele(key=KEY, *, gene="STAT3", kind=AlleleKind.SEQUENCE, build=Build.GRCH38):
    chrom, pos, ref, alt = key
    return Allele(
        build=build,
        gene=gene,
        chrom=chrom,
        pos=pos,
        ref=ref,
        alt=alt,
        kind=kind,
        end=pos + len(ref) - 1,
        copy_number=None,
    )


def known(key, *, gene="STAT3", **rest):
    return KnownVariant(
        identifier="-".join(map(str, key)),
        gene=gene,
        mechanisms=(Mechanism.UNRESOLVED,),
        classification="uncertain",
        condition=None,
        aliases=(),
        source="a paper",
        chrom=key[0],
        pos=key[1],
        ref=key[2],
        alt=key[3],
        **rest,
    )


def source(kind, fact, *, name=None, keys=(KEY,), complete=False):
    name = name or str(kind)
    return Slice(
        name=name, kind=SourceKind(kind), facts=dict.fromkeys(keys, fact), complete=complete
    )


EMPTY = load_evidence(BARE, GENES, Build.GRCH38, REFERENCE)
ALL = (
    source("clinvar", CLINVAR, complete=True),
    source("population", POPULATION, complete=True),
    source("population", replace(POPULATION, source="q"), name="partial"),
    source("score", SCORE, complete=True),
    source("spliceai", SPLICE),
    source("splice_map", MAP),
    source("lab", "LP"),
)
NAMES = tuple(each.name for each in ALL)
FULL = replace(EMPTY, slices=ALL)


def test_all_that_is_said_of_an_allele():
    placed = replace(MAP.sites[0], pos=42329643, place="c.1144")
    assert FULL.lookup(allele()) == Evidence(
        known=None,
        clinvar=CLINVAR,
        population=(POPULATION, replace(POPULATION, source="q")),
        scores=(SCORE, SPLICE),
        splice_map=replace(MAP, sites=(placed,)),
        lab="LP",
        asked=NAMES,
        tools=("REVEL", "SpliceAI"),
        exhaustive=("population",),
        neighbours=(),
        near=(),
    )


def test_of_an_allele_that_is_not_listed_the_sources_are_told():
    assert FULL.lookup(allele(OTHER)) == Evidence(
        asked=NAMES, tools=("REVEL", "SpliceAI"), exhaustive=("population",)
    )
    assert EMPTY.lookup(allele()) == Evidence()


@pytest.mark.parametrize("kind", [kind for kind in AlleleKind if kind is not AlleleKind.SEQUENCE])
def test_what_has_no_sequence_matches_nothing_and_says_what_was_asked(kind):
    assert FULL.lookup(allele(kind=kind)) == Evidence(asked=NAMES)


def test_a_source_is_not_asked_of_the_genes_that_it_lacks():
    store = replace(FULL, not_asked={"population": frozenset({"STAT3"}), "lab": frozenset({"X"})})
    found = store.lookup(allele())
    asked = tuple(name for name in NAMES if name != "population")
    assert (found.asked, found.exhaustive, found.lab) == (asked, (), "LP")
    assert found.population == (replace(POPULATION, source="q"),)
    assert store.lookup(allele(kind=AlleleKind.SYMBOLIC)) == Evidence(asked=asked)
    assert store.lookup(allele(gene="ZNF341")).exhaustive == ("population",)


def test_the_order_of_the_sources_never_tells_which_one_counts():
    second = replace(CLINVAR, variation_id="8")
    sources = (
        source("clinvar", replace(CLINVAR, variation_id="9"), name="z", keys=(OTHER,)),
        source("clinvar", CLINVAR, name="b"),
        source("clinvar", second, name="a"),
    )
    found = [replace(EMPTY, slices=s).lookup(allele()).clinvar for s in (sources, sources[::-1])]
    assert found == [second, second]


@pytest.mark.parametrize(("chrom", "shift"), [("17", 1847982), ("20", 33726657 - 32314463)])
def test_an_allele_is_looked_up_by_its_key_on_grch38(chrom, shift):
    key = KEY if chrom == "17" else ("20", 33757310, "C", "T")
    older = allele((chrom, key[1] - shift, *key[2:]), build=Build.GRCH37)
    store = replace(EMPTY, build=Build.GRCH37, slices=(source("lab", "LP", keys=(key,)),))
    assert store.key(older) == key
    assert store.lookup(older).lab == "LP"
    row = known(key, gene=older.gene)
    assert replace(store, known={key: row}).lookup(older).known == row


@pytest.mark.parametrize("distance", [-REACH - 1, -REACH, -1, 0, 1, REACH, REACH + 1])
def test_curated_introns_within_reach_are_near(distance):
    place = ("17", KEY[1] + distance, "C", "G")
    row = known(place)
    scores = (
        source("score", SCORE, keys=(place,)),
        source("clinvar", CLINVAR, name="a", keys=(place,)),
        source("spliceai", CLINVAR, name="b", keys=(place,)),
        source("spliceai", SPLICE, name="c", keys=(place,)),
        source("spliceai", replace(SPLICE, value=0.1), name="d", keys=(place,)),
    )
    store = replace(EMPTY, known_introns=(row,), slices=scores)
    expected = (NearAllele(row, SPLICE),) if abs(distance) <= REACH else ()
    assert store.lookup(allele()).near == expected
    assert store.lookup(allele(gene="ZNF341")).near == ()
    unscored = replace(store, slices=scores[:2]).lookup(allele()).near
    assert unscored == ((NearAllele(row, None),) if expected else ())


def test_an_allele_is_not_near_itself_and_near_all_others():
    rows = tuple(known((*KEY[:3], alt)) for alt in ("C", "A", "T"))
    others = (known(("17", KEY[1], "GA", "A")), known(KEY, gene="ZNF341"), *rows)
    near = replace(EMPTY, known_introns=others).lookup(allele()).near
    assert near == tuple(NearAllele(row, None) for row in (others[0], rows[0], rows[2]))


CODONS = {382: (42329641, 42329642, 42329643), 381: (42329644, 42329645, 42329646)}
"""Residues of STAT3 (minus strand) and their bases on GRCh38: c.1144C>T is Arg382Trp."""


def test_neighbours_change_the_same_residues():
    rows = {
        residue: tuple(known(("17", pos, "N", "A")) for pos in places)
        for residue, places in CODONS.items()
    }
    by_residue = {("STAT3", residue): found for residue, found in rows.items()}
    store = replace(EMPTY, by_residue=by_residue)
    for residue, places in CODONS.items():
        for pos in places:
            assert store.lookup(allele(("17", pos, "N", "C"))).neighbours == rows[residue]
    assert store.lookup(allele(("17", 42329640, "N", "C"))).neighbours == ()
    assert store.lookup(allele(("17", 42329647, "N", "C"))).neighbours == ()
    assert store.lookup(allele(("17", 42329643, "NN", "CC"))).neighbours == rows[381] + rows[382]
    assert store.lookup(allele(("17", 42329638, "NNN", "C"))).neighbours == ()
    assert store.lookup(allele(("17", 42329638, "NNNN", "C"))).neighbours == rows[382]
    assert store.lookup(allele(("17", 42329643, "N", "C"), gene="ZNF341")).neighbours == ()
    own = rows[382][1]
    itself = replace(store, known={("17", own.pos, "N", "A"): own})
    assert itself.lookup(allele(("17", own.pos, "N", "A"))).neighbours == (
        rows[382][0],
        rows[382][2],
    )
    twice = replace(store, by_residue={("STAT3", n): (own,) for n in CODONS})
    assert twice.lookup(allele(("17", 42329643, "NN", "CC"))).neighbours == (own,)
    assert replace(store, transcripts={}).lookup(allele()).neighbours == ()


@pytest.mark.parametrize("gene", ["STAT3", "ZNF341"])
def test_residues_are_those_of_the_first_to_the_last_coding_base(gene):
    transcript = REFERENCE.mane(gene)
    first, last = transcript.cds_offsets
    ends = {1: known(("1", 1, "G", "A")), (last - first) // 3 + 1: known(("1", 2, "G", "A"))}
    others = {0: known(("1", 3, "G", "A")), max(ends) + 1: known(("1", 4, "G", "A"))}
    by_residue = {(gene, residue): (row,) for residue, row in (ends | others).items()}
    store = replace(EMPTY, by_residue=by_residue)
    expected = {first - 1: (), first: (ends[1],), last: (ends[max(ends)],), last + 1: ()}
    for offset, rows in expected.items():
        at = ("1", transcript.genome_position(offset), "N", "C")
        assert store.lookup(allele(at, gene=gene)).neighbours == rows


def residue_of(gene, pos):
    """The residue of a coding base, counted along the coding sequence."""
    transcript = REFERENCE.mane(gene)
    first, last = transcript.cds_offsets
    coding = [transcript.genome_position(offset) for offset in range(first, last + 1)]
    return coding.index(pos) // 3 + 1


def lab_table(path, *rows):
    lines = ["\t".join(COLUMNS)]
    for gene, key, hgvs_c in rows:
        cells = (gene, *map(str, key), hgvs_c, "", "unresolved", "uncertain", *[""] * 4, "a paper")
        lines.append("\t".join(cells))
    path.write_text("\n".join(lines) + "\n")
    return EvidenceConfig(embedded=False, known_variants=str(path))


LAB_ROWS = (
    ("STAT3", ("17", 42329643, "GG", "AT"), "c.1143_1144delinsAT"),  # residues 382 and 381
    ("STAT3", ("17", 42329643, "G", "A"), "c.1144C>T"),
    ("STAT3", ("17", 42329642, "C", "T"), "c.1145G>A"),
    ("STAT3", ("17", 42329641, "CCG", "C"), "c.1145_1146del"),
    ("STAT3", ("17", 42329641, "C", "CAAA"), "c.1146_1147insTTT"),
    ("STAT3", ("17", 42329745, "A", "C"), "c.1139+2T>G"),
    ("STAT3", ("17", 42329779, "G", "C"), "c.1110-3C>G"),
    ("ZNF341", ("20", 33757310, "C", "T"), "c.904C>T"),
    ("ZNF341", ("20", 33757300, "C", "T"), ""),
    ("OTHER", ("1", 1000, "C", "T"), "c.1+1C>T"),
)


@pytest.mark.parametrize("build", Build)
def test_the_curated_alleles_of_the_genes_of_a_run(tmp_path, build):
    config = lab_table(tmp_path / "known.tsv", *LAB_ROWS)
    store = load_evidence(config, GENES, build, REFERENCES[build])
    rows = [row for row in read_known(tmp_path / "known.tsv") if row.gene != "OTHER"]
    assert store.known == {(r.chrom, r.pos, r.ref, r.alt): r for r in rows}
    assert list(store.known.values()) == rows
    assert store.known_introns == tuple(rows[5:7])
    assert store.by_residue == {
        ("STAT3", 381): (rows[0],),
        ("STAT3", 382): (rows[0], rows[1], rows[2]),
        ("ZNF341", 302): (rows[7],),
        ("ZNF341", residue_of("ZNF341", 33757300)): (rows[8],),
    }
    assert store.resources == (SourceState(name="known variants", version=None, records=9),)
    assert (store.build, store.genes, store.not_asked, store.faults) == (build, GENES, {}, ())
    assert set(store.transcripts) == {"STAT3", "ZNF341"}
    assert {t.build for t in store.transcripts.values()} == {build}
    assert store.known_variants("ZNF341") == (rows[8], rows[7])
    assert store.known_variants("OTHER") == ()
    one = load_evidence(config, GENES[:1], build, REFERENCES[build])
    assert list(one.known.values()) == rows[:7]


@given(
    st.permutations([(2, "A", "C"), (2, "A", "G"), (2, "AC", "A"), (10, "A", "C"), (1, "T", "C")])
)
def test_curated_variants_are_given_in_the_order_of_the_genome(places):
    rows = [known(("17", *place)) for place in places]
    store = replace(EMPTY, known={(r.chrom, r.pos, r.ref, r.alt): r for r in rows})
    found = [(row.pos, row.ref, row.alt) for row in store.known_variants("STAT3")]
    assert found == [(1, "T", "C"), (2, "A", "C"), (2, "A", "G"), (2, "AC", "A"), (10, "A", "C")]
    assert store.known_variants("ZNF341") == ()


def test_the_table_of_the_lab_goes_before_the_one_that_ships(tmp_path):
    config = lab_table(tmp_path / "known.tsv", LAB_ROWS[1], LAB_ROWS[4])
    both = load_evidence(replace(config, embedded=True), GENES, Build.GRCH38, REFERENCE)
    shipped = load_evidence(EvidenceConfig(), GENES, Build.GRCH38, REFERENCE)
    rows = read_known(resource_path(KNOWN))
    assert KEY in shipped.known
    assert set(shipped.known.values()) == set(rows)
    assert {key: replace(row, replaces=None) for key, row in both.known.items()} == {
        **shipped.known,
        **dict(load_evidence(config, GENES, Build.GRCH38, REFERENCE).known),
    }
    assert both.known[KEY].classification == "uncertain"
    version = sha256_of(resource_path(KNOWN))[:12]
    assert both.resources[-1] == SourceState("known variants", version, None, len(rows) + 1)
    assert shipped.resources[-1] == SourceState("known variants", version, None, len(rows))


def configured(path, *slices):
    sources = []
    for made in slices:
        file = path / f"{made.name}.tsv"
        file.write_text(slice_text(made))
        sources.append(Source(name=made.name, kind=made.kind, path=str(file), tool="X"))
    return EvidenceConfig(embedded=False, sources=tuple(sources))


def test_a_source_is_told_with_its_version_date_records_and_kind(tmp_path):
    made = Slice("x", SourceKind.LAB, {KEY: "LP", OTHER: "VUS"}, "v1", "2026-01-05")
    store = load_evidence(configured(tmp_path, made), GENES, Build.GRCH38, REFERENCE)
    assert store.resources == (SourceState("x", "v1", "2026-01-05", 2, "lab"),)
    assert store.lookup(allele()).lab == "LP"


def test_a_reference_of_another_build_is_wrong_usage():
    with pytest.raises(UsageError) as fault:
        load_evidence(BARE, GENES, Build.GRCH38, REFERENCES[Build.GRCH37])
    assert str(fault.value) == "the reference is on GRCh37, the run on GRCh38"


def test_the_digest_changes_with_all_that_can_be_said_of_an_allele(tmp_path):
    def digest(*slices, rows=()):
        config = configured(tmp_path, *slices)
        if rows:
            table = lab_table(tmp_path / "known.tsv", *rows)
            config = replace(config, known_variants=table.known_variants)
        return load_evidence(config, GENES, Build.GRCH38, REFERENCE).digest

    lab = {KEY: "LP", OTHER: "VUS"}
    base = Slice("x", SourceKind.LAB, lab, "v1", "2026-01-05")
    same = [
        base,
        replace(base, facts=dict(reversed(lab.items()))),
        replace(base, version="v2", date="2027", origin="y"),
    ]
    others = [
        replace(base, name="y"),
        replace(base, complete=True),
        replace(base, facts={KEY: "LP"}),
        replace(base, facts={**lab, OTHER: "LB"}),
        replace(base, facts={KEY: "LP", ("17", 42329640, "C", "G"): "VUS"}),
        Slice("x", SourceKind.SCORE, {KEY: SCORE}),
        Slice("x", SourceKind.SPLICEAI, {KEY: SCORE}),
    ]
    assert len({digest(each) for each in same}) == 1
    found = [digest(base), digest(), *(digest(each) for each in others)]
    first, second = LAB_ROWS[1], LAB_ROWS[2]
    found += [digest(base, rows=(first,)), digest(base, rows=(second,))]
    found += [digest(base, rows=(first, second)), digest(base, rows=((*first[:2], ""),))]
    assert len(set(found)) == len(found)
    assert digest(base, rows=(first, second)) == digest(base, rows=(second, first))
    assert all(len(each) == 64 for each in found)


def test_what_ships_is_looked_up_in_the_order_of_the_kinds():
    store = load_evidence(EvidenceConfig(), GENES, Build.GRCH38, REFERENCE)
    kinds = [made.kind for made in store.slices]
    assert kinds == sorted(kinds, key=list(SourceKind).index)
    assert [state.records for state in store.resources[:-1]] == [len(s.facts) for s in store.slices]
