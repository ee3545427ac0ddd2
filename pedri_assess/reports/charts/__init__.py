"""Numbers as accessible pictures: SVG that reads in black and white and says in words what it shows.

Each is a pure function of numbers and words, and stands in a table that has the same values as text.
"""

from .band import share_band
from .code import qr_code
from .ramp import FILLS, INK, LAST_PALE, PAPER, level_class, step
from .scale import moved, standing, two_views
from .steps import steps_picture
from .strip import Counted, profile_bar, profile_words

__all__ = [
    "FILLS",
    "INK",
    "LAST_PALE",
    "PAPER",
    "Counted",
    "level_class",
    "moved",
    "profile_bar",
    "profile_words",
    "qr_code",
    "share_band",
    "standing",
    "step",
    "steps_picture",
    "two_views",
]
