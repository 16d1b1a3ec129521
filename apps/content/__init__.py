"""The content engine: files in, a validated catalogue of finished lessons out.

Pure: no ORM, no views, no settings. `catalogue.read_catalogue` is the way in.
"""
