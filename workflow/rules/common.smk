import json
import re
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.utils import validate

try:
    from hies_annot.sheet.batches import plan_batches
    from hies_annot.errors import FaultsError, HiesError
    from hies_annot.shipped import fingerprint
    from hies_annot.sheet.ped import read_ped, with_pedigree
    from hies_annot.sheet.table import rows_from_config
except ModuleNotFoundError as error:
    raise WorkflowError(
        f"{error}: install hies-annot into the Python that runs Snakemake "
        "(`make` in its folder, or `pip install hies-annot`)"
    ) from error


validate(config, schema="../schemas/config.schema.yaml")

# Keys that say where and how to work, not how to judge: a change of these repeats no batch.
PLACE_KEYS = {"samples", "vcfs", "output", "batch_size", "threads"}


def plan():
    """Return the batches by name; every fault of sheet and PED stops here, before any job."""
    try:
        rows = rows_from_config(config)
        pedigree = read_ped(Path(config["ped"])) if config["ped"] else ()
        # Cluster nodes plan again, but only the first process looks for faults and files.
        if workflow.is_main_process:
            from hies_annot.settings.run_config import config_of
            from hies_annot.sheet.sheet_faults import sheet_faults

            config_of(config, source="config")
            if faults := sheet_faults(rows, pedigree):
                raise FaultsError(faults)
        if not config["samples"]:
            # Every process looks into the files: parts of one person's data go into one batch.
            from hies_annot.sheet.same_ids import link_files

            rows = link_files(rows)
        batches = plan_batches(with_pedigree(rows, pedigree), config["batch_size"])
    except HiesError as error:
        raise WorkflowError(str(error)) from error
    return {batch.name: batch for batch in batches}


def batch_files(wildcards):
    return BATCHES[wildcards.batch].files()


def batch_sheet(wildcards):
    return BATCHES[wildcards.batch].to_json()


def judging_config(wildcards):
    judging = {key: value for key, value in config.items() if key not in PLACE_KEYS}
    if config["samples"]:
        # The pedigree is in the rows, so that its change repeats few batches.
        judging["ped"] = None
    return json.dumps(judging, sort_keys=True)


def whole_run_files(wildcards):
    """Files that every batch depends on."""
    evidence = config["evidence"]
    named = [
        None if config["samples"] else config["ped"],
        config["reference"]["fasta"],
        evidence["known_variants"],
        *(source["path"] for source in evidence["sources"]),
    ]
    return [*config["genes"], *filter(None, named)]


def batch_runtime(wildcards, attempt):
    """Minutes: 6 s a sample is far more than a gVCF needs, and enough for a 30x BAM."""
    return (10 + len(BATCHES[wildcards.batch].samples) // 10) * attempt


def growing_memory(wildcards, attempt):
    """MB."""
    return 1500 * 2 ** (attempt - 1)


BATCHES = plan()


pathvars:
    results=config["output"],
    benchmarks="<logs>/benchmarks",


wildcard_constraints:
    batch="|".join(map(re.escape, BATCHES)),
