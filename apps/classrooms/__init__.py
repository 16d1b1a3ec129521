"""Classrooms: who learns with whom, what is assigned, and what became of it."""
