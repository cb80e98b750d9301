import runpy

import pytest
import yaml

from .conftest import ROOT


@pytest.mark.parametrize("name", ["config", "samples"])
def test_the_schemas_of_the_workflow_are_those_of_the_package(name: str) -> None:
    made = runpy.run_path(str(ROOT / ".ci/make-schema"))["SCHEMAS"][name][0]()
    kept = yaml.safe_load((ROOT / f"workflow/schemas/{name}.schema.yaml").read_text())
    assert kept == made, "the package has changed: run `make schema`"


def test_the_shipped_file_names_only_settings_that_exist() -> None:
    schema = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text())
    shipped = yaml.safe_load((ROOT / "config/config.yaml").read_text())
    assert set(shipped) <= set(schema["properties"])
