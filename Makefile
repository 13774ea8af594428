# The first Python that is new enough; name another with make PYTHON=/path/to/python3.12
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

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

# A half-made environment would pass for a whole one the next time, so it is removed.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Đôn Đốc needs Python 3.11 or newer, and none was found (name one: make PYTHON=...)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into $(VENV); the first time this takes a minute or two."
	@$(INSTALL) .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into $(VENV) with the tools of developers; the first time this takes a minute or two."
	@$(INSTALL) '.[dev,ocr]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV)
