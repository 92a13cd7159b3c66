# make demo : the sample site on http://127.0.0.1:8000       make test : every test
# make quick: the short loop, lint, types and the tests that wait for nothing
# make check: ruff, mypy --strict, weight of the widget, vulnerabilities, bill of materials
# make audit: the same audit, for a release: it fails when the service cannot be asked
# make faults: the whole fault matrix (docs/reliability.md); root tries full disks too
# make bench: benchmark tables
# make wordpress: the plugin of WordPress, dist/verbatheque-wordpress.zip
# make screenshots: the pictures of docs/images, taken from the sample site

# Where an environment forbids it, every process of the tests would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000

.PHONY: demo quick test faults check audit bench learn browser screenshots wordpress lock clean

demo: $(VENV)/.runtime
	@$(BIN)/verbatheque build
	@$(BIN)/verbatheque serve --host $(HOST) --port $(PORT)

quick: $(VENV)/.dev
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check .
	@$(BIN)/mypy & types=$$!; \
	  $(BIN)/pytest -q -n 2 --hypothesis-profile quick -m "not model and not browser and not process and not opensearch"; tests=$$?; \
	  wait $$types && exit $$tests

test: $(VENV)/.dev browser
	VERBATHEQUE_OPENSEARCH=exige $(BIN)/pytest -rs -n 3

faults: $(VENV)/.dev
	VERBATHEQUE_OPENSEARCH=exige VERBATHEQUE_FAULTS=full $(BIN)/pytest -rs -s tests/faults tests/opensearch tests/browser/test_hostile_texts.py tests/test_architecture.py

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests
	$(BIN)/pytest -q tests/web/embed/test_widget.py
	$(BIN)/python -m tests.supply_chain.audit
	$(BIN)/python -m tests.supply_chain.sbom dist/sbom.cdx.json

audit: $(VENV)/.dev
	$(BIN)/python -m tests.supply_chain.audit --strict

bench: $(VENV)/.dev
	@for file in tests/benchmarks/bench_*.py; do \
	  echo "== $$file"; PYTHONPATH=. $(BIN)/python $$file || exit 1; done

# What the signs of speech are worth, from the marked pages: corpus/extraction/weights.json.
learn: $(VENV)/.dev
	@$(BIN)/python -m tests.reader.learn --write

screenshots: $(VENV)/.dev browser
	$(BIN)/python -m tests.browser.screenshots

wordpress: $(VENV)/.runtime
	$(BIN)/python -m web.embed.wordpress dist/verbatheque-wordpress.zip

# Browser tests drive the system's Chromium, Firefox and WebKitGTK (`pytest -m firefox` for one of
# them alone), a WordPress (`-m wordpress`) and a screen reader (`-m orca`); without one its tests are reported as skipped.
browser:
	@sh tests/browser/install.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 ou plus récent est nécessaire (make PYTHON=python3.12 demo)."; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt requirements-sens.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-sens.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Needs uv; the locks hold hashes and no download address.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
# What an extra adds; what it needs is in requirements.txt already.
SENS := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["sens"])
lock:
	$(LOCK) pyproject.toml --group build -o requirements.txt
	$(LOCK) pyproject.toml --group build --extra mcp -c requirements.txt -o requirements-mcp.txt
	$(LOCK) pyproject.toml --group build --extra opensearch -c requirements.txt -o requirements-opensearch.txt
	$(LOCK) pyproject.toml --group build --extra calcul -c requirements.txt -o requirements-calcul.txt
	$(LOCK) pyproject.toml --group build --group dev --extra mcp --extra opensearch --extra calcul -c requirements-mcp.txt -c requirements-opensearch.txt -c requirements-calcul.txt -o requirements-dev.txt
	@$(BIN)/python -c '$(SENS)' | $(LOCK) --no-deps --no-annotate - -o requirements-sens.txt

clean:
	rm -rf $(VENV) corpus/samples/.verbatheque .pytest_cache .mypy_cache .ruff_cache
