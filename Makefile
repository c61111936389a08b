# Everything a person does with the course, each one word. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help lab test bench release lock clean

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The environment is ready only when every step went through; a half-made one is made again.
$(READY): requirements.txt pyproject.toml
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

lab: $(READY) ## set up and open the course in JupyterLab
	$(BIN)/coursekit lab

test: $(READY) ## set up and check everything
	$(BIN)/coursekit test

bench: $(READY) ## measure speed against the stock tools
	$(BIN)/python tests/bench.py

release: $(READY) ## make exercises/ and the front page anew from what they come from
	$(BIN)/coursekit release

lock: $(READY) ## renew requirements.txt from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade --quiet --output-file requirements.txt

clean: ## remove the environment (never class/ or work/)
	rm -rf .venv
