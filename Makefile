# Two commands: `make run` serves the product on this machine, `make test` checks all of it.
# Both go through `make setup`, which only installs, and only what is missing.

SHELL := /bin/sh
VENV := .venv/bin
FIND_PYTHON := for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done
NEED_PYTHON := 需要 Python 3.11 或更新版本，请安装后再次运行。 / Python 3.11 or newer is needed; install it and run this again.
SET_UP = @python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then echo "✗ $(NEED_PYTHON)" >&2; exit 1; fi; "$$python" tools/set_up.py

.PHONY: help setup setup-test run test test-only test-long fuzz simulation lint fmt types check-fast clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: ## Install into .venv and build the front end; nothing is started
	$(SET_UP)

setup-test:
	$(SET_UP) --test

run: setup ## Serve on 127.0.0.1:8000 with the demonstration
	@exec $(VENV)/chengxin run $(ARGS)

test: setup-test lint types test-only ## Everything: lint, types, imports, all tests

test-only:
	$(VENV)/pytest -n 2 -m "not long" $(ARGS)

test-long: setup-test ## Thousands of random processes, and whatever else takes long
	$(VENV)/pytest -n 2 -m long $(ARGS)

fuzz: setup-test ## Throw bytes at FEEL and decision files (TARGET=parser|evaluator|dmn|patterns SECONDS=60)
	@$(VENV)/python -c 'import atheris' 2>/dev/null || $(VENV)/pip install -q -c constraints.txt atheris
	@for target in $(or $(TARGET),parser evaluator dmn patterns); do \
		echo "$$target, $(or $(SECONDS),60) s" && \
		$(VENV)/python -m tests.fuzz.atheris_run $$target -max_total_time=$(or $(SECONDS),60) \
			-timeout=30 -rss_limit_mb=2500 -verbosity=0 $(ARGS) || exit 1; \
	done

simulation: setup-test ## Ten years of random cases (SEED=… CASES=300 YEARS=10 START=2021-06-01)
	$(VENV)/pytest -s -m long tests/simulation $(ARGS)

lint: ## ruff and import-linter
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports

types: ## mypy
	$(VENV)/mypy

fmt: ## Put the code in form
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

check-fast: ## Lint, types and the quick tests, in under a minute
	$(VENV)/ruff check .
	$(VENV)/lint-imports
	$(VENV)/mypy
	$(VENV)/pytest -n 2 -q -x -m "not slow and not long and not browser and not postgresql" \
		tests/house tests/engine/identity tests/engine/calendar tests/web/frame

clean: ## Remove what was built and installed; var/ with the database stays
	rm -rf .venv node_modules web/static/dist build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find engine web tests -name __pycache__ -type d -prune -exec rm -rf {} +
