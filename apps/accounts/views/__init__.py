"""Pages about accounts, one module a subject."""
