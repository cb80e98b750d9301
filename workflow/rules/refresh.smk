# Has no output, so it always runs: what is on the servers, Snakemake cannot see.
rule refresh:
    log:
        "<logs>/refresh.log",
    localrule: True
    params:
        folder=lambda wildcards: str(RESULTS),
        servers=other_servers,
        again=the_run_itself,
        python=sys.executable,
    shell:
        "{params.python:q} -m hies_annot refresh {params.servers} {params.folder:q}"
        " -- {params.again} 2>&1 | tee {log:q}"


# The run that `refresh` calls has an end of its own.
REFRESHING = rules.refresh.rule.name in sys.argv[1:]
