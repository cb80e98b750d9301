"""Files that are taken in whole: what has no end is never waited for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hies_annot.errors import InputError
from hies_annot.genes.gene_file import load_gene
from hies_annot.io.lab_text import lab_text
from hies_annot.settings.evidence_servers import load_servers
from hies_annot.settings.run_config import load_config
from hies_annot.texts.whole_file import whole_bytes


@pytest.mark.parametrize("read", [load_gene, load_config, load_servers, lab_text])
def test_a_pipe_with_a_name_is_refused_whatever_it_is_given_as(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    pipe = tmp_path / "a.yaml"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match=r"a\.yaml: is a pipe, not a file"):
        read(pipe)


def test_the_output_of_another_program_is_read() -> None:
    receiver, sender = os.pipe()
    os.write(sender, b"text")
    os.close(sender)
    try:
        assert whole_bytes(Path(f"/dev/fd/{receiver}"), 10) == b"text"
    finally:
        os.close(receiver)


@pytest.mark.parametrize(("size", "good"), [(10, True), (11, False)])
def test_a_file_has_at_most_the_bytes_that_it_may(tmp_path: Path, size: int, *, good: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * size)
    if good:
        assert len(whole_bytes(path, 10)) == size
        return
    with pytest.raises(ValueError, match="it has more than"):
        whole_bytes(path, 10)
