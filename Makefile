# Tận Nhà. `make` alone lists what there is. Needs make, Python 3.11 or newer, and the package registries.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset serve test lint format bench schema lock

VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --no-input
# What the system calls its Python differs; the first that is new enough is taken. PYTHON=... chooses another.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
PHONE := courier_api/pwa
NPM := $(RUN) -m courier_api.phone_app npm
SOURCES := backend courier_api tests
TESTS ?= tests
# Processes that test at once, each with a database server of its own. Two cores are busy with three of them.
JOBS ?= 3
BENCH ?= acts day
# Nothing looks for newer versions of pyright: the lock says which one.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-11s %s\n' "$$name" "$$text"; done

demo: $(VENV)/.phone  ## run it with sample data; READY says where (TANNHA_PORT, TANNHA_DATA)
	@$(VENV)/bin/tannha demo

demo-reset: $(VENV)/.base  ## throw the demo's data away
	@$(VENV)/bin/tannha demo-reset

serve: $(VENV)/.phone  ## run an installation; `.venv/bin/tannha settings` lists what can be set
	@$(VENV)/bin/tannha serve

test: $(VENV)/.tools $(VENV)/.phone  ## all tests, in a real browser too; TESTS=tests/fees for some
	@$(RUN) -m tests.e2e.chromium
	@$(RUN) -m pytest -n $(JOBS) --no-loadscope-reorder $(if $(CI),-p tests.no_skips) $(TESTS)

lint: $(VENV)/.tools  ## everything that reads the code: ruff, pyright, import-linter, squawk, tsc, biome
	$(VENV)/bin/ruff check $(SOURCES)
	$(VENV)/bin/ruff format --check $(SOURCES)
	$(VENV)/bin/pyright
	$(VENV)/bin/lint-imports
	$(VENV)/bin/squawk migrations/[0-9]*.sql
	$(NPM) run types
	$(NPM) run lint

format: $(VENV)/.tools  ## put the code into its form
	$(VENV)/bin/ruff check --fix $(SOURCES)
	$(VENV)/bin/ruff format $(SOURCES)
	$(NPM) run format

bench: $(VENV)/.dev  ## how much it carries; BENCH=acts for one of tests/bench
	@for name in $(BENCH); do $(RUN) -m tests.bench.$$name || exit 1; done

schema: $(VENV)/.base  ## write migrations/schema.sql anew from the migrations
	@$(VENV)/bin/tannha schema

lock: $(VENV)/.dev  ## choose versions anew from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --upgrade pyproject.toml -o requirements/base.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --upgrade pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt

$(VENV)/bin/python:
	@for python in $(or $(PYTHON),$(PYTHONS)); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || { \
			echo "$$python cannot make a virtual environment: apt-get install python3-venv (or your system's like), then again" >&2; \
			exit 1; }; \
		rm -rf $(VENV) && exec "$$python" -m venv $(VENV); \
	done; \
	echo "Python 3.11 or newer is needed: install it, or name it with PYTHON=..." >&2; exit 1

$(VENV)/.base: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements/base.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

# The phone app is built anew when anything it is made of has changed; it says so itself, and that takes a moment.
.PHONY: $(VENV)/.phone
$(VENV)/.phone: $(VENV)/.base
	@$(RUN) -m courier_api.phone_app

$(VENV)/.tools: $(PHONE)/package-lock.json $(VENV)/.dev
	@$(RUN) -m courier_api.phone_app tools
	@touch $@
