"""What an index of a text was made for (hts-specs: tabix, CSIv1)."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

from hies_annot.io.bgzf import DAMAGE

_DAMAGE: tuple[type[Exception], ...] = (*DAMAGE, OSError, struct.error)
_TBI, _CSI = b"TBI\1", b"CSI\1"
_PRESET_OF_TBI, _PRESET_OF_CSI = 8, 16
_VCF = 2
_PRESET = struct.Struct("<i")


def knows_ends(index: Path) -> bool:
    """Return whether an index of a VCF.gz has each record where END says that it reaches.

    `tabix -p vcf` makes such; one by columns alone (`tabix -s 1 -b 2 -e 2`) knows where records
    begin. What cannot be read here is told when the index is used.
    """
    try:
        with gzip.open(index) as handle:
            head = handle.read(_PRESET_OF_CSI + _PRESET.size)
        place = {_TBI: _PRESET_OF_TBI, _CSI: _PRESET_OF_CSI}.get(head[:4])
        return place is None or _PRESET.unpack_from(head, place)[0] & 0xFFFF == _VCF
    except _DAMAGE:
        return True
