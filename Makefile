PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-system lint bench setup clean

run: $(VENV)/.installed
	$(BIN)/dondoc demo

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m "not system" -n 2 --dist loadgroup

test-system: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m system

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

setup: $(VENV)/.installed-dev
	$(BIN)/pre-commit install

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV)
