"""A class to try things out with: 24 made-up learners and what they might have answered.

Everything is made through the same services as real work, under names that say what it is, and
`seed_demo --remove` takes all of it away again.
"""
