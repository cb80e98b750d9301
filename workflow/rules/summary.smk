rule summarise:
    input:
        lines=collect("<results>/{batch}.jsonl", batch=BATCHES),
        reports=collect("<results>/{batch}", batch=BATCHES),
    output:
        samples=report(
            "<results>/summary.tsv",
            caption="../report/summary.rst",
            category="Batch",
            labels={"table": "samples"},
        ),
        findings=report(
            "<results>/findings.tsv",
            caption="../report/summary.rst",
            category="Batch",
            labels={"table": "findings"},
        ),
        index="<results>/index.html",
        multiqc="<results>/hies_mqc.json",
        run="<results>/run.json",
    log:
        errors="<logs>/summarise.log",
        table="<logs>/summary.txt",
    benchmark:
        "<benchmarks>/summarise.tsv"
    localrule: True
    params:
        folder=subpath(output.index, parent=True),
        program=fingerprint(),
    shell:
        "hies-annot summarise --results {input.lines:q} -o {params.folder:q}"
        " > {log.table:q} 2> {log.errors:q}"
