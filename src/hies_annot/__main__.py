"""`python -m hies_annot`."""

from hies_annot.cli.main import main

main()
