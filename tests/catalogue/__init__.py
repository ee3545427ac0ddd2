"""Tests of the shelf of standards."""
