rule summarise:
    input:
        plan="<results>/plan.json",
        lines=all_lines,
        reports=all_reports,
        told=summary_files,
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
        index=report(
            "<results>/index.html",
            caption="../report/index.rst",
            category="Batch",
            labels={"table": "page of the batch"},
        ),
        multiqc="<results>/hies_mqc.json",
        multiqc_status="<results>/hies_status_mqc.json",
        status="<results>/status.json",
        versions="<results>/versions.yml",
        run="<results>/run.json",
        parquet=branch(
            lookup(dpath="parquet", within=config),
            then=["<results>/summary.parquet", "<results>/findings.parquet"],
            otherwise=[],
        ),
        viewer=branch(
            lookup(dpath="alignments", within=config),
            then="<results>/igv.min.js",
            otherwise=[],
        ),
    log:
        errors="<logs>/summarise.log",
        table="<logs>/summary.txt",
    benchmark:
        "<benchmarks>/summarise.tsv"
    localrule: True
    params:
        folder=subpath(output.index, parent=True),
        program=hies_annot,
        snakemake=snakemake_version,
    shell:
        "{params.program} summarise --plan {input.plan:q} -o {params.folder:q}"
        " --snakemake {params.snakemake}"
        " > {log.table:q} 2> {log.errors:q}"


rule demand_success:
    input:
        status=rules.summarise.output.status,
    output:
        touch("<results>/no_sample_failed"),
    log:
        "<logs>/demand_success.log",
    benchmark:
        "<benchmarks>/demand_success.tsv"
    localrule: True
    params:
        folder=subpath(input.status, parent=True),
        program=hies_annot,
    shell:
        "{params.program} verify --strict {params.folder:q} > {log:q} 2>&1"
