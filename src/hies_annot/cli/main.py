"""The command `hies-annot`: subcommands, exit codes and how faults are told.

Exit codes: 0 done, 1 faults in the data (reported), 2 wrong usage. A fault is one line on
stderr; the traceback is shown with --debug only.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import traceback
from pathlib import Path

import click

from hies_annot import __version__
from hies_annot.cli.lazy import LazyGroup
from hies_annot.cli.saying import say
from hies_annot.errors import FaultsError, HiesError, UsageError

_OWN = (
    "run",
    "variant",
    "check",
    "crate",
    "diff",
    "gene",
    "reference",
    "refresh",
    "resources",
    "schema",
    "summarise",
)
_STEPS = ("annotate", "carriers", "report")
_PHASE = ("open-pairs", "phase-reads")


@click.group(
    cls=LazyGroup,
    modules={name: f"hies_annot.cli.{name}" for name in _OWN}
    | dict.fromkeys(_STEPS, "hies_annot.cli.steps")
    | dict.fromkeys(_PHASE, "hies_annot.cli.phase_reads")
    | {"verify": "hies_annot.cli.verify_results"},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="hies-annot")
def cli() -> None:
    """Find genotypes in STAT3 and ZNF341 that explain hyper-IgE syndrome.

    \b
    Start with:
      hies-annot run batch/*.vcf.gz -o results
      hies-annot variant 17-42329643-G-A
    """


_COLLECT_RARELY = (100_000, 20, 20)
"""A run makes very many small objects and hardly a cycle: looking for cycles takes a fifth."""
atexit.register(gc.freeze)  # at the end, too: what is left goes with the process


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(*_COLLECT_RARELY)
    _open_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    try:
        code = cli.main(args=words, prog_name="hies-annot", standalone_mode=False)
    except click.exceptions.Abort:
        _tell("interrupted")
        code = 130
    except click.ClickException as fault:
        fault.show()
        code = 2
    except HiesError as fault:
        if debug:
            traceback.print_exc()
        lines = fault.faults if isinstance(fault, FaultsError) else [str(fault)]
        for line in lines:
            _tell(line)
        code = 2 if isinstance(fault, UsageError) else 1
    except BrokenPipeError:
        code = 0
    except OSError as fault:
        if debug:
            traceback.print_exc()
        _tell(
            f"{fault.filename or 'a file'}: {fault.strerror or fault}: choose another place, "
            "or mend its permissions or space"
        )
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _open_streams() -> None:
    """Lead standard streams that a caller has closed (cron, daemons) to nowhere.

    Else a file that is opened gets the number of one, and what is said there is written into it.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number, which is this one
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 (stays open)
            setattr(sys, name, nowhere)


def _tell(line: str) -> None:
    say(f"hies-annot: {line}", err=True)


if __name__ == "__main__":
    main()
