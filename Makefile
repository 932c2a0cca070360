# Two commands do everything: `make serve` starts the assistant, `make test` checks it.
# Both set up what is missing first and are quick when nothing changed.

VENV := .venv
PYTHON := $(VENV)/bin/python
INSTALLED := $(VENV)/installed
REQUIREMENTS := requirements.txt requirements-dev.txt requirements-encoder.txt
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export PYTHONWARNINGS := ignore
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve chat test train lint bench bench-nlu lock clean

help:
	@echo "make serve   start the assistant, the demo shop and the chat page"
	@echo "make test    run every check and test"
	@echo "make chat    chat in the terminal"
	@echo "make train   train a model unless the one at hand is current"
	@echo "make lint    ruff, mypy, rasa data validate"
	@echo "make bench   measure beside Rasa's starter bot"
	@echo "make bench-nlu DATA=folder   measure intents on public sets, see benchmarks/README.md"
	@echo "make lock    compile requirements*.in into pinned, hashed requirements*.txt (needs uv)"
	@echo "make clean   remove the environment, models and databases"

serve: $(INSTALLED)
	@$(VENV)/bin/glasskin serve

chat: $(INSTALLED)
	@$(VENV)/bin/glasskin chat

train: $(INSTALLED)
	@$(VENV)/bin/glasskin train

test: lint
	@./scripts/peers
	@./scripts/npm-peers
	@./scripts/browser
	@$(VENV)/bin/glasskin test

lint: $(INSTALLED)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/glasskin check
	@./scripts/validate

bench: $(INSTALLED)
	@$(PYTHON) -m benchmarks.starter

bench-nlu: $(INSTALLED)
	@$(PYTHON) -m benchmarks.intents $(if $(DATA),--data "$(DATA)")

$(INSTALLED): $(REQUIREMENTS) pyproject.toml scripts/install
	@./scripts/install $(VENV)
	@touch $@

lock:
	uv pip compile -q --no-header --generate-hashes --python-version 3.10 requirements.in -o requirements.txt
	uv pip compile -q --no-header --generate-hashes --python-version 3.10 requirements-dev.in -o requirements-dev.txt
	uv pip compile -q --no-header --generate-hashes --python-version 3.10 --no-deps requirements-encoder.in -o requirements-encoder.txt
	uv pip compile -q --no-header --generate-hashes --python-version 3.10 tests/peers/prove/clients.in -o tests/peers/prove/clients.txt
	uv pip compile -q --no-header --generate-hashes --python-version 3.10 tests/peers/prove/shops.in -o tests/peers/prove/shops.txt
	uv pip compile -q --no-header --generate-hashes --python-version 3.10 tests/peers/prove/oscar.in -o tests/peers/prove/oscar.txt
	uv pip compile -q --no-header --generate-hashes --python-version 3.11 tests/peers/prove/telemelya.in -o tests/peers/prove/telemelya.txt
	uv pip compile -q --no-header --generate-hashes --python-version 3.11 tests/peers/prove/mail.in -o tests/peers/prove/mail.txt

clean:
	rm -rf $(VENV) models/*.tar.gz models/*.json models/encoder var
