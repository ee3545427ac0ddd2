"""What a PDF says to those who do not see it: its structure tree, written in the place of WeasyPrint's.

Only the printing process loads this, since it knows WeasyPrint from the inside. Decision 0016 says why.
"""

from .writing import write_our_tags

__all__ = ["write_our_tags"]
