# make         the environment in .venv          make demo    the example batch, start to end
# make test    the whole test suite              make lint    all linters
# make format  put the code into shape           make schema  renew the workflow's config schema
# make docs    renew the manual's tables         make lock    renew constraints.txt
# make image   the container image hies-annot.sif    make site    the manual as a site in ./site
# make screenshots   the pictures of the manual, with Chromium
# make test-wheel   what only a wheel can break, against the wheel as it is installed, not against src
# make bench   HIES-bench with every tool that is on PATH, and genmod from PyPI
# make coverage   branch coverage of the whole suite; make mutants: mutation testing of a sample (SAMPLE=400 SEED=1)
# make fuzz    a minute of fuzzing (SECONDS=1800: half an hour)
# Needs Python 3.11 to 3.13 only (PYTHON=... chooses one). Paths with spaces are fine.

SHELL := /bin/sh
# Caches stay in this folder: the user's home may be read-only, or not be there at all.
# Python keeps what it has compiled, or each command of a test would compile the whole package again.
HERE = PATH="$$(pwd)/.venv/bin:$$PATH" XDG_CACHE_HOME="$$(pwd)/.cache" PYTHONDONTWRITEBYTECODE=
TESTS = tests
CORES = all
SECONDS = 60
SAMPLE = 400
SEED = 1

.PHONY: venv demo test test-wheel coverage mutants fuzz bench lint format schema docs site screenshots lock image clean

venv:
	@.ci/make-venv

demo: venv
	@$(HERE) snakemake --cores $(CORES) --quiet rules host
	@cat logs/summary.txt
	@echo "Open $$(pwd)/results/index.html"

test: venv
	@$(HERE) python -m pytest -q $(PYTEST) $(TESTS)

test-wheel: venv
	@.ci/test-wheel $(PYTEST)

# A few tests look at what a process loads, writes or may reach; there the measuring is in the way, and they fail.
coverage: venv
	@$(HERE) coverage erase
	-@$(HERE) coverage run -m pytest -q $(PYTEST) $(TESTS)
	@$(HERE) coverage combine -q
	@$(HERE) coverage report

mutants: venv
	@PIP_CONSTRAINT=constraints.txt .venv/bin/pip install -q -e '.[mutants]'
	@$(HERE) python -m benchmarks.mutants --sample $(SAMPLE) --seed $(SEED)

fuzz: venv
	@$(HERE) python -m tests.fuzz --seconds $(SECONDS)

bench: venv
	@[ -x .venv-bench/bin/genmod ] || { python3 -m venv .venv-bench && .venv-bench/bin/pip install -q genmod; }
	@$(HERE) PATH="$$(pwd)/.venv/bin:$$PATH:$$(pwd)/.venv-bench/bin" python -m benchmarks.hies_bench all

lint: venv
	@$(HERE) ruff check .
	@$(HERE) ruff format --check .
	@$(HERE) mypy
	@$(HERE) snakefmt --check Snakefile workflow
	@$(HERE) snakemake --lint

format: venv
	@$(HERE) ruff check --fix .
	@$(HERE) ruff format .
	@$(HERE) snakefmt Snakefile workflow

schema: venv
	@$(HERE) python .ci/make-schema

docs: venv
	@$(HERE) python .ci/make-docs

site: venv
	@$(HERE) python .ci/make-site
	@echo "Open $$(pwd)/site/index.html"

screenshots: venv
	@$(HERE) python .ci/make-screenshots

lock: venv
	@.ci/make-lock

image: venv
	apptainer build hies-annot.sif container/hies-annot.def

clean:
	rm -rf .venv .venv-wheel .venv-bench dist site .snakemake .pytest_cache .mypy_cache .ruff_cache .hypothesis
