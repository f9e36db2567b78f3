"""Snitch tells on machine-learning models that break the deployment standard."""

__version__ = "0.1.0"
