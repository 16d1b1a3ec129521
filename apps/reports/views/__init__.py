"""Sending a report (`sending`); lists, one report, and answering it (`reading`)."""
