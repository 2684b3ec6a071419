# The two commands of the README set up all they need; the others are for those who change Shiftward.
.DEFAULT_GOAL := help
.PHONY: help run test bench bench-sync bench-reader bench-solver bench-policy bench-service fuzz many bearing year kill lock picture clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The tests that wait for real processes leave a core to others.
WORKERS ?= 3

help:
	@echo "make run    start Shiftward: with your configuration, or with the demo where there is none"
	@echo "make test   everything that must pass"
	@echo "make bench  the benchmarks, as tables (bench-sync, bench-reader, bench-solver, bench-policy, bench-service: of one part each)"
	@echo "make year   a simulated year of 300 shifts and 3,000 messages; make kill: the daemon killed 1,000 times"
	@echo "make fuzz   100,000 damaged and hostile messages against the reader, each within 1 s and 200 MB"
	@echo "make many   the properties of rules and solver with 2,000 examples each (EXAMPLES=…)"

# A stamp for each set of packages: a changed lock file installs anew, an unchanged one costs nothing.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PIP := $(BIN)/python -m pip install --disable-pip-version-check --no-build-isolation
LOCKED := $(PIP) --use-pep517 --require-hashes
COUNT := | awk '/^ *Collecting/ {printf "\r  %d packages", ++n; fflush()} /^Installing/ {printf ", installing"; fflush()} END {print ""}'

$(VENV)/run.stamp: requirements/build.txt requirements/run.txt pyproject.toml
	@echo "» setting up the environment in $(VENV) (once; about half a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which with make PYTHON=…"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "» installing the locked packages" && $(LOCKED) -q -r requirements/build.txt && $(LOCKED) -r requirements/run.txt $(COUNT)
	@echo "» installing Shiftward" && $(PIP) -q --no-deps -e .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/run.stamp
	@echo "» installing the locked packages of the tests" && $(LOCKED) -r requirements/test.txt $(COUNT)
	@touch $@

run: $(VENV)/run.stamp
	@$(BIN)/shiftward run --or-demo

test: $(VENV)/test.stamp
	@echo "» ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "» import-linter" && $(BIN)/lint-imports
	@echo "» mypy --strict, tests included" && $(BIN)/mypy
	@echo "» tests" && $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

bench: $(VENV)/test.stamp
	@$(BIN)/python -m bench

bench-sync: $(VENV)/test.stamp
	@$(BIN)/python -m bench.sync

bench-reader: $(VENV)/test.stamp
	@$(BIN)/python -m bench.reader
	@$(BIN)/python -m bench.idle

bench-solver: $(VENV)/test.stamp
	@$(BIN)/python -m bench.solver

# What was found is kept as messages, the smallest that show it: make fuzz FUZZ="--seed 2 --count 1000"
fuzz: $(VENV)/test.stamp
	@nice $(BIN)/python -m bench.fuzz_reader $(FUZZ)

# Which sentences bear on the shifts beside them: how well that is told for writers who were left out; with WRITE=1 the table is learned anew.
bearing: $(VENV)/test.stamp
	@$(BIN)/python -m bench.bearing $(if $(WRITE),--write)

bench-policy: $(VENV)/test.stamp
	@$(BIN)/python -m bench.policy

bench-service: $(VENV)/test.stamp
	@$(BIN)/python -m bench.service

year: $(VENV)/test.stamp
	@DAYS=365 MAILS=3000 $(BIN)/pytest -s tests/daemon/year

many: $(VENV)/test.stamp
	@HYPOTHESIS_PROFILE=many $(BIN)/pytest -n $(WORKERS) --dist loadfile tests/solver tests/policy

kill: $(VENV)/test.stamp
	@KILLS=1000 $(BIN)/pytest -s tests/daemon/e2e/test_kill.py

COMPILE = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

lock: $(VENV)/test.stamp
	@$(BIN)/python -m pip install -q uv
	$(COMPILE) --extra demo --extra build pyproject.toml -o requirements/run.txt
	$(COMPILE) --extra dev -c requirements/run.txt pyproject.toml -o requirements/test.txt
	@echo "setuptools" | $(COMPILE) -c requirements/run.txt - -o requirements/build.txt

picture: $(VENV)/test.stamp
	@$(BIN)/python -m docs.picture

clean:
	rm -rf $(VENV) .demo build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
