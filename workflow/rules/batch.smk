rule analyse_batch:
    input:
        plan="<results>/plan/{batch}.plan",
        shared=whole_run_files,
        files=batch_files,
        carriers=batch_carriers,
        phased=batch_phase,
    output:
        lines="<results>/{batch}.jsonl",
        # Pages of samples are no part of `--report`: each would cost it more than its analysis.
        reports=directory("<results>/{batch}"),
    log:
        "<logs>/analyse_batch/{batch}.log",
    benchmark:
        "<benchmarks>/analyse_batch/{batch}.tsv"
    retries: 2
    threads: 1
    resources:
        mem_mb=growing_memory,
        runtime=batch_runtime,
    params:
        program=hies_annot,
        carriers=carriers_options,
        copies=copies_option,
        phased=phased_option,
        reports=lookup(dpath="reports", within=config),
    shell:
        "{params.program} annotate --plan {input.plan:q} {params.carriers} {params.copies}"
        " {params.phased} -o {output.lines:q}"
        " --folder {output.reports:q} --reports {params.reports} 2> {log:q}"
