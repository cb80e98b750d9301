"""`status.json`: how a run ended, short enough for a message."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from hies_annot.model import Status
from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.totals import Totals
from hies_annot.render.words import STATUS_ORDER, plural

_NAMED = 5


def status_json(summaries: Iterable[SampleSummary], totals: Totals) -> Iterator[str]:
    """Yield the text: number of samples, counts by status, and the failed ones with reasons."""
    failed = [
        {"sample": each.sample, "batch": each.batch, "reason": each.status_reason}
        for each in summaries
        if each.status == Status.FAILED
    ]
    counts = {status: totals.statuses.get(status, 0) for status in STATUS_ORDER}
    status = {"samples": totals.samples, "counts": counts, "failed": failed}
    yield json.dumps(status, indent=1, ensure_ascii=False) + "\n"


def failed_sentence(names: list[str], samples: int) -> str:
    """Return a sentence that says how many samples of a run failed, and which."""
    shown = ", ".join(names[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{len(names)} of {plural(samples, 'sample')} failed: {shown}{more} (see index.html)"
