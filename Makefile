# The first Python that is new enough; PYTHON=/path/to/python names another.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(firstword $(shell for p in python3.11 python3.12 python3.13 python3; do $$p $(NEW_ENOUGH) && echo $$p; done))
BIN := .venv/bin
OUT := out
AXE := 4.10.3
PYTEST := $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

.PHONY: demo test test-fast test-server test-browser test-engines screenshots lint install-check format evaluate calibrate bench fuzz campaigns model rules-doc ledger-charts docs dist clean

demo: .venv/installed ## set up, extract the facts of corpus/, score them against gold/
	@rm -f $(OUT)/facts.jsonl.journal
	$(BIN)/extract run corpus -o $(OUT)/facts.jsonl
	$(BIN)/extract evaluate
	@echo "The records are in $(OUT)/facts.jsonl"

test: .venv/installed-dev ## set up and run the whole test suite
	$(PYTEST)

test-fast: .venv/installed-dev ## the tests of the rules: every case, the patterns, their page; K=dates_relative only the cases of that file
	$(if $(K),$(BIN)/pytest tests/test_cases.py -k '$(K)',$(PYTEST) tests/test_cases.py tests/test_rules_doc.py tests/rules)

test-server: .venv/installed-dev ## the tests that start servers, kill their workers and fill them up
	$(BIN)/pytest -m server tests/serve

test-browser: .venv/installed-browser ## the pages in a browser (Chromium, where it is installed), and axe-core
	$(BIN)/pytest -m browser tests/browser

screenshots: .venv/installed-browser ## the pictures of pages in docs/
	$(BIN)/python -m tests.browser.screenshots docs/images

test-engines: .venv/installed-engines ## the tests that need Ray, Spark (and Java) or Dask, on this machine
	$(BIN)/pytest -m engines tests/engines --durations 5

lint: .venv/installed-dev ## ruff, mypy --strict, the import contracts, the limits of a function
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/function_limits.py

install-check: dist ## install the wheel, and each extra, in fresh environments of each Python at hand, and use it (minutes)
	$(BIN)/python .ci/install_check.py dist

docs: .venv/installed-docs ## build the documentation as a site, out/site/index.html, without network access
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

dist: .venv/installed-dev ## build the wheel and the sdist into dist/, and check their metadata
	$(BIN)/pip install --quiet -e '.[release]'
	rm -rf dist
	$(BIN)/python -m build --outdir dist .
	$(BIN)/twine check --strict dist/*

rules-doc: .venv/installed ## write the tables of docs/rules.md and docs/metrics.md that are made from the lexicons
	$(BIN)/python -m extract.lexicons.docs docs/rules.md docs/metrics.md

ledger-charts: .venv/installed-dev ## draw the pictures of docs/ledger.md from the articles of gold/ledger
	$(BIN)/extract run gold/ledger/articles -o $(OUT)/ledger-facts --format parquet --no-text
	$(BIN)/extract ledger $(OUT)/ledger-facts -o $(OUT)/ledger.duckdb
	$(BIN)/extract ledger show $(OUT)/ledger.duckdb --subject Turkey --metric consumer --overwrite --chart docs/images/ledger-turkey.svg > $(OUT)/ledger.txt
	$(BIN)/extract ledger show $(OUT)/ledger.duckdb --subject Kazakhstan --overwrite --chart docs/images/ledger-kazakhstan.svg > $(OUT)/ledger.txt

format: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evaluate: .venv/installed ## the scores of the corpus as one table in Markdown, for README and docs
	@$(BIN)/extract evaluate --markdown

calibrate: .venv/installed ## write the table of confidence from gold/, and print how well it holds on unseen articles
	$(BIN)/extract evaluate --calibrate src/extract/model/confidence.toml

bench: .venv/installed-dev ## speed and memory, beside others, as Markdown (some minutes)
	$(BIN)/python -m benchmarks

fuzz: .venv/installed-dev ## mutants of articles for so long: make fuzz MINUTES=30 SEED=1
	nice -n 19 $(BIN)/python -m tests.fuzz$(shell $(BIN)/python -c 'import atheris' 2>/dev/null && echo .guided) $(or $(MINUTES),5) $(or $(SEED),1)

campaigns: .venv/installed-dev ## kills, damaged journals, full disks (as root), bombs, memory over new words (an hour or more)
	nice -n 19 $(BIN)/python -m tests.fuzz.bombs
	nice -n 19 $(BIN)/python -m tests.fuzz.journals 2000
	nice -n 19 $(BIN)/python -m tests.fuzz.kills 200
	nice -n 19 $(BIN)/python -m tests.fuzz.disks
	nice -n 19 $(BIN)/python -m tests.fuzz.memory 100000

model: .venv/installed-dev ## train both models from training/ (30 minutes on one core)
	$(BIN)/pip install --quiet -e '.[training]'
	OMP_NUM_THREADS=1 PYTHONHASHSEED=0 $(BIN)/python training/train.py
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONHASHSEED=0 $(BIN)/python training/train_syntax.py

.venv/bin/pip:
	@"$(PYTHON)" $(NEW_ENOUGH) || { echo "needs Python 3.11 or later: make $(MAKECMDGOALS) PYTHON=/path/to/python" >&2; exit 1; }
	"$(PYTHON)" -m venv .venv

.venv/installed: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet -e .
	@touch $@

.venv/installed-dev: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet -e '.[dev]'
	@touch .venv/installed $@

# axe-core is used by tests alone and is not part of the repository; without npm its tests are skipped.
.venv/installed-browser: .venv/installed-dev
	$(BIN)/pip install --quiet -e '.[browser]'
	@mkdir -p .venv/axe
	-cd .venv/axe && npm pack --silent axe-core@$(AXE) && tar -xzf axe-core-$(AXE).tgz --strip-components=1 package/axe.min.js
	@touch $@

.venv/installed-docs: .venv/installed-dev
	$(BIN)/pip install --quiet -e '.[docs]'
	@touch $@

.venv/installed-engines: .venv/installed-dev
	$(BIN)/pip install --quiet -e '.[ray,spark]' dask
	@touch $@

clean:
	rm -rf .venv $(OUT) build dist *.egg-info
