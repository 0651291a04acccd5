# Every target sets itself up first, once: a virtual environment in .venv, from the lock files, with
# pip alone. Needs Python 3.11, 3.12 or 3.13, make and a C compiler.
# PYTHON=python3.12, or a path, picks the Python.
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CHECKS := $(VENV)/.checks
SPARK := $(VENV)/spark
PEERS := $(VENV)/peers
APART = $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps \
	--require-hashes --no-build-isolation
CODE := $(wildcard policy facts tests benchmarks tools)
SETUP = python=$$(sh tools/python.sh '$(PYTHON)') && "$$python" tools/setup.py $(VENV)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test spark-test mutants setup lint format types layers drift lock build wheel-test bench clean FORCE

help: ## print these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

# The stamp is redone when what the environment is made from is newer, when a Python is asked for by
# name (setup.py compares), and when the checkout has moved or the environment's Python is gone.
$(READY): requirements.lock pyproject.toml tools/setup.py
	@$(SETUP)
$(CHECKS): $(READY) requirements-check.lock
	@"$(BIN)/python" tools/setup.py $(VENV) --checks
ifneq ($(strip $(PYTHON)),)
$(READY): FORCE
else ifneq ($(shell test -x $(BIN)/python && sed -n 1p $(READY) 2>/dev/null),$(CURDIR))
$(READY): FORCE
endif
FORCE:

setup: $(READY) ## make the virtual environment, nothing else

demo: $(READY) ## judge every scenario and print the findings
	@$(BIN)/jingmen run scenarios

test: $(READY) ## run the test-suite (ARGS="-k annex" is passed on to pytest)
	@$(BIN)/python -m pytest -n auto $(ARGS)

# Apart from the environment: these are large, or want older packages, and nothing else is to find
# them.
$(SPARK)/.ready $(PEERS)/.ready: $(VENV)/%/.ready: $(READY) requirements-%.lock
	@rm -rf $(VENV)/$*
	@$(APART) --target $(VENV)/$* --requirement requirements-$*.lock
	@touch $@

spark-test: $(SPARK)/.ready ## run the SELECT printed for Spark on a local one (needs Java)
	@PYTHONPATH=$(SPARK) $(BIN)/python -m pytest tests/engines/test_spark.py $(ARGS)

mutants: $(READY) ## change every rule in one place after another: the scenarios must notice
	@$(BIN)/python -m tools.mutants $(ARGS)

lint: $(CHECKS) ## ruff: errors, style and formatting
	@$(BIN)/ruff check --output-format concise .
	@$(BIN)/ruff format --check .

format: $(CHECKS) ## let ruff mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(CHECKS) ## mypy --strict and pyright
	@$(BIN)/mypy $(CODE)
	@$(BIN)/basedpyright --pythonpath $(BIN)/python

layers: $(CHECKS) ## the direction of imports
	@$(BIN)/lint-imports --no-logo

drift: $(CHECKS) ## generated files and lock files are up to date
	@$(BIN)/python -m jingmen_policy.text --check
	@$(BIN)/jingmen docs --check
	@$(BIN)/python -m jingmen_policy.schemas --check
	@$(BIN)/python -m jingmen_facts.schema --check
	@$(BIN)/python -m tools.clients --check
	@$(BIN)/jingmen trace >/dev/null
	@$(BIN)/python tools/double_coding.py --check
	@$(BIN)/python tools/readme.py --check
	@$(BIN)/python tools/check_lock.py
	@$(BIN)/python -m pip --disable-pip-version-check check

lock: ## write the lock files anew, with the newest versions allowed
	@PYTHON='$(PYTHON)' sh tools/lock.sh

build: $(READY) ## wheel and source archive, into dist/
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist . >$(VENV)/build.log 2>&1 \
		|| { cat $(VENV)/build.log; exit 1; }
	@ls -l dist

wheel-test: build ## run the test-suite on the built wheel, outside the checkout
	@$(BIN)/python tools/wheel_test.py -n auto $(ARGS)

bench: $(PEERS)/.ready ## measure, against what one would pick instead; writes benchmarks/README.md
	@PYTHONPATH=$(PEERS) $(BIN)/python -m benchmarks $(ARGS)

clean: ## remove everything that make made
	rm -rf $(VENV) .venv .venv-* dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
