# A rule for each cohort, because its outputs are as many as its batches. Whether a pass is due is
# told by missing outputs alone (see hies_annot.run.cohort_files), so all inputs are `ancient`.
for key, cohort in COHORTS.items():

    rule:
        name:
            f"read_cohort_{key}"
        input:
            plan=ancient("<results>/plan.json"),
            file=ancient(watched([cohort.file])),
        output:
            collect(f"<results>/carriers/{key}/{{batch}}.jsonl", batch=cohort.batches),
        log:
            f"<logs>/read_cohort/{key}.log",
        benchmark:
            f"<benchmarks>/read_cohort/{key}.tsv"
        retries: 2
        threads: 1
        resources:
            mem_mb=growing_memory,
            runtime=cohort_runtime,
        params:
            program=hies_annot,
            cohort=key,
        shell:
            "{params.program} carriers --plan {input.plan:q} --cohort {params.cohort} 2> {log:q}"
