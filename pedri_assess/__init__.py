"""PEDRI Assess: find out where you stand against good practice standards, and what to do next."""

__version__ = "0.1.0"
