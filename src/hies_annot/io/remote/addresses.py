"""Files that are named by an address (`https://...`): how it is read, and what of it may be shown.

An address may hold secrets: user and password, or the signature of a presigned one. What is shown
of it is scheme, host and path. Standard library only: the workflow reads sheets with it.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

INDEX_MARK = "##idx##"
"""Parts the address of a file from that of its index, as in htslib."""
READABLE = ("http", "https")
"""Schemes that are read here."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_KEPT = "!#$%&'()*+,/:;=?@[]~-._"
"""Characters that stay as they are; the others of an address are written with `%`."""
_ADDRESS = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]+://[A-Za-z0-9{re.escape(_KEPT)}]*")
_PORT = re.compile(r"(?:\[[^]]*\]|[^:]*)(?::[0-9]*)?\Z")
_PACKED = (".gz", ".bgz")
_INDEXES = (".tbi", ".csi")


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

    Where it cannot be told what of it is a password, the scheme only. `fs:///folder/file` is a
    path of a mounted folder, and holds no secret.
    """
    if not is_address(file) or file.startswith("fs:///"):
        return file
    scheme, _, rest = file.partition(INDEX_MARK)[0].partition("://")
    authority, slash, path = rest.partition("/")
    host = authority.rpartition("@")[2]
    place = re.split("[?#]", path, maxsplit=1)[0]
    if "@" in path or not host or re.search("[?#]", authority) or not _PORT.match(host):
        return f"{scheme}://..."
    return f"{scheme}://{host}{slash}{place}"


def without_secrets(text: str) -> str:
    """Return a text with each address in it as it may be shown."""
    return _ADDRESS.sub(lambda found: shown(found[0]), text) if "://" in text else text


def parted_login(address: str) -> tuple[str, str | None]:
    """Return an address without its `user:password`, and these as they are, None without."""
    scheme, mark, rest = address.partition("://")
    authority, slash, path = rest.partition("/")
    login, at, host = authority.rpartition("@")
    return f"{scheme}{mark}{host}{slash}{path}", unquote(login) if at else None


def file_address(address: str) -> str:
    """Return the address of the file itself, without that of its index and without a fragment.

    A `#` before an `@` may stand in a password, of which nothing is cut off and then shown.
    """
    whole = address.partition(INDEX_MARK)[0]
    place, _, fragment = whole.partition("#")
    return whole if "@" in fragment else place


def index_addresses(address: str) -> tuple[str, ...]:
    """Return the addresses that the index of a packed file may have, the best first."""
    named = address.partition(INDEX_MARK)[2]
    if named:
        return (named,)
    path, mark, query = file_address(address).partition("?")
    if not path.lower().endswith(_PACKED):
        return ()
    return tuple(f"{path}{ending}{mark}{query}" for ending in _INDEXES)


def index_ending(address: str) -> str:
    """Return the ending that tells the kind of an index: `.csi`, else `.tbi`."""
    path = file_address(address).partition("?")[0].lower()
    return next((ending for ending in _INDEXES if path.endswith(ending)), _INDEXES[0])


def path_parts(address: str) -> list[str]:
    """Return host and parts of the path, each as it can be the name of a folder or file."""
    parts = shown(file_address(address)).partition("://")[2].split("/")
    names = [re.sub(r"[\x00-\x1f/\\]", "_", unquote(part))[-120:] for part in parts]
    return [name if name.strip(".") else "_" for name in names]
