"""Tests of the improvement report: what is in it, and what it cannot be made to do."""
