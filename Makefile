# A thin face: everything is done by start.py, which also works where there is no make.
PYTHON ?= python3
# `make test DATABASE=postgres`; sqlite without it.
ON_DATABASE = $(if $(DATABASE),--database $(DATABASE))

.PHONY: serve setup check test test-slow bench
.DEFAULT_GOAL := serve

serve:
	@$(PYTHON) start.py serve

setup:
	@$(PYTHON) start.py setup

check:
	@$(PYTHON) start.py check

test:
	@$(PYTHON) start.py test $(ON_DATABASE)

test-slow:
	@$(PYTHON) start.py test --slow $(ON_DATABASE)

bench:
	@$(PYTHON) start.py bench
