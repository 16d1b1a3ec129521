"""What `manage.py serve` does before and around the production server."""
