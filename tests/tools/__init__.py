"""The tools that install, serve and lock."""
