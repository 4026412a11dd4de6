# Everyday commands. `make` alone lists them. On Windows see README.md.

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint lock catalogs ci clean

# The interpreter that starts the setup; it looks for a fitting one itself.
PYTHON ?= $(shell command -v python3 2>/dev/null || command -v python 2>/dev/null)
BIN := .venv/bin

# TensorFlow's greetings on stderr, and the optional oneDNN reordering of sums: off,
# so that runs are quiet and repeatable.
export TF_CPP_MIN_LOG_LEVEL ?= 3
export TF_ENABLE_ONEDNN_OPTS ?= 0
export PYDEVD_DISABLE_FILE_VALIDATION ?= 1

help:  ## list these targets
	@echo "Layerwise, a Keras course. Targets of this Makefile:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1  \2/p' Makefile

setup:  ## make .venv with the course command in it (Python 3.11 to 3.13)
	@test -n "$(PYTHON)" || { echo "Setup stopped. No Python was found. Next: install Python 3.12 (python.org or your package manager), then run 'make setup' again." >&2; exit 1; }
	@"$(PYTHON)" scripts/setup.py

demo: setup  ## grade a small class on lesson 09 and show the gradebook (3 minutes)
	@echo "+ course demo"
	@$(BIN)/course demo

test: setup  ## run the whole suite that needs no server and no browser (15 minutes)
	@echo "+ pytest -n 2 --dist worksteal -m 'not browser and not wheel' $(ARGS)"
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser and not wheel" $(ARGS)

lint: setup  ## style, spelling, types, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/mypy
	$(BIN)/python scripts/check_files.py
	$(BIN)/python scripts/lock.py --check
	$(BIN)/python scripts/catalogs.py --check
	$(BIN)/course build --check

lock: setup  ## resolve all dependencies anew: requirements.lock and environment.yml
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python scripts/lock.py

catalogs: setup  ## translations: take up changed sentences, compile what is translated
	$(BIN)/python scripts/catalogs.py

ci:  ## everything: make test, lint, verify, wheel and browser tests (45 minutes)
	@.ci/run

clean:  ## delete what the tools made; keeps .venv and work/
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
