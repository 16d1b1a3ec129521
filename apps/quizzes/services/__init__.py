"""Writes. Each function is one transaction, and `now` is always given."""
