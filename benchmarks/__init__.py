"""Measures Snitch beside what it stands on and what users would otherwise string together."""
