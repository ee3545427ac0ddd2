# Each target says what it is for; `make` alone lists them.
# Paths are relative, so that a folder with a blank in its name does not matter.

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help serve test check ready lock assets translations docs pictures bench clean
MAKEFLAGS += --no-print-directory

help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

serve: ## install what is needed and serve on http://127.0.0.1:8000 (PORT=8001, STANDARDS=/my/frameworks)
	@exec "$(PYTHON)" tools/serve.py

test: check ## install what is needed, check, and run every test
	@$(VENV_PYTHON) -m pytest --numprocesses 2 --dist worksteal $(TESTS)

check: ready ## formatting, lint, types and import contracts
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m mypy
	@$(VENV_PYTHON) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo

# CI also builds static/ again and compares, for which it needs node
ready: ## install what testing needs, and nothing more
	@"$(PYTHON)" tools/prepare.py $(if $(CI),dev,test)

lock: ## make the lock files in requirements/ again from setup.cfg (UPGRADE=1 takes newer versions)
	@"$(PYTHON)" tools/prepare.py dev
	@$(VENV_PYTHON) tools/lock.py $(if $(UPGRADE),--upgrade)

assets: ## build static/ again from assets/
	@"$(PYTHON)" tools/prepare.py dev
	@$(VENV_PYTHON) tools/build_assets.py

translations: ready ## take the words to translate out of the source, and compile what is translated
	@$(VENV_PYTHON) tools/translations.py

docs: ready ## make the reference pages in docs/ again
	@$(VENV_PYTHON) tools/build_docs.py

pictures: ready ## take the pictures in docs/images/ again (needs Chromium and pdftoppm)
	@$(VENV_PYTHON) tools/take_pictures.py

bench: ready ## run every benchmark and print medians and ratios
	@for benchmark in $$(grep -l __main__ benchmarks/*.py); do $(VENV_PYTHON) "$$benchmark" || exit 1; done

clean: ## remove the environment and everything else that can be made again
	rm -rf .venv .var build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
