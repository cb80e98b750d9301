"""Which samples get a report of their own: all, those with a finding, or none."""

from __future__ import annotations

from hies_annot.model import Status
from hies_annot.settings.run_config import Reports

_NOTHING_FOUND = (Status.NONE, Status.INCONCLUSIVE)


def gets_report(reports: Reports, status: str) -> bool:
    """Tell whether a sample gets files of its own; a failed one counts as a finding."""
    return reports == "all" or (reports == "findings" and status not in _NOTHING_FOUND)
