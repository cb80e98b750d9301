"""The thresholds that a run works with, and which of them demand less than the defaults."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from hies_annot.model.closed import Described, as_json
from hies_annot.settings.call_thresholds import CallThresholds
from hies_annot.settings.callability_rules import CallabilityConfig
from hies_annot.settings.places import PLACE_KEYS, REPORT_KEYS
from hies_annot.settings.run_config import RunConfig

THRESHOLDS: Mapping[str, type[Described]] = {
    "calls": CallThresholds,
    "callability": CallabilityConfig,
}
"""The parts of the configuration that decide what counts as called and as looked at."""
_IN_THE_ROWS = ("ped", "annotation_cache")
"""Settings of which a result has what they say: relatives, and annotations as made anew."""


class InForce(Struct, frozen=True):
    """Thresholds by key (`calls.min_gq`), digest of all settings, sentences of what is looser."""

    thresholds: Mapping[str, Any]
    digest: str
    looser: tuple[str, ...]
    report_date: str | None = None


def _lower(value: Any, default: Any) -> bool:  # noqa: ANN401 (a number, or None for off)
    return default is not None and (value is None or value < default)


def _higher(value: Any, default: Any) -> bool:  # noqa: ANN401
    return bool(value > default)


def _wider(value: Any, default: Any) -> bool:  # noqa: ANN401 (a band)
    return bool(value[0] < default[0] or value[1] > default[1])


def _narrower(value: Any, default: Any) -> bool:  # noqa: ANN401
    return bool(value[0] > default[0] or value[1] < default[1])


def _more_words(value: Any, default: Any) -> bool:  # noqa: ANN401
    return not set(value) <= set(default)


def _switched_on(value: Any, default: Any) -> bool:  # noqa: ANN401
    return bool(value) and not default


def _switched_off(value: Any, default: Any) -> bool:  # noqa: ANN401
    return not value and bool(default)


LOOSER: Mapping[str, Callable[[Any, Any], bool]] = {
    "calls.min_qual": _lower,
    "calls.min_gq": _lower,
    "calls.min_dp": _lower,
    "calls.min_alt_depth": _lower,
    "calls.het_balance": _wider,
    "calls.hom_balance": _lower,
    "calls.low_fraction": _narrower,
    "calls.mosaic_p": _lower,
    "calls.de_novo_parent_reads": _higher,
    "calls.accepted_filters": _more_words,
    "calls.trust_phase_without_ps": _switched_on,
    "callability.min_depth": _lower,
    "callability.min_gq": _lower,
    "callability.min_mapq": _lower,
    "callability.min_baseq": _lower,
    "callability.indel_flank": _lower,
    "callability.indel_min_depth": _lower,
    "callability.min_region_mean": _lower,
    "callability.max_alt_fraction": _higher,
    "callability.min_share": _lower,
    "callability.min_exon_share": _lower,
    "callability.require_known_sites": _switched_off,
    "callability.accepted_filters": _more_words,
    "callability.assume_reference": _switched_on,
}
"""For each threshold: whether a value lets pass, or lets go untold, what the default does not."""


def in_force(config: RunConfig) -> InForce:
    """Return what a configuration sets; files are named without their folders."""
    defaults = dict(_thresholds(RunConfig()))
    given = dict(_thresholds(config))
    looser = tuple(
        f"{key}: {_shown(value)} instead of {_shown(defaults[key])}"
        for key, value in given.items()
        if LOOSER[key](value, defaults[key])
    )
    return InForce(given, _digest(config), looser, config.report_date)


def _thresholds(config: RunConfig) -> Iterator[tuple[str, Any]]:
    for part in THRESHOLDS:
        for key, value in as_json(getattr(config, part)).items():
            yield f"{part}.{key}", value


def _digest(config: RunConfig) -> str:
    left_out = {*PLACE_KEYS, *REPORT_KEYS, *_IN_THE_ROWS}
    data = {key: value for key, value in as_json(config).items() if key not in left_out}
    text = json.dumps(_named(data), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _named(data: Any) -> Any:  # noqa: ANN401 (any JSON)
    """Return settings with the names of files only: a result is the same wherever they lie."""
    if isinstance(data, dict):
        return {key: _named(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_named(value) for value in data]
    return PurePath(data).name if isinstance(data, str) and "/" in data else data


def _shown(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
