"""Which versions of the result contract can be read: this one and earlier ones of the same major.

Fields are only added within a major version, and each has a value for "not given". A later version
may say what this program cannot know, so it is refused and not read in part.
"""

from __future__ import annotations

import re

from hies_annot.results.contract import SCHEMA_VERSION

_FORM = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})", re.ASCII)


def why_unreadable(version: object) -> str | None:
    """Return why results of a version (`1.0`) cannot be read, in words; None: they can."""
    found = _FORM.fullmatch(version) if isinstance(version, str) else None
    if found is None:
        return "does not say which version of the result contract it has (schema_version)"
    here = _FORM.fullmatch(SCHEMA_VERSION)
    assert here is not None
    stated, own = ((int(each[1]), int(each[2])) for each in (found, here))
    if stated[0] == own[0] and stated <= own:
        return None
    return (
        f"has version {version} of the result contract, this program reads "
        f"{own[0]}.0 to {SCHEMA_VERSION}: use the hies-annot that wrote it, or run again"
    )
