"""Look through a small indexed file for what no index leads to."""

from __future__ import annotations

import pysam

from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.io.htslib_faults import htslib_faults
from hies_annot.io.text_lines import text_lines
from hies_annot.io.windows.loose_ends import may_lead_elsewhere
from hies_annot.io.windows.placing import Census


def note_mates(file: VcfFile, census: Census) -> None:
    """Note breaks that may lead elsewhere, and headers behind the first record.

    Raises:
        InputError: the file is damaged, or such a header is that of other data.
    """
    if file.kind == "bcf":
        _note_mates_of_bcf(file, census)
        return
    number = 0
    for line in text_lines(file.path, file.kind, file.longest_line):
        if line.startswith("#"):
            census.faults.header_again(line, number)
            continue
        number += 1
        census.note_mate(line, None)


def _note_mates_of_bcf(file: VcfFile, census: Census) -> None:
    with htslib_faults(file.name, "cannot be read on"), pysam.VariantFile(file.name) as handle:
        for record in handle:
            if may_lead_elsewhere(record.alts or (), record.info.keys()):
                census.note_mate(str(record).rstrip("\n"), None)
