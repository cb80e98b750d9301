"""Addresses: what may be shown, what is sent, and where an index may lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.io.remote.addresses import (
    as_address,
    file_address,
    index_addresses,
    is_address,
    parted_login,
    path_parts,
    shown,
    without_secrets,
)
from hies_annot.sheet.row_files import absolute, told_apart

odd = st.text(":/?#@[]&=% \"'\\a1", max_size=4)


@given(user=odd, before=odd, after=odd, query=odd)
def test_no_secret_is_ever_shown(user: str, before: str, after: str, query: str) -> None:
    """However odd: passwords hold what must be written with `%` and was not."""
    login = f"{user}:{before}HUSH{after}@"
    for address in (
        f"https://{login}host.org/a.vcf.gz",
        f"https://host.org/a.vcf.gz?{query}HUSH",
        f"https://{login}host.org/a.vcf.gz?{query}HUSH##idx##https://{login}b.org/a.tbi?HUSH",
        f"s3://{login}bucket/a.vcf.gz#HUSH",
    ):
        written = absolute(address, "/sheet")
        assert "HUSH" not in shown(written)
        assert "HUSH" not in without_secrets(f"{written}: cannot be read")
        assert "HUSH" not in "/".join(path_parts(written))
        for part in (file_address(written), *index_addresses(written)):
            assert "HUSH" not in shown(part)
        assert "HUSH" not in told_apart([written, f"{written}x"])[written]


@given(text=st.text(max_size=30))
def test_what_is_no_address_stays(text: str) -> None:
    if "://" not in text:
        assert not is_address(text)
        assert shown(text) == text
        assert without_secrets(text) == text


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://host.org/a/b.vcf.gz", "https://host.org/a/b.vcf.gz"),
        ("https://host.org:8080/b@1.vcf.gz", "https://..."),
        ("https://host.org/b@1.vcf.gz?k=v", "https://..."),
        ("https://host.org/b%401.vcf.gz?k=v", "https://host.org/b%401.vcf.gz"),
        ("https://me:it@host.org:8080/b.vcf.gz", "https://host.org:8080/b.vcf.gz"),
        ("http://[::1]:80/b.vcf.gz", "http://[::1]:80/b.vcf.gz"),
        ("HTTPS://Host.org", "HTTPS://Host.org"),
        ("https://", "https://..."),
    ],
)
def test_shown(address: str, seen: str) -> None:
    assert shown(address) == seen
    assert without_secrets(f"see {address}, please") == f"see {seen}, please".replace(
        f"{seen},", shown(f"{address},")
    )


def test_index() -> None:
    assert index_addresses("https://h/a.vcf.gz?k=1#x") == (
        "https://h/a.vcf.gz.tbi?k=1",
        "https://h/a.vcf.gz.csi?k=1",
    )
    assert index_addresses("https://h/a.vcf") == ()
    named = "https://h/a?k=1##idx##https://h/i?k=2"
    assert index_addresses(named) == ("https://h/i?k=2",)
    assert file_address(named) == "https://h/a?k=1"


def test_login_and_spelling() -> None:
    assert parted_login("https://me:a%40b@h/x@y") == ("https://h/x@y", "me:a@b")
    assert parted_login("https://h/x@y") == ("https://h/x@y", None)
    assert as_address("https://h/ä b.vcf?k=%20") == "https://h/%C3%A4%20b.vcf?k=%20"


@given(parts=st.lists(st.sampled_from(["..", ".", "%2e%2e", "a%2F..%2Fb", "a", "", "x" * 300])))
def test_parts_are_names_of_files(parts: list[str]) -> None:
    for part in path_parts("https://h/" + "/".join(parts)):
        assert part.strip(".")
        assert "/" not in part
        assert len(part) <= 120
