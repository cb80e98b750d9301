"""What a small run costs: `python benchmarks/start_up.py [TURNS]`.

Each command is run `TURNS` times (default 15) in turn with the others, after one turn that keeps
what is kept between runs (Python's compiled modules, the compiled templates); the median and the
best of each are printed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measuring import Cost, cost_of, middle

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = str(ROOT / "resources/example/vcf/007.vcf.gz")


def main() -> None:
    """Time the commands in turn and print a line for each."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    program = [sys.executable, "-m", "hies_annot"]
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import msgspec, pysam, jinja2, yaml": [
                *(sys.executable, "-c"),
                "import msgspec, pysam, jinja2, yaml",
            ],
            "hies-annot --version": [*program, "--version"],
            "hies-annot variant": [*program, "variant", "p.Arg382Trp"],
            "hies-annot run, one file": [*program, "run", "-q", EXAMPLE, "-o", folder],
        }
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for turn in range(turns + 1):
            for name, command in commands.items():
                cost = cost_of(command)
                if turn:
                    costs[name].append(cost)
    for name, found in costs.items():
        best = min(cost.processor for cost in found)
        print(
            f"{name:40} median {middle(found).wall:.3f} s, "
            f"processor {middle(found).processor:.3f} s (best {best:.3f})"
        )


if __name__ == "__main__":
    main()
