# make run   a working search service over the sample reports
# make test  lint, types, import directions, tests, and the gate: is search as good as it was?
# make bench the benchmarks whose figures the README quotes
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
HOST ?= 127.0.0.1
PORT ?= 8000
# The sample index lives in the project's folder, so that trying it out touches nothing else.
DEMO_DATA ?= data/demo

.PHONY: run test browser lint types imports gate bench clean
.DEFAULT_GOAL := run

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

run: $(STAMP)
	$(BIN)/govsearch demo --data $(DEMO_DATA)
	$(BIN)/govsearch serve --data $(DEMO_DATA) --host $(HOST) --port $(PORT)

test: $(STAMP) lint types imports browser
	$(BIN)/pytest
	$(BIN)/govsearch eval gate

# What the tests in a browser need beside Python; what is missing is named, and they are skipped.
browser:
	tests/browser/set-up

# Search on the samples against the baseline that is kept with their questions.
gate: $(STAMP)
	$(BIN)/govsearch eval gate

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python -m eval.bench

clean:
	rm -rf $(VENV) data/demo .screenshots tests/browser/node_modules
