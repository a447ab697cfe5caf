# Mérida Atlas. `make help` lists what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: help run test test-thorough bench check data messages edition shots lock clean check-python

# A run of the tests starts some two hundred Pythons: what one has compiled, the others need not.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
PORT ?= 8501
HOST ?= 127.0.0.1
# How many pytest workers: twice the cores, since half of a test's time is waiting for a browser, a
# server or a balancer. Each one that opens a browser starts its own server, so eight at most.
JOBS ?= $(shell cores=$$(getconf _NPROCESSORS_ONLN); echo $$((cores < 4 ? 2 * cores : 8)))
# Each worker gets a stretch of the tests, so that what a module or folder sets up is set up once,
# and whoever is done takes half of what another one still has before it.
WORKERS = -n $(JOBS) --dist worksteal

# What counts and what judges is tested nearly whole; 99 % when this was set, on 25 November 2026.
COVERED := --cov=geo/scene --cov=geo/atlas --cov=geo/equity --cov-report=term:skip-covered --cov-fail-under=98

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
PACKED := $(VENV)/.packed

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/' | expand -t 15
	@echo
	@echo "PORT=$(PORT) HOST=$(HOST) (HOST=0.0.0.0 serves all interfaces) PYTHON=$(PYTHON) JOBS=$(JOBS)"

run: $(RUN) $(PACKED) ## serve the dashboard on PORT, this machine only unless HOST is given
	exec $(BIN)/python app.py --port "$(PORT)" --address "$(HOST)"

test: $(DEV) $(PACKED) ## lint, types, stale-data check, and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m geo.build --check & data=$$!; $(BIN)/mypy; wait $$data
	$(BIN)/pytest $(WORKERS) $(COVERED)

test-thorough: $(DEV) $(PACKED) ## thirty times as many examples, new ones each time, and every combination
	$(BIN)/pytest $(WORKERS) -m "hypothesis or covering" --hypothesis-profile=thorough

bench: $(DEV) $(PACKED) ## compare with the ordinary app and an empty page; writes docs/benchmark/BENCHMARK.md
	$(BIN)/python tests/bench/run.py

check: $(DEV) ## check everything in data/ that a person edits, in seconds
	$(BIN)/python -m geo.build --check-data

data: $(DEV) ## check likewise, then rebuild every generated data file
	$(BIN)/python -m geo.build

OUT ?= edition
edition: $(RUN) ## the whole atlas as static files in OUT=edition, for any web server or file://
	$(BIN)/python -m geo edition "$(OUT)" $(if $(URL),--url "$(URL)") $(EDITION)

messages: $(DEV) ## bring the Spanish catalogue in step with the texts of the code
	$(BIN)/python -m geo.build.messages

shots: $(DEV) ## screenshots of every page into shots/
	$(BIN)/python tests/shots.py

LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	--custom-compile-command "make lock"

lock: $(VENV)/.installer ## resolve requirements/*.in anew into pinned, hashed *.txt beside them
	$(LOCK) requirements/run.in -o requirements/run.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/installer.in -o requirements/installer.txt

clean: ## remove the environment and everything generated that is not committed
	rm -rf $(VENV) shots tests/.artifacts .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A version that is too old fails here, in words, not later in somebody's traceback.
check-python:
	@command -v "$(PYTHON)" >/dev/null || { echo "Mérida Atlas needs Python 3.11 or newer, and '$(PYTHON)' is not there. Install it, or name another: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Mérida Atlas needs Python 3.11 or newer, and '$(PYTHON)' is $$("$(PYTHON)" -V 2>&1). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }

$(BIN)/python: | check-python
	"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.installer: requirements/installer.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt
	@touch $@

# uv installs the same pinned, hashed files several times faster than pip. It does not read pip's
# settings, so where only pip knows the way to a package index, pip does the work.
define install
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(1) \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
endef

# The last line lets this environment's Python find `geo` from any folder, as a notebook needs it.
$(RUN): requirements/run.txt $(VENV)/.installer
	$(call install,requirements/run.txt)
	echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/merida-atlas.pth"
	@touch $@

# What browsers ask for, packed once: a fifth less for whoever comes by https.
$(PACKED): $(RUN) $(wildcard geo/assets/*) $(wildcard data/boundaries/*.geojson)
	$(BIN)/python -m geo pack
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	$(call install,requirements/dev.txt)
	@touch $@
