"""What an index of a text was made for (hts-specs: tabix, CSIv1)."""

from __future__ import annotations

import struct
from pathlib import Path

from hies_annot.io.bgzf import DAMAGE, first_bytes

_DAMAGE: tuple[type[Exception], ...] = (*DAMAGE, OSError, struct.error)
_TBI, _CSI = b"TBI\1", b"CSI\1"
_PRESET_OF_TBI, _PRESET_OF_CSI = 8, 16
_VCF = 2
_PRESET = struct.Struct("<i")
_HEAD = _PRESET_OF_CSI + _PRESET.size
_ENOUGH = 4096
"""Packed bytes that hold the head of an index, whatever way it was packed."""


def knows_ends(index: Path) -> bool:
    """Return whether an index of a VCF.gz has each record where END says that it reaches.

    `tabix -p vcf` makes such; one by columns alone (`tabix -s 1 -b 2 -e 2`) knows where records
    begin. What cannot be read here is told when the index is used.
    """
    try:
        with index.open("rb", buffering=0) as handle:
            head = first_bytes(handle.read(_ENOUGH), _HEAD)
        place = {_TBI: _PRESET_OF_TBI, _CSI: _PRESET_OF_CSI}.get(head[:4])
        return place is None or _PRESET.unpack_from(head, place)[0] & 0xFFFF == _VCF
    except _DAMAGE:
        return True
