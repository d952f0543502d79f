"""`python -m extract.cli` is the command `extract`."""

from extract.cli import main

main(prog_name="extract")
