"""Whether the expression of a filter speaks of more than how well variants were seen."""

from __future__ import annotations

import re

TEXTS = re.compile(r"\"[^\"]*\"|'[^']*'")
"""Words in quotes, which name nothing that is compared."""
_CALLED = re.compile(r"GT\s*!?[=~]+\s*[\"'](?:ref|alt|mis|RR|[0.][/|][0.]|\.)[\"']")
_WORDS = re.compile(r"%?[A-Za-z_](?:[\w.]|/[A-Za-z_])*")
_PLACES = re.compile(r"^(?:%|INFO[./]|FORMAT[./]|FMT[./])+", re.IGNORECASE)
_QUALITY = frozenset(
    (
        *("qual", "filter", "ft", "dp", "gq", "ad", "adf", "adr", "vaf", "mq", "mq0", "mq0f", "qd"),
        *("fs", "sor", "sb", "vdb", "rpb", "mqb", "bqb", "mqsb", "idv", "imf", "dp4", "pl", "gl"),
        *("mqranksum", "readposranksum", "baseqranksum", "vqslod", "min_dp", "tlod", "sap", "rpr"),
        *("saf", "sar", "rpl", "ao", "ro", "ab", "mqm", "mqmr", "an", "ac", "alt", "n_missing"),
        *("f_missing", "n_pass", "f_pass", "n_alt", "min", "max", "mean", "median", "avg", "sum"),
        *("count", "abs", "smpl_max", "smpl_min", "smpl_mean", "smpl_sum", "na", "has", "exists"),
        *("isvariant", "countvariant", "isref", "pass", "info", "format", "fmt", "gen", "all"),
    )
)
"""What tells how well a variant was seen, and the functions of expressions."""


def by_quality(expression: str) -> bool:
    """Whether an expression speaks of nothing but how well variants were seen."""
    bare = TEXTS.sub(" ", _CALLED.sub(" ", expression))
    words = (_PLACES.sub("", word).lower() for word in _WORDS.findall(bare))
    return all(word in _QUALITY for word in words)
