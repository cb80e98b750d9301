# Read-backed phase with resources of its own (`phase_reads: own_rule`), for batches with alignments
# only. Who needs it is known after a first look only; docs/cluster.md says why there is no checkpoint.
rule open_pairs:
    input:
        plan="<results>/plan/{batch}.plan",
        shared=whole_run_files,
        files=batch_files,
        carriers=batch_carriers,
    output:
        temp("<results>/phase/{batch}.open.json"),
    log:
        "<logs>/open_pairs/{batch}.log",
    benchmark:
        "<benchmarks>/open_pairs/{batch}.tsv"
    retries: 2
    threads: 1
    resources:
        mem_mb=growing_memory,
        runtime=batch_runtime,
    params:
        program=hies_annot,
        carriers=carriers_options,
        copies=copies_option,
    shell:
        "{params.program} open-pairs --plan {input.plan:q} {params.carriers} {params.copies}"
        " -o {output:q} 2> {log:q}"


rule phase_reads:
    input:
        plan="<results>/plan/{batch}.plan",
        open_pairs=rules.open_pairs.output,
        shared=whole_run_files,
        files=batch_files,
        carriers=batch_carriers,
    output:
        temp("<results>/phase/{batch}.phased.json"),
    log:
        "<logs>/phase_reads/{batch}.log",
    benchmark:
        "<benchmarks>/phase_reads/{batch}.tsv"
    retries: 2
    threads: 1
    resources:
        mem_mb=phase_memory,
        runtime=phase_runtime,
    params:
        program=hies_annot,
        carriers=carriers_options,
        copies=copies_option,
    shell:
        "{params.program} phase-reads --plan {input.plan:q} {params.carriers} {params.copies}"
        " --open {input.open_pairs:q} -o {output:q} 2> {log:q}"
