"""A name as people paste it, in one usual spelling: signs, blanks, order of its parts, build."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from hies_annot.errors import BuildMismatchError, InputError
from hies_annot.genome import Build, parse_build
from hies_annot.io.header.assemblies import named_assembly

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))
_ARROW = re.compile(
    r"(?<=[ACGTacgt])\s*(?:[-=]+>|[\u2192\u27f6\u2794\u279c\u27a1\u203a])\s*(?=[ACGTacgt])"
)
_AROUND = re.compile(r"\s*([:>])\s*")
_BEFORE_BASES = re.compile(r"([cgn]\.[-*+\d_]+) (?=[ACGTacgt]+>|del|dup|ins|inv)")
_BUILD = r"(?:GRCh3[78]|hg19|hg38|b37|b38)(?:\.p\d+)?"
_BUILDS = re.compile(
    rf"^[\[(]?(?P<before>{_BUILD})[\])]?[\s:_-]+|[\s,;]+[\[(]?(?P<behind>{_BUILD})[\])]?$",
    re.IGNORECASE,
)
_OTHER_ASSEMBLY = re.compile(
    r"\b(?:hg18|NCBI_?36|b36|(?:T2T-?)?CHM13(?:v[\d.]+)?|T2T|hs1|mm10|mm39|GRCm3[89])\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[\s:;,|]+|/(?=p\.)")
_ACCESSION = re.compile(
    r"(?:[NX][MR]_|ENST|LRG_|N[CG]_)[\d.]+(?:t\d+)?(?:\([\w.]+\))?", re.IGNORECASE
)

_PREFIX = re.compile(r"\b(?:[nx][mrp]_|nc_|ng_|enst|ensp)(?=\d)", re.IGNORECASE)
_KIND = re.compile(r"(?<![A-Za-z0-9_.])([CGN])\.(?=[-*\d(\[])")
_CODING = re.compile(r"\(?([cgn]\.[^\s()]+)\)?")
_PROTEIN = re.compile(r"p\.\S+|\((p\.\S+)\)")
_EXON = re.compile(r"(?:exon|ex|intron)\d+", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(exon|intron) (?=\d)", re.IGNORECASE)
_WRAPPED = re.compile(r"([cgn]\.)(?:\(([^()?]+)\)|\[([^\[\];]+)\])(?= |\Z)")
_RANGE_FOR = re.compile(r"([cgn]\.\d+_\d+)>(?=[ACGTacgt]+\Z)")
_VCF_LINE = re.compile(
    r"(?P<chrom>[A-Za-z0-9_.]+) (?P<pos>\d+) (?:\.|rs\d+) (?P<ref>[A-Za-z]+) (?P<alt>[A-Za-z]+)"
    r"(?: .*)?"
)
_TWO_ENDS = re.compile(
    r"(?P<chrom>[A-Za-z0-9_.]+)[:\s](?P<pos>\d+)[-\s](?P<end>\d+)[:\s](?P<ref>[A-Za-z]+)[:\s>/]"
    r"(?P<alt>[A-Za-z]+)"
)


def usual_spelling(text: str, genes: Iterable[str], build: Build) -> str:
    """Return a name without what only its source has put around or between its parts.

    Raises:
        BuildMismatchError: the text names another build than the one in use.
        InputError: it names an assembly that is not supported.
    """
    text = unicodedata.normalize("NFKC", html.unescape(text).translate(_DASHES))
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    text = " ".join(text.split()).strip("\"'`\u201c\u201d\u2018\u2019 ").rstrip(".,;")
    text = _without_build(text, build)
    text = _AROUND.sub(r"\1", _ARROW.sub(">", text))
    text = _PREFIX.sub(lambda found: found[0].upper(), text)
    text = _KIND.sub(lambda found: f"{found[1].lower()}.", text)
    text = _BEFORE_BASES.sub(r"\1", text)
    text = _as_vcf(_in_order(text, {gene.upper() for gene in genes}))
    text = _WRAPPED.sub(lambda found: found[1] + (found[2] or found[3]), text)
    return _RANGE_FOR.sub(r"\1delins", text)


def _without_build(text: str, build: Build) -> str:
    if other := _OTHER_ASSEMBLY.search(text):
        raise InputError(
            f"{text}: positions of {named_assembly(other[0])} are not read: give those of GRCh37 "
            "or GRCh38, or the c. name"
        )
    match = _BUILDS.search(text)
    if match is None:
        return text
    word = re.sub(r"\.p\d+", "", match["before"] or match["behind"])
    named = parse_build(word)
    if named is not None and named is not build:
        raise BuildMismatchError(
            f"{text}: it names {named}, but {build} is in use; choose the build {named}"
        )
    return text[: match.start()] + text[match.end() :]


def _in_order(text: str, genes: set[str]) -> str:
    """Return `accession:c. p.` of a text that has these parts, a gene and an exon in any order.

    A text with anything else in it is returned as it is.
    """
    found: dict[str, list[str]] = {"gene": [], "accession": [], "coding": [], "protein": []}
    for part in filter(None, _PARTS.split(_NUMBERED.sub(r"\1", text))):
        bare = part.strip("()")
        if coding := _CODING.fullmatch(part):
            found["coding"].append(coding[1])
        elif protein := _PROTEIN.fullmatch(part):
            found["protein"].append(protein[1] or part)
        elif bare.upper() in genes:
            found["gene"].append(bare.upper())
        elif _ACCESSION.fullmatch(part):
            found["accession"].append(part)
        elif not _EXON.fullmatch(part):
            return text
    if len(found["coding"]) != 1 or any(len(set(parts)) > 1 for parts in found.values()):
        return text
    head = "".join([*found["accession"], *found["gene"]][:1])
    if found["accession"] and found["gene"] and "(" not in head:
        head = f"{head}({found['gene'][0]})"
    name = f"{head}:{found['coding'][0]}" if head else found["coding"][0]
    return " ".join([name, *found["protein"][:1]])


def _as_vcf(text: str) -> str:
    """Return `chrom-pos-ref-alt` of a line of a VCF, or of a place with both of its ends."""
    match = _VCF_LINE.fullmatch(text)
    if match is None:
        match = _TWO_ENDS.fullmatch(text)
        if match is None or int(match["end"]) - int(match["pos"]) + 1 != len(match["ref"]):
            return text
    return "-".join(match[part] for part in ("chrom", "pos", "ref", "alt"))
