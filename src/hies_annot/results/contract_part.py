"""The base of all parts of the result contract."""

from __future__ import annotations

from hies_annot.model.closed import Described


class Part(Described, frozen=True):
    """Base of all parts: unknown keys of a newer version are ignored on reading.

    Parts are shared between results, so their fields cannot be set, and nobody may change the
    lists and mappings in them.
    """
