"""Tests of the commands, run as the programs they are."""
