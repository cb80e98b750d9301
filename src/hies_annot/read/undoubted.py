"""Which columns of a cohort are plain reference calls: these are counted instead of listed.

A column is plain where its genotype is `0/0` or `0|0` and nothing else that is read of it says
otherwise: no reads of another allele that a rule would weigh, no other copy number, and, at the
bases that must have been looked at, no figure that makes them not callable. What is not known
to be plain is listed, so that a sample of a cohort is read as it would be alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hies_annot.io.record.column_values import MISSING, READ_KEYS
from hies_annot.io.record.likelihoods import KEYS as LIKELIHOOD_KEYS
from hies_annot.io.record.likelihoods import POSTERIOR, QUALITY_KEYS
from hies_annot.io.record.other_words import GENOTYPES, OF_ALLELES, SEGMENT
from hies_annot.io.record.vcf_line import VcfLine
from hies_annot.model import AlleleKind
from hies_annot.reference.normalise import classify_alt
from hies_annot.settings.call_thresholds import CallThresholds
from hies_annot.settings.callability_rules import CallabilityConfig

Spans = Mapping[str, tuple[tuple[int, int], ...]]
"""By chromosome, bases (1-based inclusive)."""

_COUNT = "[0-9]{1,9}"
_ANY = r"[^\t:]*"
_NEVER = "(?!)"
_FEW = 5
"""Reads, no more of which make a sample homozygous or an artefact of it (`call_quality`)."""
_DEPTHS = frozenset({"DP", "DPI", "NR", "MIN_DP"})
_REFERENCE_READS = frozenset(
    {"RD", "RO", "FRO", "TAR", "RR", "DR", "REF", "REFPAIR", "REF_F1R2", "REF_F2R1"}
    | {"SGCOUNTREF_F", "SGCOUNTREF_R"}
)
_OTHER_READS = frozenset(
    {"FAO", "AO", "VD", "NV", "TIR", "RV", "DV", "VR", "ALT_F1R2", "ALT_F2R1"}
    | {"SGCOUNTALT_F", "SGCOUNTALT_R"}
)
_BY_ALLELE = frozenset({"CLCAD2", "DPR", "ADF", "ADR", "F1R2", "F2R1"})
_BY_STRAND = frozenset({"SB", "DP4"})
_PAIRS = frozenset({"PR", "SR"})
_FRACTIONS = frozenset({"AF", "VAF", "VF", "FA", "FREQ", "MAP_HF", "FQ", "VAF1"})
_PHASE = frozenset({"PS", "PID", "PGT", "HP", "LPGT", "PQ", "GT", "LGT", "PSL", "PSQ", "JQ"})
"""Keys that say nothing of a genotype without another allele; GT is looked at by itself."""
_FIXED = {
    **dict.fromkeys(_OTHER_READS, "0(?:,0)*"),
    **dict.fromkeys(_PAIRS | _BY_ALLELE, f"{_COUNT}(?:,0)+"),
    **dict.fromkeys(_BY_STRAND, f"{_COUNT},{_COUNT},0,0"),
    **dict.fromkeys(_FRACTIONS, "[0.,]+%?"),
    **dict.fromkeys(_PHASE, _ANY),
    "LEN": _COUNT,
    "PF": "(?:PASS|TR_OVERLAP|1(?:,1)*)",
    **dict.fromkeys(GENOTYPES, "0[/|]0"),
    **dict.fromkeys(("DHBFC", "RD_GQ", "RCL", "RCR"), _ANY),
    "DHFFC": r"(?:0\.[7-9]|[1-9])[0-9.]*",
    **dict.fromkeys(("CN", "TCN", "RD_CN"), r"2(?:\.0*)?"),
    "RDCN": r"-1|(?:1\.[3-9]|[2-9])[0-9.]*",
    "LA": "0(?:,[0-9]{1,4})*",
    "LAA": "[0-9]{1,4}(?:,[0-9]{1,4})*",
}
"""What a plain column may say under a key, whatever the thresholds. Of a key that is read and
stands in no table here nothing but a missing value is plain."""


class Undoubted:
    """Tells plain reference columns from all others."""

    def __init__(
        self, thresholds: CallThresholds, callability: CallabilityConfig, required: Spans | None
    ) -> None:
        """Take the thresholds.

        Args:
            thresholds: those of a call.
            callability: when a base counts as looked at.
            required: the bases of which that is asked; None: all.
        """
        self._callability, self._required = callability, required
        self._stray = min(thresholds.min_alt_depth, thresholds.min_dp, _FEW) - 1
        self._accepted = frozenset(callability.accepted_filters)
        self._patterns: dict[object, tuple[re.Pattern[str], re.Pattern[str]]] = {}

    def others(self, line: VcfLine) -> list[int]:
        """Return the columns (0-based) of a record that are not plain."""
        required = self._is_required(line)
        if not _first_tells(line.keys) or (required and self._speaks_of_all(line)):
            return list(range(len(line.columns)))
        key = (line.keys, len(line.site.alts), required)
        if key not in self._patterns:
            self._patterns[key] = self._compiled(*key)
        run, plain = self._patterns[key]
        columns = line.columns
        texts = enumerate(columns) if isinstance(columns, list) else columns.outside(run)
        return [n for n, text in texts if not plain.fullmatch(text)]

    def _is_required(self, line: VcfLine) -> bool:
        if self._required is None:
            return True
        first, last = line.site.pos, line.reach
        spans = self._required.get(line.site.chrom, ())
        return any(start <= last and first <= end for start, end in spans)

    def _speaks_of_all(self, line: VcfLine) -> bool:
        """Whether a record shows of every sample that bases were looked at, or were not."""
        alts = line.site.alts
        block = not alts or any(classify_alt(a) is AlleleKind.REFERENCE_BLOCK for a in alts)
        return block or not self._accepted.issuperset(line.site.filters)

    def _compiled(
        self, keys: tuple[str, ...], alts: int, required: bool
    ) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Return what takes whole columns one behind the other, and what one may look like.

        The first is quick and knows only columns in which every value is given.
        """
        values = [self._value(key, keys, alts, required=required) for key in keys[1:]]
        while values and values[-1] == _ANY:
            values.pop()
        rest = r"(?::[^\t]*)?" if len(values) < len(keys) - 1 else ""
        whole, plain = "".join(f":(?:{value})" for value in values) + rest, rest
        for value in reversed(values):
            plain = rf"(?::(?:{value}|\.(?:,\.)*|){plain})?"
        # Not `*+`: before Python 3.11.5 it takes a part of the column behind, too (gh-106052).
        return re.compile(rf"(?:0[/|]0{whole}\t)*"), re.compile(f"0[/|]0{plain}")

    def _value(self, key: str, keys: tuple[str, ...], alts: int, *, required: bool) -> str:
        """Return what a plain column may say under a key, as a pattern."""
        if key not in READ_KEYS:
            return _ANY
        depth = at_least(self._callability.min_depth) if required else _COUNT
        if key in ("AD", "LAD"):
            return self._counts(depth, alts, single="RD" in keys, local=key == "LAD")
        if key in _DEPTHS or key in _REFERENCE_READS:
            return depth
        if key in SEGMENT and not required:
            return _ANY
        if key in QUALITY_KEYS or key in SEGMENT or key == OF_ALLELES:
            quality = at_least(self._callability.min_gq) if required else _COUNT
            if key == OF_ALLELES:
                return f"{quality}(?:,{quality})*"
            return rf"{quality}(?:\.[0-9]+)?"
        if key in LIKELIHOOD_KEYS:
            return self._likelihoods(key, required=required)
        if key == "FT":
            words = "|".join(map(re.escape, sorted(self._accepted | {"PASS"})))
            return f"(?:{words})" if required else _ANY
        return _FIXED.get(key, _NEVER)

    def _likelihoods(self, key: str, *, required: bool) -> str:
        """Return what makes a reference call sure enough, where it can be told from the text."""
        least = self._callability.min_gq if required else 0
        if key in ("PL", POSTERIOR):
            several = f"0(?:,{at_least(least)})+"
            return several if key == "PL" else rf"(?:{several}|[01](?:\.[0-9]*)?)"
        if key == "GL":
            return rf"-?0(?:\.0*)?(?:,-{at_least(-(-least // 10))}(?:\.[0-9]*)?)+"
        if key == "GP":
            return r"1(?:\.0*)?(?:,0(?:\.0*)?)+"
        return r"0(?:\.[0-4][0-9]*)?(?:,0(?:\.[0-4][0-9]*)?)*"

    def _counts(self, depth: str, alts: int, *, single: bool, local: bool) -> str:
        """Return what the counts of the alleles may be: few that are not the reference's."""
        few = self._stray
        if depth != _COUNT or not self._callability.min_depth:
            rules = self._callability
            few = min(few, int(rules.max_alt_fraction * rules.min_depth))
        if few < 0:
            return _NEVER
        if single:
            return "0"
        return f"{depth}(?:,[0-{few // max(alts, 1)}]){'*' if local else f'{{{alts}}}'}"


def at_least(number: int) -> str:
    """Return a pattern of the whole numbers of up to nine digits that are not below a number."""
    if number <= 0:
        return _COUNT
    text = str(number)
    found = [*_above(text), text]
    if len(text) < len("999999999"):
        found.append(f"[1-9][0-9]{{{len(text)},8}}")
    return f"(?:{'|'.join(found)})"


def _above(text: str) -> Iterator[str]:
    """Yield patterns of the larger numbers with as many digits."""
    for place, digit in enumerate(text):
        if digit != "9":
            rest = len(text) - place - 1
            yield f"{text[:place]}[{int(digit) + 1}-9]" + (f"[0-9]{{{rest}}}" if rest else "")


def _first_tells(keys: tuple[str, ...]) -> bool:
    """Whether the genotype is the first value, and no key stands twice."""
    if len(set(keys)) < len(keys) or not keys or keys[0] in MISSING:
        return False
    return keys[0] == "GT" or (keys[0] == "LGT" and "GT" not in keys)
