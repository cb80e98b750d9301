from contextlib import suppress

# Snakemake looks at every input of every job that could start, on each second and once more on
# each second for each job that has ended (snakemake pull request 3744): with thousands of VCFs a
# core does nothing else. Its limit of 100 starts a second is why. A batch takes seconds, so the
# limit never applies; without it Snakemake looks only when a job has ended.
DEFAULT_LIMIT = (100, 1)


def look_when_a_job_ends():
    """Change how Snakemake 9.12 and later pick jobs; limits that the user sets stay."""
    limit = workflow.scheduling_settings.max_jobs_per_timespan
    if limit and (limit.max_jobs, limit.timespan) == DEFAULT_LIMIT:
        workflow.scheduler.job_rate_limiter = None
    if workflow.local_exec and workflow.scheduler.subsample is None:
        # No more jobs than cores can start here, so no more are looked at.
        workflow.scheduler.subsample = workflow.cores


# A module has no say here: Snakemake calls the handlers of the outermost workflow only.
onstart:
    # These are inner parts of Snakemake: where another version lacks them, it is slower, not wrong.
    with suppress(AttributeError):
        look_when_a_job_ends()
