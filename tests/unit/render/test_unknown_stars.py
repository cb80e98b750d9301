"""A review status that the source does not give is said so, never counted as no star."""

from __future__ import annotations

from click.testing import CliRunner

from hies_annot.cli.variant import variant
from hies_annot.render.words import stars


def test_stars_in_words():
    assert (stars(0), stars(2), stars(None)) == ("0 of 4 stars", "2 of 4 stars", "stars not known")


def test_the_command_line_says_that_they_are_not_known():
    output = CliRunner().invoke(variant, ["17-42317185-G-A"], standalone_mode=False).output
    assert "ClinVar 1005984: Pathogenic, stars not known" in output
    assert "None" not in output
