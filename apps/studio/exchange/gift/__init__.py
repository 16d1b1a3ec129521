"""GIFT, Moodle's format for questions in a plain text file."""

from apps.studio.exchange.gift.losses import losses_gift
from apps.studio.exchange.gift.reader import read_gift
from apps.studio.exchange.gift.writer import write_gift

__all__ = ["losses_gift", "read_gift", "write_gift"]
