from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from Bio import Entrez
from msgspec.structs import force_setattr

from hies_annot.errors import ReferenceDataError, UsageError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, canonical_chrom
from hies_annot.io.fasta import IndexedFasta
from hies_annot.reference import fetch as module
from hies_annot.reference.fetch import Patience, fetch
from hies_annot.reference.load import embedded_reference

GENES = default_genes()
QUICK = Patience(timeout=1.0, tries=3, pause=0.0)


class Efetch(BaseHTTPRequestHandler):
    """Answers like efetch: FASTA of a stretch of a chromosome, or what `plan` says."""

    def do_GET(self):
        query = {key: value[0] for key, value in parse_qs(urlparse(self.path).query).items()}
        self.server.queries.append(query)
        answer = self.server.plan.pop(0) if self.server.plan else "sequence"
        if isinstance(answer, int):
            self.send_error(answer)
            return
        text = self.sequence(query) if answer in ("sequence", "short") else answer
        if answer == "short":
            text = text[: len(text) // 2]
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(text.encode())

    def sequence(self, query):
        start, end = int(query["seq_start"]), int(query["seq_stop"])
        chrom = canonical_chrom(query["id"])
        locus = next(x for x in self.server.reference.loci if x.chrom == chrom)
        bases = locus.bases(start, end).upper()
        lines = [bases[i : i + 70] for i in range(0, len(bases), 70)]
        return f">{query['id']}:{start}-{end} Homo sapiens\n" + "\n".join(lines) + "\n\n"

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    found = ThreadingHTTPServer(("127.0.0.1", 0), Efetch)
    found.reference = embedded_reference(Build.GRCH38, GENES)
    found.queries, found.plan = [], []
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """Bio.Entrez waits a third of a second between requests, which NCBI needs and we do not."""
    monkeypatch.setattr(Entrez.time, "sleep", lambda _: None)


@pytest.fixture
def quick_writer(monkeypatch):
    """Write no 80 million bases where only the requests are of interest."""

    def write(path, _sequences):
        path.touch()
        Path(f"{path}.gzi").touch()

    monkeypatch.setattr("hies_annot.reference.from_genome.write_bgzipped", write)


def run(server, folder, *, genes=GENES[:1], **changes):
    address = f"http://127.0.0.1:{server.server_port}/efetch.fcgi"
    given = {"email": "lab@example.org", "base_url": address, "patience": QUICK, **changes}
    return fetch(
        Build.GRCH38, genes, folder, given.pop("email"), given.pop("api_key", None), **given
    )


def test_the_loci_are_fetched_and_verified(server, tmp_path):
    asked = []
    path = run(server, tmp_path, api_key="key", progress=asked.append)
    with IndexedFasta(path) as fasta:
        assert fasta.fetch("17", 42329643, 42329643) == "G"
    first = server.queries[0]
    assert (first["id"], first["seq_start"], first["strand"]) == ("NC_000017.11", "42301325", "1")
    assert (first["db"], first["rettype"], first["tool"]) == ("nuccore", "fasta", "hies-annot")
    assert (first["email"], first["api_key"]) == ("lab@example.org", "key")
    assert len(asked) == len(server.queries) == 3
    assert asked[0] == "NC_000017.11:42301325-42351324"


@pytest.mark.usefixtures("quick_writer")
def test_what_has_arrived_is_not_asked_for_again(server, tmp_path):
    server.plan[:] = ["sequence", 404]
    with pytest.raises(ReferenceDataError, match="404"):
        run(server, tmp_path)
    kept = len(server.queries)
    run(server, tmp_path)
    assert kept == 2
    assert [q["seq_start"] for q in server.queries[kept:]] == ["42351325", "42401325"]


@pytest.mark.usefixtures("quick_writer")
@pytest.mark.parametrize("trouble", [500, 429, "short", "Error: cannot get document summary\n"])
def test_passing_trouble_is_waited_out(server, tmp_path, trouble):
    server.plan[:] = [trouble, trouble]
    assert run(server, tmp_path).is_file()
    assert len(server.queries) == 5


@pytest.mark.parametrize(
    ("trouble", "words"),
    [(503, "503"), ("short", "bases came for"), ("<html>\n", "not the sequence of")],
)
def test_lasting_trouble_is_told(server, tmp_path, trouble, words):
    server.plan[:] = [trouble] * 3
    with pytest.raises(ReferenceDataError, match=words) as fault:
        run(server, tmp_path)
    assert "reference build --fasta" in str(fault.value)
    assert len(server.queries) == 3


def test_a_refusal_is_not_repeated(server, tmp_path):
    server.plan[:] = [400]
    with pytest.raises(ReferenceDataError, match="400"):
        run(server, tmp_path)
    assert len(server.queries) == 1


def test_without_a_network(tmp_path):
    with pytest.raises(ReferenceDataError, match="Without a way to the internet"):
        fetch(
            Build.GRCH38,
            GENES,
            tmp_path,
            "lab@example.org",
            base_url="http://127.0.0.1:9/efetch.fcgi",
            patience=QUICK,
        )


def test_a_wrong_sequence_is_not_used(server, tmp_path):
    locus = server.reference.locus("STAT3")
    index = 42329642 - locus.start
    changed = locus.sequence[:index] + "A" + locus.sequence[index + 1 :]
    force_setattr(locus, "sequence", changed)
    try:
        with pytest.raises(ReferenceDataError, match=r"does not translate to NP_644805\.1"):
            run(server, tmp_path)
    finally:
        force_setattr(locus, "sequence", changed[:index] + "C" + changed[index + 1 :])
    assert not list(tmp_path.glob("reference-*"))


@pytest.mark.parametrize("email", [None, ""])
def test_an_address_is_needed(server, tmp_path, email):
    with pytest.raises(UsageError, match="NCBI_EMAIL"):
        run(server, tmp_path, email=email)
    assert server.queries == []


@pytest.mark.usefixtures("quick_writer")
def test_the_settings_of_entrez_are_put_back(server, tmp_path):
    before = (Entrez.email, Entrez.tool, Entrez.max_tries, Entrez.urlopen)
    run(server, tmp_path)
    assert (Entrez.email, Entrez.tool, Entrez.max_tries, Entrez.urlopen) == before
    assert module.EFETCH in Entrez.efetch.__code__.co_consts
