"""Which settings say where and how to work, not how to judge. Standard library only."""

from __future__ import annotations

PLACE_KEYS = frozenset(
    {
        "samples",
        "vcfs",
        "output",
        "private",
        "batch_size",
        "threads",
        "strict",
        "on_completion",
        "phase_reads",
        "recurrence",
        "parquet",
        "evidence_max_age_days",
        "evidence_servers",
        "review",
        "earlier",
        "whole_digest_mb",
    }
)
"""A change of these repeats no batch."""
REPORT_KEYS = frozenset({"reports", "report_date", "also", "alignments"})
"""These say which files a batch has and what stands on them, and change no result."""
