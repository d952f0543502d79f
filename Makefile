PYTHON ?= python3.11
BIN := .venv/bin
OUT := out

.PHONY: demo test lint format bench model clean

demo: .venv/installed ## set up, extract the facts of corpus/, score them against gold/
	@rm -f $(OUT)/facts.jsonl.journal
	$(BIN)/extract run corpus -o $(OUT)/facts.jsonl
	$(BIN)/extract evaluate
	@echo "The records are in $(OUT)/facts.jsonl"

test: .venv/installed-dev ## set up and run the whole test suite
	$(BIN)/pytest

lint: .venv/installed-dev ## ruff, mypy --strict and the import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/installed-dev ## speed and memory, beside others, as Markdown (some minutes)
	$(BIN)/python -m benchmarks

model: .venv/installed-dev ## train both models from training/ (40 minutes on one core)
	$(BIN)/pip install --quiet -e '.[training]'
	OMP_NUM_THREADS=1 PYTHONHASHSEED=0 $(BIN)/python training/train.py
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONHASHSEED=0 $(BIN)/python training/train_syntax.py

.venv/bin/pip:
	@command -v $(PYTHON) >/dev/null || { echo "needs Python 3.11 or later: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip

.venv/installed: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet -e .
	@touch $@

.venv/installed-dev: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet -e '.[dev]'
	@touch .venv/installed $@

clean:
	rm -rf .venv $(OUT) build *.egg-info
