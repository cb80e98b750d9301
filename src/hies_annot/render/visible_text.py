"""What a reader cannot see in a text is shown: control characters and marks of the direction.

Names of samples and files, headers and cells of an input are other people's. An escape sequence in
one would change a terminal (its title, its colours, what stands above), a mark of the direction of
writing (Unicode, UAX 9) the order of what a reader sees.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def visible(text: str) -> str:
    """Return a text in which each hidden character but line end and tab stands as `[U+001B]`."""
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
