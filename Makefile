# make run    set everything up and open the app on the sample bank
# make test   set everything up, then style, types, rooms and all tests
# make lint   style, types and rooms only
# make bench  what is timed, against what: writes benchmarks/RESULTS.md
# make eval   how well stories and questions are matched
# make train  fits what matches them to the texts in training/ again; under two hours

PYTHON ?= python3
# Published labelled texts, which are no part of this project; measured as well where they are there.
PUBLISHED ?= ../shared/eval
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTABLE := $(VENV)/.testable

.PHONY: run test lint bench eval train clean

run: $(INSTALLED)
	$(BIN)/coach --bank .

test: lint
	$(BIN)/python -m pytest

lint: $(TESTABLE)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(TESTABLE)
	$(BIN)/python -m benchmarks

eval: $(INSTALLED)
	$(BIN)/python -m benchmarks.quality --published $(PUBLISHED)

train: $(INSTALLED)
	$(BIN)/python -m training

$(INSTALLED): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "coach needs Python 3.11 or newer: make PYTHON=python3.11 run")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(TESTABLE): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV) build dist
