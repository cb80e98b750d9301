"""Records of known changes on GRCh38 that several tests write into files of their own."""

from __future__ import annotations

COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
RECORDS = (
    ("17", 42322474, "C", "T"),  # c.1909G>A
    ("17", 42329643, "G", "A"),  # c.1144C>T
    ("20", 33745151, "C", "A"),  # c.191C>A
    ("20", 33757310, "C", "T"),  # c.904C>T
    ("20", 33761989, "C", "T"),  # c.1156C>T
)
