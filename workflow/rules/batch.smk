rule write_config:
    output:
        "<results>/config.json",
    log:
        "<logs>/write_config.log",
    benchmark:
        "<benchmarks>/write_config.tsv"
    localrule: True
    params:
        config=judging_config,
    shell:
        "printf '%s\n' {params.config:q} > {output:q} 2> {log:q}"


rule analyse_batch:
    input:
        config=rules.write_config.output,
        shared=whole_run_files,
        files=batch_files,
    output:
        lines="<results>/{batch}.jsonl",
        reports=report(
            directory("<results>/{batch}"),
            patterns=["{sample}.html"],
            caption="../report/sample.rst",
            category="Samples",
            subcategory="{batch}",
            labels={"sample": "{sample}"},
        ),
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
        sheet=batch_sheet,
        program=fingerprint(),
    shell:
        "(hies-annot annotate --config {input.config:q} --sheet-json {params.sheet:q}"
        " --batch {wildcards.batch:q} -o {output.lines:q}"
        " && hies-annot report --results {output.lines:q} -o {output.reports:q}) 2> {log:q}"
