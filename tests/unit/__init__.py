"""Tests of the core: no disk, no network, no clock."""
