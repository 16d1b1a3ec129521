"""Moodle XML: `<quiz>` files as Moodle's question bank writes and reads them."""

from .losses import losses_moodle_xml
from .reader import read_moodle_xml
from .writer import write_moodle_xml

__all__ = ["losses_moodle_xml", "read_moodle_xml", "write_moodle_xml"]
