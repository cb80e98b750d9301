"""What a run tells of its way while it is at a batch, and what it has lost on the way before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

Lost = Mapping[str, str]
"""Why nothing can be known of a sample, by its id."""
Begin = Callable[[str], None]
"""Called with the id of each sample when it is begun."""


class Watch(Struct, frozen=True):
    """Samples that have killed a process, and who is told of each sample that is begun."""

    lost: Lost
    begin: Begin


NOBODY = Watch({}, lambda _: None)
"""Nothing is lost, and nobody is told."""
