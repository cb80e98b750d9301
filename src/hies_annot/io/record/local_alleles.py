"""Local alleles (Hail's LGT and LA, LAA of VCF 4.5): numbers of a sample's own list of alleles."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DIGITS = re.compile(r"[0-9]+")
_MISSING = frozenset({"", "."})


def in_record_terms(values: Mapping[str, str], alt_count: int) -> dict[str, str]:
    """Return GT and LAA in terms of the record from Hail's local alleles.

    `LA` lists the record's numbers of the local alleles, 0 for REF among them; `LAA` of VCF 4.5
    leaves REF out. A number that names no local allele names none of the record either.
    """
    listed = values.get("LA") or ",".join(("0", *filter(None, (values.get("LAA"),))))
    local = listed.split(",")
    found = {"LAA": ",".join(number for number in local if number != "0")}
    if "LGT" in values and values.get("GT", ".") in _MISSING:
        found["GT"] = _DIGITS.sub(
            lambda at: local[int(at[0])] if int(at[0]) < len(local) else str(alt_count + 1),
            values["LGT"],
        )
    return found
