"""How each caller spells its read counts, one entry a spelling.

An entry says which FORMAT keys it needs and how they become one count an allele.
"""

from __future__ import annotations

from typing import NamedTuple

from hies_annot.io.record.count_readers import (
    Reader,
    alternates,
    both_counts,
    by_base,
    by_letter,
    by_strand,
    every_allele,
    four_keys,
    fragments,
    junctions_or_pairs,
    local_alleles,
    of_depth,
    one_pair,
    pairs_and_split_reads,
    two_lists,
    whole_list,
)


class Spelling(NamedTuple):
    """One way to write read counts.

    `needs` are the FORMAT keys that must be given, `uses` further ones that `read` looks at,
    `over` keys of another spelling that the caller itself holds for less exact.
    `read` takes the values and the alleles of the record (REF first, as in the file) and returns
    the counts, None where they do not fit the alleles; it raises ValueError where a text is no
    number. `callers` and `source` are for the manual.
    """

    needs: tuple[str, ...]
    read: Reader
    callers: str
    source: str
    uses: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


_LESS_EXACT = (
    *("ADF", "ADR", "ALT_F1R2", "ALT_F2R1", "BCOUNT", "DP", "DP4", "DPR", "DV", "F1R2", "F2R1"),
    *("REF_F1R2", "REF_F2R1", "RR", "SB", "VR"),
)
"""Keys of which AD is the sum, or a choice of reads: without AD they are all that there is."""

SPELLINGS: tuple[Spelling, ...] = (
    Spelling(
        ("AD",),
        every_allele,
        "GATK and most others; VarScan",
        "VCF 4.3, 1.6.2",
        uses=("RD",),
        over=_LESS_EXACT,
    ),
    Spelling(
        ("LAD",), local_alleles, "cohorts with local alleles", "VCF 4.5, 1.6.2", uses=("LAA",)
    ),
    Spelling(
        ("CLCAD2",),
        whole_list("CLCAD2"),
        "CLC Genomics Workbench",
        "##FORMAT line of the caller",
    ),
    Spelling(
        ("FAO",),
        alternates("FAO", "FRO"),
        "Ion Torrent Variant Caller",
        "##FORMAT line of the caller",
        uses=("FRO",),
        over=("AO",),
    ),
    Spelling(("AO",), alternates("AO"), "freebayes", "##FORMAT line of the caller", uses=("RO",)),
    Spelling(("VD",), alternates("VD"), "VarDict", "##FORMAT line of the caller", uses=("RO",)),
    Spelling(
        ("NV",), alternates("NV"), "Platypus, weCall", "##FORMAT line of the caller", uses=("RO",)
    ),
    Spelling(("AU", "CU", "GU", "TU"), by_base, "Strelka 2, bases", "##FORMAT line of the caller"),
    Spelling(
        ("TAR", "TIR"),
        one_pair("TAR", "TIR"),
        "Strelka 2, indels",
        "##FORMAT line of the caller",
    ),
    Spelling(
        ("RR", "RV"),
        junctions_or_pairs,
        "delly, TIDDIT",
        "##FORMAT line of the caller",
        uses=("DR", "DV"),
    ),
    Spelling(
        ("DR", "DV"),
        one_pair("DR", "DV"),
        "Sniffles, cuteSV",
        "##FORMAT line of the caller",
        over=("DR",),
    ),
    Spelling(("DR",), both_counts("DR"), "SURVIVOR merge", "##FORMAT line of the caller"),
    Spelling(
        ("PR",),
        pairs_and_split_reads,
        "Manta, DRAGEN SV",
        "##FORMAT line of the caller",
        uses=("SR",),
    ),
    Spelling(("VF", "REF", "REFPAIR"), fragments, "GRIDSS", "##FORMAT line of the caller"),
    Spelling(("RR", "VR"), one_pair("RR", "VR"), "xAtlas", "##FORMAT line of the caller"),
    Spelling(
        ("DPR",), whole_list("DPR"), "samtools mpileup, freebayes", "##FORMAT line of the caller"
    ),
    Spelling(
        ("ADF", "ADR"),
        two_lists("ADF", "ADR"),
        "bcftools mpileup, VarScan",
        "##FORMAT line of the caller",
        over=("SB",),
    ),
    Spelling(
        ("F1R2", "F2R1"),
        two_lists("F1R2", "F2R1"),
        "Mutect2, DRAGEN",
        "##FORMAT line of the caller",
    ),
    Spelling(
        ("REF_F1R2", "REF_F2R1", "ALT_F1R2", "ALT_F2R1"),
        four_keys(("REF_F1R2", "REF_F2R1"), ("ALT_F1R2", "ALT_F2R1")),
        "MuTect2 of GATK 3",
        "##FORMAT line of the caller",
    ),
    Spelling(
        ("SGCOUNTREF_F", "SGCOUNTREF_R", "SGCOUNTALT_F", "SGCOUNTALT_R"),
        four_keys(("SGCOUNTREF_F", "SGCOUNTREF_R"), ("SGCOUNTALT_F", "SGCOUNTALT_R")),
        "NextGENe",
        "its files",
    ),
    Spelling(("DP4",), by_strand("DP4"), "SomaticSniper", "##FORMAT line of the caller"),
    Spelling(("SB",), by_strand("SB"), "GATK", "##FORMAT line of the caller"),
    Spelling(("BCOUNT",), by_letter, "SomaticSniper", "##FORMAT line of the caller"),
    Spelling(("DV", "DP"), of_depth, "samtools mpileup", "##FORMAT line of the caller"),
)
"""The spellings, best first."""

KEYS = frozenset(key for entry in SPELLINGS for key in (*entry.needs, *entry.uses))
"""All FORMAT keys that a spelling looks at."""
