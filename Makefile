# A thin face: everything is done by start.py, which also works where there is no make.
PYTHON ?= python3

.PHONY: serve setup check test test-slow bench
.DEFAULT_GOAL := serve

serve:
	@$(PYTHON) start.py serve

setup:
	@$(PYTHON) start.py setup

check:
	@$(PYTHON) start.py check

test:
	@$(PYTHON) start.py test

test-slow:
	@$(PYTHON) start.py test --slow

bench:
	@$(PYTHON) start.py bench
