"""The regions that a header names as those to which its file was cut or called.

Files that were called in parts and joined keep the header of one part. So a region only speaks of
the chromosomes that it names, and records elsewhere outweigh it (`callability.unread`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import NamedTuple

from hies_annot.genome import canonical_chrom
from hies_annot.model.census import ALL_BUT

Region = tuple[str, int, int]
"""Canonical chromosome, first and last base (1-based inclusive)."""


class Chosen(NamedTuple):
    """What one command line of a header chose.

    `regions` are those that were kept; empty: they stand in a file that is not here. `cut`: what a
    file had beside them was taken out; else the caller looked there only, as for a capture kit, or
    difficult regions were left out.
    """

    text: str
    regions: tuple[Region, ...]
    cut: bool


_COMMAND = re.compile(
    r"##(?!bcftools_sort)(?:bcftools[_/]\+?[\w-]+Command|[a-z_0-9]*(?:command|cmd)[.\w]*|CL|octopus|platypusOptions)=",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"(?<=[\s\"'])(?:-r|-t|-L|-T|--regions?|--targets|--intervals?)[ =]?"
    r"(?P<value>[^\s\"'-][^\s\"']*)"
    r"|\bintervals=\[(?P<list>[^\]]+)\]|'regions': \[(?P<python>[^\]]+)\]"
    r"|(?<=\s)(?P<bare>[\w.]+:[0-9,]+-[0-9,]+)(?=[\s;\"])"
)
_THEIRS = re.compile("##(?:Sentieon|DRAGEN)")
_THEIR_SHORT = re.compile(r"\s-[a-zA-Z]\s+[^\s\"']+")
"""Options of one letter: the reference (-r) and threads (-t)."""
_EXCEPT = re.compile(
    r"(?<=[\s\"'])(?:-XL|--exclude-intervals|-K|--skip-regions)[ =](?P<value>[^\s\"'-][^\s\"']*)"
    r"|\bexcludeIntervals=\[(?P<list>[^\]]+)\]"
)
_PADDING = re.compile(r"(?:--interval-padding|-ip|interval_padding=)[ =]?([0-9]{1,6})\b")
_LIST = (
    r"[^\s\"'\],]+\.(?:bed|interval_list|intervals|list|txt|tsv|csv)(?:\.b?gz)?(?=[\s\"'\],;]|$)"
)
_WORD = r"[^\s\"';]+"
_IN_FILE = {
    "bcftools": r"(?<=\s)(?-i:-R|-T|--regions-file|--targets-file)[ =]?[\"']?"
    r"([^\s^=\"'-][^\s\"';]*)",
    "GATK": rf"(?<=[\s\"])(?:-L|--intervals)[ =]({_LIST})|\bintervals=\[({_LIST})",
    "Sentieon": rf"(?<=\s)--interval[ =]({_LIST})",
    "DRAGEN": rf"(?<=[\s\"])--vc-target-bed[ =]({_LIST})",
    "octopus": rf"(?<=\s)(?:-t|--regions-file)[ =]({_LIST})",
    "platypus": rf"'regions': \[?'({_LIST})",
    "SnpSift": rf"\"SnpSift int\w* (?!.*-x ).*?({_LIST})",
    "": rf"(?<=\s)(?:--targets|--callRegions|--bed_fn|-t)[ =]\"?({_LIST})"
    rf"|(?<=\s)(?:--bed|--include-bed|--bed-regions)[ =]({_WORD})"
    rf"|\bintersect(?:Bed)?\b(?!.*\s-v\b).*?-b[ =]({_WORD})",
}
"""How programs name a file with regions; the last entry is that of all others."""
_FILES = {program: re.compile(text, re.IGNORECASE) for program, text in _IN_FILE.items()}
_LEFT_IN_FILE = re.compile(
    rf"(?<=\s)(?:-T|--targets-file)[ =]?[\"']?\^({_WORD})"
    rf"|(?<=[\s\"])(?:-XL|--exclude-intervals|--skip-regions-file|--exclude-bed)[ =]({_WORD})"
    rf"|\bexcludeIntervals=\[({_LIST})"
    rf"|\"SnpSift int\w* (?=.*-x ).*?({_LIST})"
    rf"|\bintersect(?:Bed)?\b(?=.*\s-v\b).*?-b[ =]({_WORD})|\bsubtract(?:Bed)?\s.*?-b[ =]({_WORD})",
    re.IGNORECASE,
)
"""How programs name a file with regions that they leave out."""
_CUTS = re.compile(
    r"##(?:bcftools(?!_(?:mpileup|call)Command|Command=(?:mpileup|call))|SnpSiftCmd|CL=vcffilter"
    r"|GATKCommandLine\S*ID=SelectVariants|.*\b(?:vcftools|intersect(?:Bed)?|subtract(?:Bed)?)\s)",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"(?P<chrom>[\w.]+):(?P<first>[0-9]{1,12})(?P<to>(?:-|\.\.)(?P<last>[0-9]{0,12}))?"
)
_BETWEEN = re.compile(r",\s+|[,;](?=[\w.]+:)|[,;](?=\D)")
"""What parts regions: a comma, which may also stand between the digits of a position."""
_END = 1 << 31


def regions_of(header: Iterable[str]) -> Iterator[Chosen]:
    """Yield what each command line of the header chose: regions that it names, or a file of them.

    A chromosome without positions is a region as long as it is; of regions that were left out
    (`^chr20:5-9`, `-XL`) the rest of their chromosome was kept.
    """
    for line in header:
        if not _COMMAND.match(line):
            continue
        line = line.partition(" -- ")[0]  # behind it stand the options of a plugin
        cut = bool(_CUTS.match(line))
        bare = _THEIR_SHORT.sub(" ", line) if _THEIRS.match(line) else line
        given = ["".join(filter(None, found)) for found in _OPTION.findall(bare)]
        texts = [text for text in given if not text.startswith("^")]
        padding = int(found[1]) if (found := _PADDING.search(line)) else 0
        regions = tuple(region for text in texts for region in _read(text, padding))
        if regions:
            yield Chosen(", ".join(texts).strip("\"';"), regions, cut)
        left = [text[1:] for text in given if text.startswith("^")]
        left += ["".join(filter(None, found)) for found in _EXCEPT.findall(line)]
        without = [region for text in left for region in _read(text, 0)]
        if without:
            yield Chosen(f"{ALL_BUT} {', '.join(left)}", tuple(_others(without)), cut)
        if not regions and (path := _file_of(line)) is not None:
            yield Chosen(f"the regions of {PurePath(path).name}", (), cut)
        for path in _LEFT_IN_FILE.findall(line):
            name = PurePath("".join(path)).name
            if not any(_read("".join(path), 0)):
                yield Chosen(f"{ALL_BUT} the regions of {name}", (), cut)


def region_files_of(header: Iterable[str]) -> tuple[str, ...]:
    """Return the regions in files, in words, to which a header says that its file was cut."""
    found = (each.text for each in regions_of(header) if not each.regions)
    return tuple(dict.fromkeys(found))


def _file_of(line: str) -> str | None:
    """Return the file of regions that a command line names."""
    program = next(
        (name for name in _FILES if name and line[2:].lower().startswith(name.lower())), ""
    )
    found = _FILES[program].search(line)
    return None if found is None else next(filter(None, found.groups()))


def _others(regions: Iterable[Region]) -> Iterator[Region]:
    """Yield what is left of the chromosomes of regions."""
    for chrom in dict.fromkeys(region[0] for region in regions):
        first = 1
        for _, start, end in sorted(region for region in regions if region[0] == chrom):
            if start > first:
                yield chrom, first, start - 1
            first = max(first, end + 1)
        yield chrom, first, max(first, _END)


def _read(text: str, padding: int) -> Iterator[Region]:
    text = text.strip("\"';>")
    for part in _BETWEEN.split(text) if ":" in text else text.split(","):
        match = _REGION.fullmatch(part.replace(",", "").strip(" '"))
        chrom = canonical_chrom(match["chrom"] if match else part)
        if chrom is None:
            continue
        if match is None:
            yield chrom, 1, _END
        else:
            first, last = int(match["first"]), int(match["last"] or _END)
            last = last if match["to"] else first
            yield chrom, max(1, first - padding), last + padding
