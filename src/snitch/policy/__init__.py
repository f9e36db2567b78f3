"""The standard: `snitch.yaml` as values, what it extends, and what of it holds for whom."""
