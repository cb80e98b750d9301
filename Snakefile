# The workflow itself is in workflow/Snakefile. `include` never takes over a default target,
# so this file needs one of its own: without it, `snakemake` would do nothing and say success.
include: "workflow/Snakefile"


rule default:
    default_target: True
    input:
        wanted,
    localrule: True
