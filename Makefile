# The whole of it needs make, Python 3.11 or newer and the package index. No root, no Docker, no node.
# Run `make` alone to see what there is.

PYTHON  ?= python3
WORKERS ?= auto
VENV    := .venv
DEV     := .venv-dev
BIN     := $(VENV)/bin
DEVBIN  := $(DEV)/bin
ROOMS   := agencies audit consent contracts hub tests $(wildcard bench)
PIP     := -m pip --disable-pip-version-check --no-input
INSTALL := install --quiet --require-hashes --only-binary :all:
LOCKING := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
           --no-config --no-emit-index-url --custom-compile-command "make lock"

FRONTEND := govuk-frontend@6.6.0 @ministryofjustice/frontend@11.1.0 sass@1.108.2
STATIC   := hub/web/static

.DEFAULT_GOAL := help
.PHONY: help demo demo-once test check format lock bench contracts faults assets screenshots clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.ready ## Play the first scenario and the sample files, then open the pages on this machine
	@$(BIN)/hub demo

demo-once: $(VENV)/.ready ## The same without a server: tell the story, prove the log, end
	@$(BIN)/hub demo --once

test: check ## Check, then run every test there is
	$(DEVBIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: $(DEV)/.ready ## Format, lint, types and the import contracts, without the tests
	$(DEVBIN)/ruff format --check --quiet .
	$(DEVBIN)/ruff check --quiet .
	$(DEVBIN)/mypy
	$(DEVBIN)/lint-imports --no-logo
	@$(DEVBIN)/python -m tests.support.bill --age

format: $(DEV)/.ready ## Format the tree and mend what can be mended safely
	$(DEVBIN)/ruff check --fix --quiet . ; $(DEVBIN)/ruff format .

bench: $(DEV)/.ready ## Measure speed and size: a JSON line for each figure
	$(DEVBIN)/python -m bench

contracts: $(DEV)/.ready ## Write the schemas and the AsyncAPI document again from the classes
	$(DEVBIN)/hub contracts export

lock: $(DEV)/.ready ## Choose versions again and write the hash-locked requirements
	$(DEVBIN)/$(LOCKING) $(UPGRADE) requirements-build.in requirements.in -o requirements.lock
	$(DEVBIN)/$(LOCKING) $(UPGRADE) -c requirements.lock requirements-build.in requirements.in requirements-dev.in \
	    -o requirements-dev.lock
	$(DEVBIN)/python -m tests.support.bill

faults: $(DEV)/.ready ## Every test of a fault, N times in a row (N=20)
	$(DEVBIN)/python -m tests.faults.again $(or $(N),20) -n $(WORKERS)

assets: ## Build the stylesheet of the pages again (needs node; nobody who installs does)
	@set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	cp $(STATIC)/source/*.scss "$$folder"; \
	(cd "$$folder" && npm install --silent --no-audit --no-fund --no-save $(FRONTEND)); \
	(cd "$$folder" && node_modules/.bin/sass --load-path=. --load-path=node_modules --style=compressed --no-source-map \
	    --quiet --quiet-deps hub.scss hub.css); \
	sed -E -i 's/@media print\{[^{}]*\[href\^="http[^{}]*\{[^{}]*\}+//g' "$$folder/hub.css"; \
	cp "$$folder/hub.css" $(STATIC)/hub.css
	@echo "Wrote $(STATIC)/hub.css. Look at the pages (make screenshots) before it is committed."

screenshots: $(DEV)/.ready ## Draw every page again, with invented people, into docs/screens (needs chromium)
	$(DEVBIN)/python -m tests.support.screens docs/screens

clean: ## Remove the environments and what tools left; a hub's own state is never touched
	rm -rf $(VENV) $(DEV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	rm -rf safeguarding_hub.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment is built whole or not at all: it is made afresh when its lock has changed, and the stamp comes last.
define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo missing)." \
	       "Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Making the environment $(1): once, and again when $(2) changes."
	@echo "  1 of 3: an empty environment for Python"
	@$(PYTHON) -m venv --clear $(1) || { \
	  echo "Python's venv module did not work: on Debian and Ubuntu install python3-venv." >&2; exit 1; }
	@echo "  2 of 3: installing $$(grep -c '^[a-z0-9].*==' $(2)) pinned packages, each held to its hash; this may take minutes"
	@$(1)/bin/python $(PIP) $(INSTALL) -r $(2)
	@echo "  3 of 3: the hub itself"
	@$(1)/bin/python $(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@
endef

$(VENV)/.ready: requirements.lock pyproject.toml
	$(call environment,$(VENV),requirements.lock)

$(DEV)/.ready: requirements-dev.lock pyproject.toml
	$(call environment,$(DEV),requirements-dev.lock)
