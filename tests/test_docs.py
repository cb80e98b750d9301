"""The manual says what the code does: its tables are made from the code and nothing is left out."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from hies_annot.evidence.kinds import KINDS
from hies_annot.io.record.count_spellings import SPELLINGS
from hies_annot.judge.acmg.criteria import CRITERIA
from hies_annot.render.run_columns import FINDING_COLUMNS, GENE_COLUMNS, SUMMARY_COLUMNS
from hies_annot.render.summary import RUN_FILES
from hies_annot.render.variant_columns import VARIANT_COLUMNS
from hies_annot.render.vcf_fields import FORMAT, INFO
from hies_annot.settings.evidence_sources import Source
from hies_annot.settings.run_config import RunConfig
from hies_annot.write.sample_files import ALSO_FILES, files_of

ROOT = Path(__file__).resolve().parents[1]
MADE: dict[str, Any] = runpy.run_path(str(ROOT / ".ci/make-docs"))
PAGES: tuple[Path, ...] = MADE["PAGES"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_as_the_code_makes_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert MADE["filled"](text) == text, "the code has changed: run `make docs`"


def test_every_table_stands_on_one_page() -> None:
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    found = [name for text in texts for _, name, _ in MADE["MADE"].findall(text)]
    assert sorted(found) == sorted(MADE["PARTS"])


DESCRIBED = {
    **{code: rule.how for code, rule in CRITERIA.items()},
    **{kind: entry.says for kind, entry in KINDS.items()},
    **{"+".join(entry.needs): entry.callers and entry.source for entry in SPELLINGS},
    **{field.name: field.description for field in (*INFO, *FORMAT)},
    **{name: file.what for name, file in {**RUN_FILES, **files_of(ALSO_FILES)}.items()},
    **{
        f"{table} {name}": column.what
        for table, columns in (
            ("summary", SUMMARY_COLUMNS),
            ("gene", GENE_COLUMNS),
            ("finding", FINDING_COLUMNS),
            ("variant", VARIANT_COLUMNS),
        )
        for name, column in columns.items()
    },
    **{key: what for model in (RunConfig, Source) for key, _, what in MADE["settings"](model)},
}


def test_nothing_is_without_a_description() -> None:
    assert [name for name, what in DESCRIBED.items() if not what] == []


def test_the_workflow_makes_every_file_of_a_run() -> None:
    rule = (ROOT / "workflow/rules/summary.smk").read_text(encoding="utf-8")
    assert [name for name in RUN_FILES if f'"<results>/{name}"' not in rule] == []
