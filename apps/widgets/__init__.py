"""The widgets (실습), one folder each; `widget.py` is the manifest and is read first."""
