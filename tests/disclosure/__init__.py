"""Disclosure control: what it decides, and attackers that must not get through."""
