"""Open a VCF, VCF.gz or BCF: what kind it is, whether it is whole, its samples and contigs.

The kind of file is told from its first bytes, never from its name.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from hies_annot.errors import InputError
from hies_annot.genome import Build
from hies_annot.io.bgzf import DAMAGE, END, LARGEST_BLOCK, first_block, is_bgzip
from hies_annot.io.header.alike_ids import are_alike
from hies_annot.io.header.caller_nature import is_somatic
from hies_annot.io.header.header_builds import builds_of_names
from hies_annot.io.header.header_faults import CONTIG, declared_of, header_faults
from hies_annot.io.header.header_lines import bcf_header, text_header
from hies_annot.io.header.header_regions import region_files_of
from hies_annot.io.header.index_preset import knows_ends
from hies_annot.io.header.left_out import left_out
from hies_annot.io.header.variant_kinds import has_kind
from hies_annot.io.header.vcf_header import (
    announces_structural,
    assembly_of,
    contigs_of,
    repairs_of,
    samples_of,
)
from hies_annot.io.in_child import in_child
from hies_annot.io.remote.stand_ins import attend
from hies_annot.io.text_lines import longest_line
from hies_annot.model.census import LeftOut
from hies_annot.model.reading_faults import told
from hies_annot.texts.file_kind import demand_file

T = TypeVar("T")

_OTHER_PACKERS = {b"BZh": "bzip2", b"\xfd7z": "xz", b"PK\x03": "zip", b"\x28\xb5\x2f": "zstd"}


class VcfFile(Struct, frozen=True):
    """A VCF that was opened once; `index` can be used, a contig's length may not be given."""

    path: Path
    kind: str  # "vcf" | "vcf.gz" | "bcf"
    index: Path | None
    samples: tuple[str, ...]
    contigs: Mapping[str, int | None]
    warnings: tuple[str, ...]
    structural: bool = False
    """Whether the header announces structural records, which may reach far."""
    assembly: str | None = None
    """An assembly that is not supported, where the header names one as its reference."""
    named: frozenset[Build] = frozenset()
    """The builds that the header names as its reference."""
    declared: frozenset[str] | None = None
    """The fields (`FORMAT GT`) that the header declares; None: all, as in every BCF."""
    left_out: tuple[LeftOut, ...] = ()
    """What the file cannot hold by its header."""
    region_files: tuple[str, ...] = ()
    """The files of regions to which its header says that it was cut, or that were left out."""
    somatic: bool = False
    """Whether the header is that of a somatic caller."""
    unindexed: str | None = None
    """Why there is no index that can be used, in words."""

    @property
    def indexed(self) -> bool:
        """Whether there is an index beside the file that can be used."""
        return self.index is not None

    def safely(self, read: Callable[[], T]) -> T:
        """Return what a reading returns; in a child where htslib may crash on damage.

        It believes the sizes in a BCF and in a CSI index.

        Raises:
            InputError: it has crashed.
        """
        fragile = self.kind == "bcf" or (self.index is not None and self.index.suffix == ".csi")
        return in_child(self.path, read) if fragile else read()

    @property
    def longest_line(self) -> int:
        """Bytes that a record may have."""
        return longest_line(len(self.samples))

    @property
    def name(self) -> str:
        """File name for messages."""
        return str(self.path)

    def column(self, sample: str | None) -> int:
        """Return the column (0-based) of a sample; None takes the only sample.

        Raises:
            InputError: the sample is not in the file, or None and the file has several.
        """
        if sample is None and len(self.samples) == 1:
            return 0
        if sample is None:
            raise InputError(
                f"holds {len(self.samples)} samples: say which one (column vcf_sample)",
                file=self.name,
            )
        try:
            return self.samples.index(sample)
        except ValueError:
            # Results quote this, so that it names nobody out of a file of several people.
            alone = self.samples[0] if len(self.samples) == 1 else f"{len(self.samples)} others"
            alike = any(are_alike(name, sample) for name in self.samples)
            hint = ", one of them the same but for capitals, blanks, zeros or accents" * alike
            raise InputError(
                f"has no sample {sample!r}; it holds {alone}{hint} (line #CHROM)", file=self.name
            ) from None


def open_vcf(path: Path) -> VcfFile:
    """Read the header and find out how the file can be read.

    Raises:
        InputError: missing, empty, a pipe, cut short, no VCF, without samples, or with one twice.
    """
    attend(path)
    try:
        state = path.stat()
    except OSError:
        return _opened(path, None)
    demand_file(path)
    return _opened(path, (state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=1024)
def _opened(path: Path, state: tuple[int, int] | None) -> VcfFile:  # noqa: ARG001 (the key)
    """Open a file; asked again for a file in the same state, nothing is read anew."""
    kind, start = _start(path)
    index, unindexed = _index_of(path, kind)
    header = bcf_header(path, start) if kind == "bcf" else text_header(path, kind, start)
    samples = samples_of(header, path)
    open_end = ("its last line has no line end: was it cut there?",) * _ends_open(path, kind)
    repairs = "" if kind == "bcf" else "; ".join((*repairs_of(header, start), *open_end))
    faults = told(str(path), header_faults(header))
    others = [line for line in header if not line.startswith(CONTIG)]
    warnings = (f"{path}: read, though {repairs}" if repairs else None, *faults)
    return VcfFile(
        path=path,
        kind=kind,
        index=index,
        samples=samples,
        contigs=contigs_of(header),
        warnings=tuple(filter(None, warnings)),
        structural=announces_structural(others),
        assembly=assembly_of(others),
        named=builds_of_names(header),
        declared=None if kind == "bcf" else declared_of(others),
        left_out=left_out(others, partial(has_kind, path, kind, start)),
        region_files=region_files_of(others),
        somatic=is_somatic(others),
        unindexed=unindexed,
    )


def _start(path: Path) -> tuple[str, bytes]:
    """Return the kind of a file and what its first bytes hold, unpacked."""
    try:
        with path.open("rb", buffering=0) as handle:
            return _start_of(handle, path)
    except FileNotFoundError:
        raise InputError("this file does not exist", file=str(path)) from None
    except IsADirectoryError:
        raise InputError("this is a folder, not a VCF", file=str(path)) from None
    except OSError as fault:
        raise InputError(f"cannot be read: {fault.strerror}", file=str(path)) from None


def _start_of(handle: io.FileIO, path: Path) -> tuple[str, bytes]:
    head = handle.read(LARGEST_BLOCK)
    if not head:
        raise InputError("this file is empty (0 bytes)", file=str(path))
    for magic, packer in _OTHER_PACKERS.items():
        if head.startswith(magic):
            raise InputError(f"is packed with {packer}; pack it with bgzip", file=str(path))
    if head.startswith(b"\x1f\x8b"):
        start = _unpacked(head, path)
        if is_bgzip(head):
            _check_complete(handle, path)
        return ("bcf" if start.startswith(b"BCF\x02") else "vcf.gz"), start
    if head.startswith((b"CRAM", b"BAM")):
        raise InputError("holds alignments, not variants", file=str(path))
    return "vcf", head


def _unpacked(head: bytes, path: Path) -> bytes:
    try:
        return first_block(head)
    except DAMAGE:
        raise InputError(
            "is cut short or damaged: its first compressed block cannot be unpacked",
            file=str(path),
        ) from None


def _check_complete(handle: io.FileIO, path: Path) -> None:
    """A BGZF file ends with an empty block; without it the end of the file is missing."""
    if handle.seek(0, io.SEEK_END) < len(END):
        raise InputError("is cut short; copy or make it again", file=str(path))
    handle.seek(-len(END), io.SEEK_END)
    if handle.read() != END:
        raise InputError(
            "is cut short: the end marker of bgzip is missing; copy or make it again",
            file=str(path),
        )


def _ends_open(path: Path, kind: str) -> bool:
    """Whether the last line of a text has no end; what bgzip has packed is known to be whole."""
    if kind != "vcf":
        return False
    with path.open("rb") as handle:
        handle.seek(-1, io.SEEK_END)
        return handle.read(1) not in {b"\n", b"\r"}


def _index_of(path: Path, kind: str) -> tuple[Path | None, str | None]:
    """Return the index to use, and what the user must know of it.

    An index that is older than the file would lead past records that were added since.
    """
    endings = {"vcf": (), "vcf.gz": (".tbi", ".csi"), "bcf": (".csi",)}[kind]
    index = next((one for end in endings if (one := Path(f"{path}{end}")).is_file()), None)
    if index is None:
        return None, f"{path}: no index, the whole file was read"
    if index.stat().st_mtime + 1 < path.stat().st_mtime:
        told = "the index is older than the file, the whole file was read; make the index anew"
        return None, f"{path}: {told}"
    if kind == "vcf.gz" and not knows_ends(index):
        told = "its index knows no END, the whole file was read; make the index anew: tabix -p vcf"
        return None, f"{path}: {told}"
    return index, None
