"""The work behind `start.py`: virtual environment, checks, tests. Standard library only.

Nothing here may need POSIX: the same code runs on a teacher's Windows laptop.
"""
