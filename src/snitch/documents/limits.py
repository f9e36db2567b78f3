"""Every hard limit on what a repository may ask Snitch to read, in one frozen object.

The defaults keep honest files of every public model zoo inside and every known bomb outside;
the policy in force may lower them, or raise them to `CEILINGS`.
"""

from __future__ import annotations

from snitch.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Passing one is a finding (SNT001) that names the limit."""

    max_file_kib: int = 1024
    """A metadata file: configs, metrics, changelogs, requirement files."""
    max_lock_kib: int = 16_384
    """A lock file: real ones exceed a mebibyte."""
    max_items_kib: int = 32_768
    """A file of per-item results, and of its content in Git LFS."""
    max_policy_kib: int = 256
    """A policy file; no policy can say so of itself."""
    max_depth: int = 32
    """Nesting of mappings and lists."""
    max_nodes: int = 50_000
    """Scalars, keys, lists and mappings of one file; aliases count what they expand to."""
    max_aliases: int = 50
    """YAML aliases of a config; other documents allow none."""
    max_key_chars: int = 256
    max_text_kib: int = 64
    """One string."""
    max_line_kib: int = 8
    """One line of a requirements file."""
    max_includes: int = 16
    """Files reached through `-r` and `-c`."""
    max_entries: int = 200
    """Changelog entries read, newest first, besides those that production holds."""
    max_files: int = 500
    """Files read for one model."""
    max_models: int = 20_000
    max_path_depth: int = 32
    max_waivers: int = 1_000
    max_waiver_days: int = 180
    max_findings: int = 50
    """Findings kept per rule and model; the rest is counted."""
    max_releases: int = 1_000
    """Releases of one model read from history."""
    max_seconds: int = 600
    """The whole run."""

    @property
    def file_bytes(self) -> int:
        """What is read of a metadata file."""
        return self.max_file_kib * 1024

    @property
    def dependency_bytes(self) -> int:
        """What is read of a file of dependencies, a lock or not: either limit has to be told."""
        return max(self.max_lock_kib, self.max_file_kib) * 1024


DEFAULTS = Limits()

CEILINGS = Limits(
    max_file_kib=8192,
    max_lock_kib=65_536,
    max_items_kib=262_144,
    max_depth=64,
    max_nodes=500_000,
    max_aliases=1_000,
    max_key_chars=1024,
    max_text_kib=1024,
    max_line_kib=64,
    max_includes=64,
    max_entries=10_000,
    max_files=10_000,
    max_models=1_000_000,
    max_path_depth=128,
    max_waivers=10_000,
    max_waiver_days=365,
    max_findings=10_000,
    max_releases=10_000,
    max_seconds=3_600,
)
