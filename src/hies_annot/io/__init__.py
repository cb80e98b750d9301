"""Reading and writing of files: the only package that imports pysam."""
