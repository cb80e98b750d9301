"""A VCF line in, values out: text is read as it stands, nothing is guessed or repaired.

VCF 4.1 to 4.5 (https://samtools.github.io/hts-specs/); positions are 1-based.
"""

from __future__ import annotations

from dataclasses import dataclass

from hies_annot.errors import InputError
from hies_annot.io.columns import SampleColumns
from hies_annot.model import SampleFields, SiteRecord

_INFO_KEYS = frozenset({"END", "SVTYPE", "SVLEN", "CN", "MATEID", "CIPOS", "CIEND", "IMPRECISE"})
_FIXED_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class VcfLine:
    """A record: the shared part and the text of its sample columns."""

    site: SiteRecord
    keys: tuple[str, ...]
    columns: SampleColumns

    def fields(self, index: int) -> SampleFields:
        """Return what the record says about the sample in column `index` (0-based).

        Raises:
            InputError: the column holds a value that is no number where one is due.
        """
        values = dict(zip(self.keys, self.columns[index].split(":"), strict=False))
        try:
            return _sample_fields(values, self.site)
        except ValueError as fault:
            raise InputError(
                f"a sample value cannot be read ({fault}); column text {self.columns[index]!r}",
                file=self.site.file,
                record=self.site.where,
            ) from None

    def not_hom_ref(self) -> list[int]:
        """Return the columns (0-based) that are not plainly `0/0` or `0|0`."""
        if self.keys and self.keys[0] == "GT":
            return self.columns.not_hom_ref()
        return list(range(len(self.columns)))

    @property
    def has_genotypes(self) -> bool:
        """Whether FORMAT has GT."""
        return "GT" in self.keys


def parse_line(
    line: str, *, file: str, number: int | None, chrom: str, sample_count: int
) -> VcfLine:
    """Split one record.

    Args:
        line: the record without its line end.
        file: name of the file, for messages.
        number: number of the record in the file (1-based), None where it is not known.
        chrom: canonical contig name.
        sample_count: number of sample columns that the header announces.

    Raises:
        InputError: a column is missing or no number where one is due.
    """
    columns = line.split("\t", _FIXED_COLUMNS + 1)
    label = f"record {number}" if number is not None else f"record at {':'.join(columns[:2])}"
    if len(columns) < _FIXED_COLUMNS:
        raise InputError(
            f"{len(columns)} columns, but a VCF record has at least 8 separated by tabs",
            file=file,
            record=label,
        )
    samples = SampleColumns(columns[9] if len(columns) > _FIXED_COLUMNS + 1 else "", sample_count)
    if samples.counted() != sample_count:
        raise InputError(
            f"{samples.counted()} sample columns, but the header names {sample_count}",
            file=file,
            record=label,
        )
    try:
        site = _site(columns, file=file, number=number, chrom=chrom)
    except ValueError as fault:
        raise InputError(f"a value cannot be read ({fault})", file=file, record=label) from None
    keys = tuple(columns[8].split(":")) if len(columns) > _FIXED_COLUMNS else ()
    return VcfLine(site=site, keys=keys, columns=samples)


def _site(columns: list[str], *, file: str, number: int | None, chrom: str) -> SiteRecord:
    pos = int(columns[1])
    ref = columns[3]
    alts = tuple(columns[4].split(",")) if columns[4] not in {".", ""} else ()
    info = _info(columns[7])
    return SiteRecord(
        file=file,
        number=number,
        chrom=chrom,
        chrom_written=columns[0],
        pos=pos,
        end=_end(pos, ref, alts, info),
        identifier=columns[2] if columns[2] != "." else None,
        ref=ref,
        alts=alts,
        qual=float(columns[5]) if columns[5] != "." else None,
        filters=_filters(columns[6]),
        info=info,
    )


def _info(text: str) -> dict[str, str]:
    if text == "." or not any(key in text for key in _INFO_KEYS):
        return {}
    pairs = (part.partition("=") for part in text.split(";"))
    return {key: value for key, _, value in pairs if key in _INFO_KEYS}


def _end(pos: int, ref: str, alts: tuple[str, ...], info: dict[str, str]) -> int:
    """Return the last base: END, else SVLEN of a symbolic allele, else the end of REF."""
    last = pos + len(ref) - 1
    if "END" in info and info["END"] != ".":
        return max(last, int(info["END"]))
    symbolic = any(alt.startswith(("<DEL", "<DUP", "<INV", "<CN")) for alt in alts)
    if symbolic and info.get("SVLEN", ".") != ".":
        lengths = [abs(int(part)) for part in info["SVLEN"].split(",") if part != "."]
        return max([last, *(pos + length for length in lengths)])
    return last


def _filters(text: str) -> tuple[str, ...]:
    return () if text in {"PASS", ".", "", "0"} else tuple(text.split(";"))


def _number(text: str | None) -> int | None:
    return None if text in (None, "", ".") else int(float(text))


def _real(text: str | None) -> float | None:
    return None if text in (None, "", ".") else float(text)


def _first(values: dict[str, str], keys: tuple[str, ...]) -> str | None:
    """Return the first of several spellings of one fact that is given."""
    return next((values[key] for key in keys if values.get(key, ".") not in {".", ""}), None)


def _word(text: str | None) -> str | None:
    return None if text in (None, "", ".") else text


def _sample_fields(values: dict[str, str], site: SiteRecord) -> SampleFields:
    depth = _first(values, ("DP", "NR"))
    return SampleFields(
        gt=_word(values.get("GT")) if values.get("GT") != "." else ".",
        ad=_allele_depths(values, len(site.alts)),
        dp=_number(depth.split(",")[0] if depth else None),
        gq=_real(_first(values, ("GQ", "RGQ", "GQX"))),
        ps=_word(values.get("PS")),
        pid=_word(values.get("PID")),
        pgt=_word(values.get("PGT")),
        min_dp=_number(values.get("MIN_DP")),
        copy_number=_number(values.get("CN")),
        ft=_filters(values.get("FT", ".")),
    )


def _allele_depths(values: dict[str, str], alt_count: int) -> tuple[int | None, ...] | None:
    """Return reads by allele, REF first, from the spelling of the caller at hand.

    AD (GATK and most others), LAD with LAA (VCF 4.5), RO/AO (freebayes), VD (VarDict),
    NV (weCall, Platypus). Counts that do not fit the number of alleles are not used.
    """
    if values.get("AD", ".") != ".":
        counts = tuple(_number(part) for part in values["AD"].split(","))
        return counts if len(counts) == alt_count + 1 else None
    if values.get("LAD", ".") != ".":
        return _local_depths(values, alt_count)
    for alt_key in ("AO", "VD", "NV"):
        if values.get(alt_key, ".") != ".":
            alts = tuple(_number(part) for part in values[alt_key].split(","))
            return (_number(values.get("RO")), *alts) if len(alts) == alt_count else None
    return None


def _local_depths(values: dict[str, str], alt_count: int) -> tuple[int | None, ...] | None:
    local = values.get("LAA", ".")
    indices = [0, *(int(part) for part in local.split(","))] if local not in {".", ""} else [0]
    counts = [_number(part) for part in values["LAD"].split(",")]
    if len(counts) != len(indices) or max(indices) > alt_count:
        return None
    depths: list[int | None] = [None] * (alt_count + 1)
    for index, count in zip(indices, counts, strict=True):
        depths[index] = count
    return tuple(depths)
