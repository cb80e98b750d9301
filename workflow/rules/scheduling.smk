from contextlib import suppress

# While jobs wait for a core, Snakemake looks at every input of all of them: each second, and each
# second once more for every job that has ended (its pull request 3744). Thousands of VCFs so keep
# a core busy. The one reason is its limit of 100 starts a second, which batches of some seconds
# never reach; without the limit it looks when a job has ended.
DEFAULT_LIMIT = (100, 1)


def look_when_a_job_ends():
    """Make the scheduler of Snakemake 9 calm; limits that the user sets stay."""
    limit = workflow.scheduling_settings.max_jobs_per_timespan
    if limit and (limit.max_jobs, limit.timespan) == DEFAULT_LIMIT:
        workflow.scheduler.job_rate_limiter = None
    if workflow.local_exec and workflow.scheduler.subsample is None:
        # No more jobs than cores can start here, so no more are looked at.
        workflow.scheduler.subsample = workflow.cores


# Snakemake calls this handler of the outermost workflow only: as a module we change nothing.
onstart:
    # Inner parts of Snakemake: with a version that names them otherwise a run is slower, not wrong.
    with suppress(AttributeError):
        look_when_a_job_ends()
