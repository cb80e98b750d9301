"""Files that are named by an address (`https://...`): how it is read, and what of it may be shown.

An address may hold secrets: user and password, or the signature of a presigned one. What is shown
of it is scheme, host and path. Standard library only: the workflow reads sheets with it.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_KEPT = "!#$%&'()*+,/:;=?@[]~-._"
"""Characters that stay as they are; the others of an address are written with `%`."""
_PORT = re.compile(r"(?:\[[^]]*\]|[^:]*)(?::[0-9]*)?\Z")


def is_address(text: str) -> bool:
    """Return whether a cell names a file by an address."""
    return "://" in text and _SCHEME.match(text) is not None


def as_address(text: str) -> str:
    """Return an address with what no address may hold (blanks, quotes) written with `%`."""
    return quote(text, safe=_KEPT)


def scheme_of(address: str) -> str:
    """Return the scheme in small letters."""
    return address.partition("://")[0].lower()


def shown(file: str) -> str:
    """Return scheme, host and path of an address; a file of this machine as it is.

    `fs:///folder/file` is a path of a mounted folder, and holds no secret.
    """
    if not is_address(file) or file.startswith("fs:///"):
        return file
    scheme, _, rest = file.partition("://")
    authority, slash, path = rest.partition("/")
    host = authority.rpartition("@")[2]
    if not host or re.search("[?#]", authority) or not _PORT.match(host):
        return f"{scheme}://..."
    return f"{scheme}://{host}{slash}{re.split('[?#]', path, maxsplit=1)[0]}"
