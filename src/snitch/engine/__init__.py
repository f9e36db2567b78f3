"""Chooses models, hands each check its subject, weighs and waives what they find."""
