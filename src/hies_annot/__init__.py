"""Find genotypes in STAT3 and ZNF341 that explain hyper-IgE syndrome."""

__version__ = "0.1.0"
