import runpy

import yaml

from .conftest import ROOT


def test_the_workflow_checks_the_settings_of_the_package() -> None:
    made = runpy.run_path(str(ROOT / ".ci/make-schema"))["config_schema"]()
    kept = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text())
    assert kept == made, "the settings have changed: run `make schema`"


def test_the_shipped_file_names_only_settings_that_exist() -> None:
    schema = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text())
    shipped = yaml.safe_load((ROOT / "config/config.yaml").read_text())
    assert set(shipped) <= set(schema["properties"])
