"""The reads of an allele in words: counts, fraction, interval."""

from __future__ import annotations

from hies_annot.model import Call
from hies_annot.read.call_quality import fraction_interval, heterozygous_p


def read_words(call: Call) -> str:
    """Return the reads of an allele with fraction and its 95 % Wilson interval."""
    if call.alt_depth is None or not call.depth or call.alt_depth > call.depth:
        return "read counts not given"
    low, high = fraction_interval(call.alt_depth, call.depth)
    return (
        f"{call.alt_depth} of {call.depth} reads ({call.alt_depth / call.depth:.0%}, "
        f"95 % interval {low:.0%} to {high:.0%})"
    )


def fraction_words(call: Call) -> str:
    """Return the reads with the binomial p against the half that a germline het would give."""
    words = read_words(call)
    if call.alt_depth is None or not call.depth or call.alt_depth > call.depth:
        return words
    return f"{words}, binomial p {heterozygous_p(call.alt_depth, call.depth):.2g} against a half"
