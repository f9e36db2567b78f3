"""The standard: `snitch.yaml` as values, what it extends, and what of it holds for whom."""

POLICY_FILE = "snitch.yaml"
"""The file of the policy, at the root of a repository."""
