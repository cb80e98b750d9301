"""What a sample column of a record says, by the keys of FORMAT."""

from __future__ import annotations

import re
from functools import lru_cache

from hies_annot.errors import InputError
from hies_annot.io.numbers import count_of, finite_number, finite_or_none
from hies_annot.io.record.column_faults import column_faults
from hies_annot.io.record.count_spellings import KEYS
from hies_annot.io.record.likelihoods import KEYS as LIKELIHOOD_KEYS
from hies_annot.io.record.likelihoods import QUALITY_KEYS, likelier_genotype, likelihood_quality
from hies_annot.io.record.local_alleles import in_record_terms
from hies_annot.io.record.other_words import (
    COPIES_BY_DEPTH,
    DEPTH_FOLDS,
    GENOTYPES,
    OF_ALLELES,
    SEGMENT,
    copies_by_depth,
    depth_folds,
    quality_of_alleles,
    quality_of_copies,
    replaced_genotype,
)
from hies_annot.io.record.phase_quality import KEYS as PHASE_QUALITY_KEYS
from hies_annot.io.record.phase_quality import phase_quality
from hies_annot.io.record.read_counts import read_counts
from hies_annot.io.record.stated_fraction import KEYS as FRACTION_KEYS
from hies_annot.io.record.stated_fraction import stated_fractions
from hies_annot.model import SampleFields, SiteRecord

MISSING = frozenset({"", "."})
BLOCK_LENGTH = "LEN"
_COPIES = ("CN", "TCN", "MCC", "MCN", "CN1")
_CN = re.compile(r"\ACN(?==?[0-9])=?", re.IGNORECASE)
_NOT_PASSED = frozenset({"0", "FAIL"})
"""PF of a call that fails a filter (Illumina agg, BBTools); HiPhase has other words under PF."""
_NO_SET = "0"
"""Phase set of a record that Sniffles did not phase."""
COMMON = frozenset({"GT", "AD", "DP", "GQ", "PL"})
"""The keys that nearly every column has."""
READ_KEYS = {
    *("GT", "AD", "DP", "DPI", "PS", "PID", "PGT", "MIN_DP", "CN", "FT", *QUALITY_KEYS),
    *("TCN", "NR", "HP", "LGT", "LA", "LPGT", "MCC", "MCN", "CN1", "LEN", "PSL", "PF"),
    *(*GENOTYPES, *COPIES_BY_DEPTH, *DEPTH_FOLDS, *SEGMENT, OF_ALLELES),
    *KEYS,
    *FRACTION_KEYS,
    *LIKELIHOOD_KEYS,
    *PHASE_QUALITY_KEYS,
}
"""The keys of FORMAT that are read."""


def read_column(text: str, keys: tuple[str, ...], site: SiteRecord) -> SampleFields:
    """Return what a sample column says; `keys` are those of FORMAT.

    Raises:
        InputError: the column holds a value that is no number where one is due.
    """
    parts = text.split(":")
    given = len(parts)
    values = {
        key: parts[place]
        for key, place in _places(keys)
        if place < given and (parts[place] not in MISSING or key == "GT")
    }
    for key, places in _repeated(keys):
        if len({parts[place] for place in places if place < given}) > 1:
            raise InputError(
                f"{key} stands more than once in FORMAT, with different values: {text[:80]!r}",
                file=site.file,
                record=site.where,
            )
    if BLOCK_LENGTH in keys and BLOCK_LENGTH not in values:
        values[BLOCK_LENGTH] = str(site.end - site.pos + 1)
    try:
        fields = _sample_fields(values, site)
    except ValueError as fault:
        raise InputError(
            f"a sample value cannot be read ({_unreadable(values, site)}: {fault}); "
            f"column text {text!r}",
            file=site.file,
            record=site.where,
        ) from None
    faults = tuple(column_faults(parts, keys, values, site, fields))
    return fields._replace(faults=faults) if faults else fields


def _unreadable(values: dict[str, str], site: SiteRecord) -> str:
    """Return the key of the value that cannot be read."""
    for key, value in values.items():
        try:
            _sample_fields({key: value}, site)
        except ValueError:
            return key
    return ", ".join(values)


@lru_cache(maxsize=1024)
def _places(keys: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return the keys of FORMAT that are read, with their places."""
    return tuple((key, place) for place, key in enumerate(keys) if key in READ_KEYS)


@lru_cache(maxsize=1024)
def _repeated(keys: tuple[str, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the keys that are read and stand more than once (VCF 4.3 forbids it)."""
    found: dict[str, list[int]] = {}
    for key, place in _places(keys):
        found.setdefault(key, []).append(place)
    return tuple((key, tuple(places)) for key, places in found.items() if len(places) > 1)


def filter_words(text: str) -> tuple[str, ...]:
    """Return the words of FILTER or FT, each once, where they are no PASS."""
    return () if text in {"PASS", ".", "", "0"} else tuple(dict.fromkeys(text.split(";")))


def _not_passed(text: str) -> tuple[str, ...]:
    return () if _NOT_PASSED.isdisjoint(text.split(",")) else ("PF",)


def _copies(text: str | None) -> int | None:
    """Return a copy number (`1`, `CN1`), None where it is none.

    Callers that estimate it write a fraction, which is rounded.
    """
    number = None if text is None else finite_or_none(_CN.sub("", text.partition(",")[0]))
    return None if number is None else round(number)


def _total(values: dict[str, str]) -> str | None:
    """Return the text of the copy number: CN, or the total of ASCAT and Wakhan (TCN)."""
    return values.get("CN") or values.get("TCN")


def _unread_copies(values: dict[str, str]) -> str | None:
    """Return the text of a copy number that is none."""
    return next(
        (text for key in _COPIES if (text := values.get(key)) and _copies(text) is None), None
    )


def _major_copies(values: dict[str, str]) -> int | None:
    """Return the copies of the commoner chromosome: Canvas (MCC), CNVkit (CN1), DRAGEN (MCN)."""
    stated = _copies(values.get("MCC") or values.get("CN1"))
    minor, total = _copies(values.get("MCN")), _copies(_total(values))
    return total - minor if stated is None and total is not None and minor is not None else stated


def _sample_fields(values: dict[str, str], site: SiteRecord) -> SampleFields:
    """Fill in what is given; `values` holds no missing value besides GT."""
    if COMMON.issuperset(values):
        return _common_fields(values, site)
    return _all_fields(values, site)


def _common_fields(values: dict[str, str], site: SiteRecord) -> SampleFields:
    """Fill in what nearly every column has, and nothing else: most columns hold no more."""
    counted = read_counts(values, (site.ref, *site.alts))
    known = _quality(values, site)
    return SampleFields(
        values.get("GT") or None,
        counted.counts,
        count_of(values.get("DP")),
        known,
        also_counted=counted.others,
        unused_counts=counted.unused,
        replaced=likelier_genotype(values, len(site.alts)),
    )


def _quality(values: dict[str, str], site: SiteRecord) -> float | None:
    """Return how sure the genotype is, by the least figure that says so or by its likelihoods."""
    # CNVkit writes the number of probes, or 0, where the quality of the genotype stands.
    given = () if "PROBES" in site.info else filter(None, map(values.get, QUALITY_KEYS))
    known = min(map(finite_number, given), default=None)
    return likelihood_quality(values, len(site.alts)) if known is None else known


def _all_fields(values: dict[str, str], site: SiteRecord) -> SampleFields:
    if "LGT" in values or "LA" in values:
        values = values | in_record_terms(values, len(site.alts))
    get = values.get
    counted = read_counts(values, (site.ref, *site.alts))
    known = _quality(values, site)
    if known is None and not values.keys().isdisjoint(SEGMENT):
        known = quality_of_copies(values, site, counted=_total(values) is not None)
    worst = quality_of_alleles(values) if OF_ALLELES in values else None
    return SampleFields(
        get("GT") or None,
        counted.counts,
        count_of(get("DP") or get("DPI") or get("NR")),
        min((each for each in (known, worst) if each is not None), default=None),
        _phase_set(get("PS"), get("PSL")),
        get("PID"),
        get("PGT") or get("LPGT"),
        count_of(get("MIN_DP")),
        _copies(_total(values)),
        filter_words(get("FT", ".")) + _not_passed(get("PF", "")),
        get("HP"),
        _major_copies(values),
        count_of(get("LEN")),
        stated_fractions(values, len(site.alts)),
        counted.others,
        counted.unused,
        pq=phase_quality(values),
        unread_copies=_unread_copies(values),
        depth_folds=depth_folds(values),
        depth_copies=copies_by_depth(values),
        replaced=replaced_genotype(values) or likelier_genotype(values, len(site.alts)),
    )


def _phase_set(number: str | None, names: str | None) -> str | None:
    """Return PS, or the one set of PSL (VCF 4.4) in which all alleles of the genotype are."""
    if number is not None or names is None or "," not in names:
        return None if number == _NO_SET else number
    first, *others = dict.fromkeys(names.split(","))
    return None if others or first in MISSING else f"PSL {first}"
