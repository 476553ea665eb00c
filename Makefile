# Two commands are enough: `make run` to try it, `make test` to check it. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
DATA ?= var
PYTHON ?= python3
export PORT DATA PYTHON

BIN := .venv/bin
# Two workers: half of a browser test is waiting. Narrow it to one with WORKERS=0.
WORKERS ?= 2
PYTEST := env -u TEST_DATABASE_URL $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

.PHONY: help install run screenshots test test-postgres lint lint-style lint-types lint-layers lint-migrations \
	lint-templates lint-tree format bench lock vendor clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# A stamp says which lock file the environment was filled from; `dev` holds everything of `runtime`.
.venv/.runtime: requirements/runtime.txt pyproject.toml tools/install.sh
	@tools/install.sh runtime

.venv/.dev: requirements/dev.txt pyproject.toml tools/install.sh
	@tools/install.sh dev

install: .venv/.runtime ## make .venv and install the locked packages
	@echo "已安装。启动：make run"

run: .venv/.runtime ## start with demonstration data (PORT=8000 DATA=var)
	@exec $(BIN)/xinhuo run

test: .venv/.dev ## all tests (ARGS="-k words" narrows them); TEST_DATABASE_URL adds a PostgreSQL pass
	@tools/chromium.sh
	$(PYTEST) $(ARGS)
	@if [ -n "$${TEST_DATABASE_URL:-}" ]; then $(MAKE) test-postgres; fi

test-postgres: .venv/.dev ## all but the browser tests on PostgreSQL: TEST_DATABASE_URL, else a server of its own
	@if [ -n "$${TEST_DATABASE_URL:-}" ]; \
	then $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not browser" $(ARGS); \
	else $(BIN)/python -m tools.with_postgres $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not browser" $(ARGS); fi

lint: lint-style lint-types lint-layers lint-migrations lint-templates lint-tree ## all checks; `make -k lint` does not stop at the first

lint-style: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-types: .venv/.dev
	$(BIN)/mypy

lint-layers: .venv/.dev
	$(BIN)/lint-imports --no-cache

lint-migrations: .venv/.dev
	$(BIN)/python -m tools.lint_migrations

lint-templates: .venv/.dev
	@git ls-files -co --exclude-standard '*.html' | xargs -r $(BIN)/djade --check --target-version 5.2
	$(BIN)/python -m tools.lint_templates

lint-tree: .venv/.dev
	$(BIN)/python -m tools.lint_leaks
	$(BIN)/python -m tools.vendor --check

format: .venv/.dev ## put code and templates into shape
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	@git ls-files -co --exclude-standard '*.html' | xargs -r $(BIN)/djade --target-version 5.2

screenshots: .venv/.dev ## make the pictures of docs/screenshots from a demonstration of its own
	@tools/chromium.sh
	$(BIN)/python -m tools.screenshots

bench: .venv/.dev ## measure against the named peers (ONLY=name runs one); results in var/bench
	@$(BIN)/python -m bench $(ONLY)

lock: .venv/.dev ## write requirements/*.txt anew from requirements/*.in
	@tools/lock.sh

vendor: .venv/.dev ## fetch the browser libraries again (needs npm)
	@$(BIN)/python -m tools.vendor

clean: ## remove the environment and caches; data in var stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
