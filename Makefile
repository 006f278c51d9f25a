PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq
ADDRESS ?= http://localhost:8501

.PHONY: run test lint bench screenshots chromium

run: $(VENV)/.product
	$(RUN) dashboard

test: $(VENV)/.tests chromium
	$(RUN) pytest -n auto --dist worksteal

lint: $(VENV)/.tests
	$(RUN) ruff check
	$(RUN) mypy

bench: $(VENV)/.tests
	$(RUN) benchmarks.rerun
	$(RUN) benchmarks.exports

# Of the dashboard that runs at ADDRESS.
screenshots: $(VENV)/.tests chromium
	$(VENV)/bin/python docs/screenshots.py $(ADDRESS)

$(VENV)/.product: requirements.txt
	test -x $(VENV)/bin/pip || $(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

$(VENV)/.tests: requirements-dev.txt $(VENV)/.product
	$(RUN) pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

# Where it cannot be installed, the tests that need it say so.
chromium:
	@for name in $$CHROMIUM chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		$(APT) update && $(APT) install --yes --no-install-recommends chromium fonts-noto-cjk fonts-dejavu-core; \
	fi || echo "No Chromium could be installed."
