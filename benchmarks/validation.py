"""Check names and consequences against independent sources and write docs/validation.md.

    python benchmarks/validation.py [--truth DIR] [--clinvar DIR] [--indels 20000] [-o FILE]

DIR holds other people's tables (`hgvs_*.tsv` with build, chrom, pos, ref, alt, transcript, hgvs_c,
hgvs_p; ClinVar VCFs with INFO/HGVS), which are not part of this project.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import weaver
from Bio.Data.IUPACData import protein_letters_1to3
from Bio.Seq import Seq
from leave_one_out import BEGIN, END

from hies_annot.annotate.annotator import Annotator
from hies_annot.annotate.coding import CodingModel
from hies_annot.annotate.edit import edit_of, shift_left, shift_right, three_prime
from hies_annot.annotate.names import genomic_change
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import Allele, Annotation
from hies_annot.names.parse import parse_variant
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele

GENES = default_genes()
REFERENCES = {build: embedded_reference(build, GENES) for build in Build}
REFERENCE = REFERENCES[Build.GRCH38]
ANNOTATORS = {build: Annotator(REFERENCES[build], GENES) for build in Build}
ANNOTATOR = ANNOTATORS[Build.GRCH38]
THREE = {**protein_letters_1to3, "*": "Ter"}
REACH = 20
DONOR_REGION = {"splice_donor_region_variant", "splice_region_variant", "intron_variant"}
TRACT = {"splice_polypyrimidine_tract_variant", "intron_variant"}
DONOR = {
    **{n: {"splice_donor_variant", "intron_variant"} for n in (1, 2)},
    **dict.fromkeys((3, 4, 6), DONOR_REGION),
    5: DONOR_REGION | {"splice_donor_5th_base_variant"},
    **{n: {"splice_region_variant", "intron_variant"} for n in (7, 8)},
}
ACCEPTOR = {
    **{n: {"splice_acceptor_variant", "intron_variant"} for n in (1, 2)},
    **{n: TRACT | {"splice_region_variant"} for n in range(3, 9)},
    **dict.fromkeys(range(9, 18), TRACT),
}
"""Terms by distance from the exon, written down here once more: the check is independent."""


@dataclass
class Section:
    """One check: what was compared, how often it was right, and what was not."""

    title: str
    how: str
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def take(self, outcome: str, fault: str | None = None) -> None:
        """Count one comparison; keep the text of the first faults."""
        self.counts[outcome] += 1
        if fault and len(self.faults) < 20:
            self.faults.append(fault)

    def lines(self) -> Iterator[str]:
        """Return the section as Markdown."""
        yield f"## {self.title}\n"
        yield f"{self.how}\n"
        yield "| outcome | count |\n|---|---|"
        yield from (f"| {name} | {count:,} |" for name, count in sorted(self.counts.items()))
        yield ""
        yield from (f"- {fault}" for fault in self.faults)
        yield ""


def names_on(annotation: Annotation, transcript: str) -> tuple[str | None, str | None]:
    """Return the c. and p. names on one transcript."""
    if annotation.transcript == transcript:
        return annotation.hgvs_c, annotation.hgvs_p
    for effect in annotation.effects:
        if effect.transcript == transcript:
            return effect.hgvs_c, effect.hgvs_p
    return None, None


def plain(name: str | None) -> str:
    """Return a p. name without brackets and accession; `.` for no statement."""
    text = (name or ".").split(":")[-1].replace("(", "").replace(")", "")
    return "." if text == "p.?" else text


def truth_tables(folder: Path) -> Section:
    """Compare c. and p. with published names."""
    section = Section(
        "Published names",
        "c. and p. of ClinVar records (tables of other people, not shipped), by transcript.",
    )
    for path in sorted(folder.glob("hgvs_*.tsv")):
        with path.open(encoding="utf-8") as handle:
            for row in csv.DictReader(handle, delimiter="\t"):
                allele = normalise_allele(
                    REFERENCE, row["chrom"], int(row["pos"]), row["ref"], row["alt"]
                )
                name = f"{row['transcript']}:{row['hgvs_c']} {row['hgvs_p']}"
                if allele is None:
                    section.take(f"{row['transcript']}: not read", name)
                    continue
                c_name, p_name = names_on(ANNOTATOR.annotate(allele), row["transcript"])
                same = (c_name, plain(p_name)) == (row["hgvs_c"], row["hgvs_p"])
                outcome = f"{row['transcript']}: {'equal' if same else 'different'}"
                section.take(outcome, None if same else f"{name}: we say {c_name} {p_name}")
    return section


def clinvar_names(folder: Path) -> Section:
    """Compare c. and p. with the names that ClinVar gives its records."""
    section = Section(
        "ClinVar records",
        "c. and p. of ClinVar's record names, also in repeat style, on both builds; canonical "
        "SPDI; molecular consequence (MC) on any transcript. ClinVar gives MC for all transcripts "
        "it knows; the differences are terms of transcripts that are not in our table (a longer "
        "exon 12 of STAT3, another reading frame of exon 2 of ZNF341).",
    )
    pattern = re.compile(r"[^:]+:(?P<c>c\.[^_ ]+(?:_\d+[^_ ]*)?)_?\(?(?P<p>p\.[^)]*)?")
    for path in sorted(folder.glob("*.vcf")):
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if line.startswith("#"):
                continue
            _clinvar_facts(section, fields)
            if "HGVS=" not in fields[7]:
                continue
            stated = unquote(re.search(r"HGVS=([^;]*)", fields[7])[1])  # type: ignore[index]
            match = pattern.match(stated)
            if match is None:
                section.take("name not understood", stated)
                continue
            for build, annotator in ANNOTATORS.items():
                _clinvar_record(section, fields, match, build, annotator)
    return section


def _clinvar_facts(section: Section, fields: list[str]) -> None:
    """Compare the canonical SPDI and the consequence of a record on GRCh38."""
    allele = normalise_allele(REFERENCE, fields[0], int(fields[1]), fields[3], fields[4])
    assert allele is not None
    found = ANNOTATOR.annotate(allele)
    if match := re.search(r"SPDI=([^;]*)", fields[7]):
        same = found.spdi == match[1]
        text = f"{allele.id}: SPDI {found.spdi}, ClinVar {match[1]}"
        section.take(f"SPDI: {'equal' if same else 'different'}", None if same else text)
    for term in re.findall(r"SO:\d+\|(\w+)", fields[7]):
        effects = {*found.consequence, *(t for e in found.effects for t in e.consequence)}
        text = f"{allele.id}: {sorted(effects)}, ClinVar {term}"
        unknown = found.hgvs_p == "p.?" and REFERENCE.locus(allele.gene).demo
        other = "not on our transcripts"
        outcome = "equal" if term in effects else "p.? (demo reference)" if unknown else other
        section.take(f"consequence: {outcome}", text if outcome == other else None)


def _clinvar_record(
    section: Section, fields: list[str], match: re.Match[str], build: Build, annotator: Annotator
) -> None:
    gene = next(g for g in GENES if g.file.chrom == fields[0])
    pos = int(fields[1]) - gene.file.offset(build)
    allele = normalise_allele(annotator.reference, fields[0], pos, fields[3], fields[4])
    assert allele is not None
    found = annotator.annotate(allele)
    c_names = {found.hgvs_c, *(e.hgvs_c for e in found.effects)}
    c_names |= {alias.split(":")[-1] for alias in found.aliases}
    p_names = {plain(found.hgvs_p), *(plain(e.hgvs_p) for e in found.effects)}
    # ClinVar's short form of a frameshift leaves out the new residue and the stop
    p_names |= {re.sub(r"(?<=\d)[A-Z][a-z]{2}fsTer\d+", "fs", name) for name in p_names}
    c_same, p_same = match["c"] in c_names, (match["p"] or ".") in p_names
    text = f"{match[0]}: we say {found.hgvs_c} {found.hgvs_p}"
    section.take(f"{build} c.: {'equal' if c_same else 'different'}", None if c_same else text)
    demo = annotator.reference.locus(gene.name).demo
    outcome = "equal" if p_same else "p.? (demo reference)" if demo else "different"
    section.take(f"{build} p.: {outcome}", None if p_same else text)


def alleles_at(model: CodingModel, position: int) -> Iterator[Allele]:
    """Return all three single-base changes of a position."""
    ref = model.locus.bases(position, position).upper()
    for alt in "ACGT":
        if alt != ref:
            allele = normalise_allele(REFERENCE, model.locus.chrom, position, ref, alt)
            assert allele is not None
            yield allele


def coding_snvs() -> Section:
    """Compare p. of every SNV of both coding regions with a translation by Biopython."""
    section = Section(
        "Every single-base change of both coding regions",
        "The whole coding region with the change is translated by Biopython and compared residue "
        "by residue. `p.?` is given where made-up bases of the demo reference leave it open.",
    )
    for gene in GENES:
        model = ANNOTATOR.models[gene.name][0]
        cds = model.sequence[model.cds_start : model.cds_end + 1]
        old = str(Seq(cds).translate())
        for index in range(len(cds)):
            position = model.transcript.genome_position(model.cds_start + index)
            for allele in alleles_at(model, position):
                alt = (
                    allele.alt
                    if model.transcript.plus
                    else str(Seq(allele.alt).reverse_complement())
                )
                new = str(Seq(cds[:index] + alt + cds[index + 1 :]).translate())
                want = _straight(old, new, index // 3)
                found = ANNOTATOR.annotate(allele).hgvs_p
                _compare_p(section, gene.name, model, allele, want, found, index)
    return section


def _straight(old: str, new: str, residue: int) -> str:
    name = f"{THREE[old[residue]]}{residue + 1}"
    if residue == 0:
        return "Met1?"
    if old[residue] == "*" and new[residue] != "*":
        return f"{name}{THREE[new[residue]]}ext"
    return f"{name}=" if old == new else f"{name}{THREE[new[residue]]}"


def _compare_p(
    section: Section,
    gene: str,
    model: CodingModel,
    allele: Allele,
    want: str,
    found: str | None,
    index: int,
) -> None:
    text = (found or "").removeprefix("p.(").removesuffix(")")
    if text == want or ("ext" in want and text.startswith(want)):
        section.take(f"{gene}: equal")
        return
    first = model.cds_start + index // 3 * 3
    made_up = model.locus.demo and not model.raw[first : first + 3].isupper()
    if found == "p.?" and made_up:
        section.take(f"{gene}: p.? (codon partly made up)")
    elif made_up and any(model.hint(first + i) != "N" for i in range(3)):
        section.take(f"{gene}: known better from published names than from the made-up base")
    else:
        section.take(f"{gene}: different", f"{allele.id}: {found}, translation says {want}")


def exon_edges() -> Section:
    """Check name and terms of every SNV within 20 bases of each side of every exon edge."""
    section = Section(
        "Exon edges",
        f"Every SNV up to {REACH} bases on both sides of every edge of the 39 exons of the MANE "
        "transcripts: position counted from the edge, terms from a table of distances.",
    )
    for gene in GENES:
        model = ANNOTATOR.models[gene.name][0]
        exons = model.transcript.exons
        sign = 1 if model.transcript.plus else -1
        for exon in exons:
            first, last = (exon.start, exon.end) if sign > 0 else (exon.end, exon.start)
            for distance in range(1, REACH + 1):
                if exon.number < len(exons):
                    edge = model.transcript.c_position(last)
                    _edge(
                        section,
                        model,
                        last + sign * distance,
                        f"{edge}+{distance}",
                        DONOR,
                        distance,
                    )
                if exon.number > 1:
                    edge = model.transcript.c_position(first)
                    _edge(
                        section,
                        model,
                        first - sign * distance,
                        f"{edge}-{distance}",
                        ACCEPTOR,
                        distance,
                    )
            for inside in range(3):
                for edge, there, step in (
                    (last, exon.number < len(exons), -sign),
                    (first, exon.number > 1, sign),
                ):
                    if there:
                        _exonic_edge(section, model, edge + step * inside)
    return section


def _edge(
    section: Section,
    model: CodingModel,
    position: int,
    c_name: str,
    table: dict[int, set[str]],
    distance: int,
) -> None:
    want = table.get(distance, {"intron_variant"})
    for allele in alleles_at(model, position):
        found = ANNOTATOR.annotate(allele)
        good = set(found.consequence) == want and (found.hgvs_c or "")[2:-3] == c_name
        text = (
            f"{allele.id}: {found.hgvs_c} {found.consequence}, expected c.{c_name} {sorted(want)}"
        )
        section.take("equal" if good else "different", None if good else text)


def _exonic_edge(section: Section, model: CodingModel, position: int) -> None:
    for allele in alleles_at(model, position):
        found = ANNOTATOR.annotate(allele)
        good = "splice_region_variant" in found.consequence and found.intron is None
        text = f"{allele.id}: {found.hgvs_c} {found.consequence}"
        section.take("equal" if good else "different", None if good else text)


def random_changes(count: int, seed: int) -> Iterator[tuple[Allele, CodingModel]]:
    """Return random insertions, deletions and delins around exon edges of both genes."""
    chooser = random.Random(seed)
    made = 0
    while made < count:
        model = ANNOTATOR.models[chooser.choice(GENES).name][0]
        exon = chooser.choice(model.transcript.exons)
        start = chooser.choice((exon.start, exon.end)) + chooser.randint(-40, 40)
        ref = model.locus.bases(start, start + chooser.randint(0, 30)).upper()
        bases = "".join(chooser.choices("ACGT", k=chooser.randint(0, 12)))
        alt = chooser.choice((ref[0] + bases, ref[0], bases or "A", ref + ref[1:], ref + bases))
        if alt == ref or "N" in ref:
            continue
        allele = normalise_allele(REFERENCE, model.locus.chrom, start, ref, alt)
        if allele is not None:
            made += 1
            yield allele, model


def round_trips(count: int, seed: int) -> Section:
    """Check that names of random changes lead back to the allele, and agree with weaver's."""
    section = Section(
        f"{count:,} random insertions, deletions and delins over exon edges",
        "No exception; the c. and the g. name, read again, give the same normalised allele; our c. "
        "name is the one that hgvs-weaver projects from the 3'-shifted g. name; weaver's p. of "
        "frameshifts and new stops is what Biopython reads in the changed message.",
    )
    for allele, model in random_changes(count, seed):
        try:
            found = ANNOTATOR.annotate(allele)
        except Exception as fault:  # noqa: BLE001 - any exception is a finding here
            section.take("exception", f"{allele.id}: {fault!r}")
            continue
        _check_trip(section, allele, f"{found.transcript}:{found.hgvs_c}", "c. to VCF")
        _check_trip(section, allele, found.hgvs_g or "", "g. to VCF")
        _check_weaver(section, allele, model, found)
        _check_protein(section, allele, model, found)
    return section


def _check_trip(section: Section, allele: Allele, name: str, what: str) -> None:
    if name.endswith(":None"):
        section.take(f"{what}: outside the transcript")
        return
    back = parse_variant(name, REFERENCE, GENES)
    text = f"{allele.id}: {name} leads to {back.id}"
    _count(section, f"{what}: ", allele, text, same=back == allele)


def _count(section: Section, what: str, allele: Allele, text: str, *, same: bool) -> None:
    """Count an outcome; between made-up bases the placement of an indel cannot be decided."""
    if same:
        section.take(f"{what}equal")
    elif allele.unverifiable:
        section.take(f"{what}made-up bases of the demo reference, placement not decidable")
    else:
        section.take(f"{what}different", text)


def _check_weaver(section: Section, allele: Allele, model: CodingModel, found: Annotation) -> None:
    if found.hgvs_c is None:
        return
    shifted = three_prime(model.locus, edit_of(allele), plus=model.transcript.plus)
    accession = ANNOTATOR.namer.accession(allele.chrom)
    genomic = f"{accession}:g.{genomic_change(model.locus, shifted, plus=model.transcript.plus)}"
    projected = ANNOTATOR.namer.mapper.g_to_c(weaver.parse(genomic), model.transcript.accession)
    name = projected.format().split(":")[1]
    text = f"{allele.id}: {found.hgvs_c}, weaver says {name}"
    if name.endswith("dup") and (found.hgvs_c or "").partition("ins")[1]:
        section.take("weaver's c.: a dup of bases outside the transcript, we write ins")
    else:
        _count(section, "weaver's c.: ", allele, text, same=name == found.hgvs_c)


def _check_protein(section: Section, allele: Allele, model: CodingModel, found: Annotation) -> None:
    """Compare weaver's p. of a frameshift or new stop with Biopython's reading of the message."""
    shifted = three_prime(model.locus, edit_of(allele), plus=model.transcript.plus)
    message = model.apply(shifted)
    match = re.fullmatch(r"p\.\(([A-Z]\w\w)(\d+)([A-Z]\w\w)(?:fsTer(\d+))?\)", found.hgvs_p or "")
    if message is None or match is None:
        return
    cds = message.sequence[message.cds_start :]
    new = str(Seq(cds[: len(cds) // 3 * 3]).translate(to_stop=True)) + "*"
    first = next(i for i, (a, b) in enumerate(zip(model.protein, new, strict=False)) if a != b)
    said = (THREE[model.protein[first]], str(first + 1), THREE[new[first]])
    stop = str(len(new) - first) if match[4] else None
    same = match.groups() == (*said, stop)
    text = f"{allele.id}: {found.hgvs_p}, the message says {said} and stops after {stop}"
    _count(section, "p. against the message: ", allele, text, same=same)


def spellings(count: int, seed: int) -> Section:
    """Check that every spelling of an allele in a VCF gives the same answer."""
    section = Section(
        "Equivalent spellings",
        f"{count:,} random changes, each padded on both sides and shifted to its other end: the "
        "same annotation for all.",
    )
    chooser = random.Random(seed)
    for allele, model in random_changes(count, seed):
        edit = edit_of(allele)
        for placed in (edit, shift_left(model.locus, edit), shift_right(model.locus, edit)):
            left, right = chooser.randint(1, 15), chooser.randint(0, 15)
            before = model.locus.bases(placed.start - left, placed.start - 1).upper()
            after = model.locus.bases(placed.end + 1, placed.end + right).upper()
            again = normalise_allele(
                REFERENCE,
                allele.chrom,
                placed.start - left,
                before + placed.ref + after,
                before + placed.alt + after,
            )
            text = f"{allele.id}: another spelling gives {again.id if again else None}"
            _count(section, "", allele, text, same=again == allele)
    return section


def main() -> None:
    """Run all checks and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--clinvar", type=Path)
    parser.add_argument("--indels", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=341)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/validation.md"))
    options = parser.parse_args()
    checks: list[Callable[[], Section]] = [
        coding_snvs,
        exon_edges,
        lambda: round_trips(options.indels, options.seed),
        lambda: spellings(options.indels // 4, options.seed + 1),
    ]
    if options.clinvar:
        checks.insert(0, lambda: clinvar_names(options.clinvar))
    if options.truth:
        checks.insert(0, lambda: truth_tables(options.truth))
    sections = [_timed(check) for check in checks]
    old = options.output.read_text(encoding="utf-8") if options.output.exists() else ""
    # the section of leave_one_out.py is not made here and stays
    _, begin, rest = old.partition(BEGIN)
    kept = f"{begin}{rest.partition(END)[0]}{END}\n" if begin else ""
    options.output.write_text(page(sections) + kept, encoding="utf-8")
    print(f"wrote {options.output}")


def _timed(check: Callable[[], Section]) -> Section:
    start = time.perf_counter()
    section = check()
    section.seconds = time.perf_counter() - start
    print(section.title, dict(section.counts), f"{section.seconds:.1f} s")
    for fault in section.faults[:5]:
        print("   ", fault)
    return section


def page(sections: list[Section]) -> str:
    """Return the whole page as Markdown."""
    head = (
        "# Validation of names and consequences\n\n"
        "Made by `python benchmarks/validation.py`; do not edit. Reference: the embedded one "
        "(STAT3 real on both builds; ZNF341 is a demo sequence, of which only published bases are "
        "known, see `resources/reference/README.md`). ACMG classes against ClinVar's: "
        "[validation-acmg.md](validation-acmg.md); against bcftools csq: "
        "[benchmark-annotation.md](benchmark-annotation.md).\n"
    )
    return "\n".join([head, *(line for section in sections for line in section.lines())])


if __name__ == "__main__":
    main()
