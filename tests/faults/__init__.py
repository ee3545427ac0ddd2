"""Faults to survive: kills, full disks, locks, crashes of the database, interrupted commands."""
