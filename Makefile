# Everything one does with the project. `make help` lists it.

.DEFAULT_GOAL := help
.PHONY: help run dev test lint format lock openapi bench bench-cities bench-desk bench-leads bench-servers
.PHONY: system-tools style types imports checks test-sqlite test-postgres test-processes

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/pytest
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check -qq --require-hashes -r
WITH_POSTGRES := $(BIN)/python scripts/with_postgres.py
TEMPLATES := templates cms/delivery/templates cms/outbox/templates cms/translation/templates
# An invented environment, in which production's checks must find nothing to say.
PRODUCTION := DJANGO_SETTINGS_MODULE=cms.settings.production SITE_URL=https://www.example.test \
	ALLOWED_HOSTS=www.example.test SECRET_KEY=checked-but-never-used-to-sign-anything-0123456789-abcdef \
	ENCRYPTION_KEYS=Y2hlY2tlZC1idXQtbmV2ZXItdXNlZC10by1lbmNyeXA=

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' Makefile

run: .venv/run.stamp  ## Run the whole site on http://127.0.0.1:8000 (PORT, HOST, DATABASE_URL, ADMIN_PASSWORD)
	@$(MANAGE) launch

dev: .venv/dev.stamp  ## The same with debug pages and a restart at every change of the code
	@DEBUG=1 $(MANAGE) launch --reload

test:  ## Lint, types and all tests: SQLite, PostgreSQL, Chromium, real processes
	@$(MAKE) --no-print-directory -j 2 .venv/dev.stamp system-tools lint checks
	@$(WITH_POSTGRES) $(MAKE) --no-print-directory test-sqlite test-postgres test-processes
	@echo "Everything passed."

lint: types style imports  ## Check style, types and the direction of imports

style: .venv/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@find $(TEMPLATES) -name "*.html" -exec $(BIN)/djhtml --check {} +
	@find $(TEMPLATES) -name "*.html" -exec $(BIN)/djade --target-version 5.2 --check {} +

types: .venv/dev.stamp
	@$(BIN)/mypy

imports: .venv/dev.stamp
	@$(BIN)/lint-imports --no-logo

format: .venv/dev.stamp  ## Format Python and templates
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@find $(TEMPLATES) -name "*.html" -exec $(BIN)/djhtml {} +
	@find $(TEMPLATES) -name "*.html" -exec $(BIN)/djade --target-version 5.2 {} +

lock: .venv/dev.stamp  ## Pin the requirements anew from pyproject.toml
	@for output in "requirements.txt" "requirements-dev.txt --group dev -c requirements.txt"; do \
		$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --no-header -o $$output >/dev/null || exit; \
	done

openapi: .venv/dev.stamp  ## Write the delivery API's contract to tests/api/openapi.json
	@$(MANAGE) export_openapi tests/api/openapi.json

bench: .venv/dev.stamp  ## Measure answers from memory and built ones, here and in stock Wagtail (needs wrk; BENCH)
	@$(BIN)/python scripts/with_postgres.py --durable $(BIN)/python bench/delivery.py $(BENCH)

bench-servers: .venv/dev.stamp  ## Measure granian against gunicorn with this application
	@$(BIN)/python bench/servers.py

bench-cities: .venv/dev.stamp  ## Measure 3,000 city pages: their readiness, and the answers about them
	@$(BIN)/python bench/cities.py

bench-leads: .venv/dev.stamp  ## Measure submissions on SQLite and PostgreSQL against the limit and Wagtail's form
	@$(BIN)/python bench/leads.py
	@$(BIN)/python scripts/with_postgres.py --durable sh -c \
		'BENCH_DATABASE_URL="$$TEST_DATABASE_URL" $(BIN)/python bench/leads.py'

bench-desk: .venv/dev.stamp  ## Measure the lead desk on 1,000,000 leads
	@$(BIN)/python bench/desk.py

system-tools:
	@scripts/install_system_tools

checks: .venv/dev.stamp
	@DATABASE_URL= $(MANAGE) makemigrations --check --dry-run
	@$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

test-sqlite: .venv/dev.stamp
	@echo "Tests on SQLite"
	@DATABASE_URL= $(PYTEST) -n 2 -m "not browser and not server"

test-postgres: .venv/dev.stamp
	@echo "Tests on PostgreSQL"
	@DATABASE_URL=$$TEST_DATABASE_URL $(PYTEST) -n 2 -m "not browser and not server"

test-processes: .venv/dev.stamp
	@echo "Tests with real processes and Chromium"
	@DATABASE_URL= $(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder tests/browser tests/server

.venv/run.stamp: requirements.txt
	@scripts/create_venv
	@echo "Installing the pinned packages (about a minute)"
	@$(INSTALL) requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt
	@scripts/create_venv
	@echo "Installing the pinned packages and the development tools (about two minutes)"
	@$(INSTALL) requirements-dev.txt
	@touch $@
