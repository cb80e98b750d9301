import os
import shlex
import sys
from pathlib import Path

import snakemake
from snakemake.exceptions import WorkflowError
from snakemake.io import contains_wildcard
from snakemake.utils import validate

try:
    from hies_annot.errors import HiesError
    from hies_annot.run.workflow_plan import plan_workflow, planned_workflow
    from hies_annot.run.phase_files import count_found
    from hies_annot.run.plan import shared_files, summary_files_of
    from hies_annot.run.stored_files import Storage, query_of
except ModuleNotFoundError as error:
    raise WorkflowError(
        f"{error}: install hies-annot into the Python that runs Snakemake "
        "(`make` in its folder, or `pip install hies-annot`)"
    ) from error


validate(config, schema="../schemas/config.schema.yaml")
if config["private"]:
    os.umask(0o077)  # jobs and logs, too
if contains_wildcard(config["output"]):
    raise WorkflowError(
        f"output: Snakemake takes braces in {config['output']} for a wildcard: name another folder"
    )


def plan(results):
    """Return batches, cohorts and addresses; all faults of sheet and PED stop here, before any job.

    The first process plans and writes the plan into the results folder; the jobs of a cluster read
    it, so that all work on the same one whatever becomes of the sheet.
    """
    try:
        if workflow.is_main_process:
            copies = workflow.storage_settings.local_storage_prefix
            return plan_workflow(config, results, Storage(stored, copies))
        return planned_workflow(results)
    except HiesError as error:
        raise WorkflowError(str(error)) from error
    except OSError as error:
        raise WorkflowError(
            f"{results}: the plan cannot be written: {error}"
        ) from error


def stored(address):
    """Return an address as an input that a storage plugin fetches."""
    plugin, query = query_of(address)
    return (getattr(storage, plugin) if plugin else storage)(query)


def watched(files):
    """Leave out what Snakemake would take for a pattern, such as `{1}`, and has no escape for.

    The plan has the state of every file, so a change of one of these is seen all the same.
    """
    return [file for file in files if not contains_wildcard(file)]


def batch_files(wildcards):
    """Files of this machine by their paths, and what storage plugins fetch with its indexes."""
    files, addresses = BATCHES[wildcards.batch].files(), ADDRESSES[wildcards.batch]
    local = [file for file in files if file not in addresses]
    return [*watched(local), *map(stored, addresses)]


def batch_carriers(wildcards):
    """What passes over the cohorts of a batch have written; its age says nothing."""
    folder, name = config["output"], f"{wildcards.batch}.jsonl"
    files = BATCHES[wildcards.batch].files()
    keys = [key for key, cohort in COHORTS.items() if cohort.file in files]
    return [ancient(f"{folder}/carriers/{key}/{name}") for key in keys]


def copies_option(wildcards, threads):
    """Where the copies lie is told by the process that runs the job; see `hies_annot`."""
    folder = workflow.storage_settings.local_storage_prefix
    return f"--copies {shlex.quote(str(folder))}" if ADDRESSES[wildcards.batch] else ""


def carriers_options(wildcards, input):
    return " ".join(f"--carriers {shlex.quote(path)}" for path in input.carriers)


def batch_phase(wildcards):
    """What was read of phase by a job of its own, where the batch has alignments at all."""
    own = config["phase_reads"] == "own_rule"
    with_reads = own and any("bam" in row for row in BATCHES[wildcards.batch].samples)
    return rules.phase_reads.output if with_reads else []


def phased_option(wildcards, input):
    return " ".join(f"--phased {shlex.quote(path)}" for path in input.phased)


def all_lines(wildcards):
    return collect(rules.analyse_batch.output.lines, batch=BATCHES)


def all_reports(wildcards):
    return collect(rules.analyse_batch.output.reports, batch=BATCHES)


def whole_run_files(wildcards):
    """Files that every batch depends on."""
    return watched(shared_files(config))


def summary_files(wildcards):
    """Tables, decisions of a reviewer and the earlier report: only the summary reads them."""
    return watched(summary_files_of(config, RESULTS))


def hies_annot(wildcards, threads):
    """Return the command of this very program, as words of a shell.

    It is no parameter that repeats a batch (Snakemake leaves out what depends on `threads`): the
    plan has the state of the program. In a container it is the container's.
    """
    methods = workflow.deployment_settings.deployment_method
    if any(method.name in ("APPTAINER", "CONDA") for method in methods):
        return "hies-annot"
    return f"{shlex.quote(sys.executable)} -m hies_annot"


def snakemake_version(wildcards, threads):
    """A newer Snakemake repeats no summary; see `hies_annot`."""
    return snakemake.__version__


def wanted(wildcards):
    """Files of a whole run; with `strict` also the proof that no sample has failed."""
    strict = rules.demand_success.output if config["strict"] else []
    return [*rules.summarise.output, *strict]


def say_end(ok):
    from hies_annot.run.end import end_workflow

    for sentence in end_workflow(config, RESULTS, ok=ok):
        print(f"hies-annot: {sentence}", file=sys.stderr)


def the_run_itself(wildcards):
    """Return the command that called this, without the target: it plans with what was fetched."""
    words = [word for word in sys.argv[1:] if word != rules.refresh.rule.name]
    return shlex.join([sys.executable, "-m", "snakemake", *words])


def other_servers(wildcards):
    file = config["evidence_servers"]
    return f"--servers {shlex.quote(file)}" if file else ""


def batch_runtime(wildcards, attempt):
    """Minutes: 6 s a sample is far more than a gVCF needs, and enough for a 30x BAM."""
    return (5 + len(BATCHES[wildcards.batch].samples) // 10) * attempt


def cohort_runtime(wildcards, attempt):
    """Minutes: a pass over 100,000 samples takes little more than one."""
    return 60 * attempt


def phase_memory(wildcards, input, attempt):
    """MB: as the analysis where nobody's reads are needed."""
    needed = count_found(input.open_pairs[0])
    return (2000 if needed else 500) * 2 ** (attempt - 1)


def phase_runtime(wildcards, input, attempt):
    """Minutes: WhatsHap, the last to be asked, is given up after 10 minutes a gene."""
    return (5 + 5 * count_found(input.open_pairs[0])) * attempt


def growing_memory(wildcards, attempt):
    """MB: batches of VCFs were measured at 60 to 150 MB."""
    return 750 * 2 ** (attempt - 1)


pathvars:
    results=config["output"],
    benchmarks="<logs>/benchmarks",
