"""`start.py bench`: how fast the site answers, as ratios measured in one run."""
