# Everything a person does with the course, each one word. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help lab test bench bench-grade bench-truth data release lock clean

PYTHON ?= python3
BIN := .venv/bin

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Makes .venv when it is missing, half made, or older than the lock; otherwise returns at once.
.PHONY: ready
ready:
	@$(PYTHON) coursekit/ready.py

lab: ready ## set up and open the course in JupyterLab
	$(BIN)/coursekit lab

test: ready ## set up and check everything
	$(BIN)/coursekit test

bench: ready ## measure speed against the stock tools
	$(BIN)/python tests/bench.py

bench-grade: ready ## grade a practice class of 60 with nbgrader and with coursekit grade
	$(BIN)/python tests/bench_grade.py

bench-truth: ready ## measure over 100 counties how well each method finds what was planted
	$(BIN)/python tests/bench_truth.py

data: ready ## make datasets/ anew; the same code gives the same bytes
	$(BIN)/coursekit data

release: ready ## make exercises/ and the front page anew from what they come from
	$(BIN)/coursekit release

lock: ready ## renew requirements.txt from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade --quiet --output-file requirements.txt

clean: ## remove the environment (never class/ or work/)
	rm -rf .venv
