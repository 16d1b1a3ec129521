"""Writes: rooms, people, assignments, marks; one module a subject."""
