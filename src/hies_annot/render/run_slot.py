"""The place on a sample's page for what is known only when the whole run has been counted.

A page is written with its place empty, by a job that knows one batch. The summary of the run fills
it, and empties it where a later run counts otherwise. Pure.
"""

from __future__ import annotations

START = "<!-- counted in the run -->"
END = "<!-- end of what was counted -->"
"""A text of the user cannot look like these: its `<` is written as `&lt;`."""


def with_slot(page: str, content: str) -> str:
    """Return a page with other content in its place; a page without the place stays as it is."""
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    return f"{before}{start}{content}{end}{after}" if end else page
