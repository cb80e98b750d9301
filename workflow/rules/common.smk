import json
import re

from snakemake.exceptions import WorkflowError
from snakemake.utils import validate

try:
    from hies_annot.batching import plan_batches
    from hies_annot.errors import FaultsError
    from hies_annot.fingerprint import fingerprint
    from hies_annot.samplesheet import missing_files, rows_from_config
except ModuleNotFoundError as error:
    raise WorkflowError(
        f"{error}: install hies-annot into the Python that runs Snakemake "
        "(`make` in its folder, or `pip install hies-annot`)"
    ) from error


validate(config, schema="../schemas/config.schema.yaml")

# Keys that say where and how to work, not how to judge: a change of these repeats no batch.
PLACE_KEYS = {"samples", "vcfs", "ped", "output", "batch_size", "threads"}


def plan():
    """Return the batches by name; every fault of the sheet stops here, before any job."""
    try:
        rows = rows_from_config(config)
        # Cluster nodes plan again; only the first process looks for all files of all batches.
        if workflow.is_main_process and (faults := missing_files(rows)):
            raise FaultsError(faults)
        return {batch.name: batch for batch in plan_batches(rows, config["batch_size"])}
    except FaultsError as error:
        raise WorkflowError(str(error)) from error


def batch_files(wildcards):
    return BATCHES[wildcards.batch].files()


def batch_sheet(wildcards):
    return BATCHES[wildcards.batch].to_json()


def judging_config(wildcards):
    judging = {key: value for key, value in config.items() if key not in PLACE_KEYS}
    return json.dumps(judging, sort_keys=True)


def batch_runtime(wildcards, attempt):
    """Minutes: 6 s a sample is far more than a gVCF needs, and enough for a 30x BAM."""
    return (10 + len(BATCHES[wildcards.batch].samples) // 10) * attempt


def growing_memory(wildcards, attempt):
    """MB."""
    return 1500 * 2 ** (attempt - 1)


BATCHES = plan()


pathvars:
    results=config["output"],


wildcard_constraints:
    batch="|".join(map(re.escape, BATCHES)),
