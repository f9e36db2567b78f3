"""The hard limits as a policy may set them; their meaning is in `snitch.documents.limits`."""

# Annotations are no texts here: pydantic would compile each, a fortieth of a hook's time.

from snitch.policy.scalars import Count
from snitch.strict import Strict


class LimitsStandard(Strict):
    """Hard limits, lowered or raised up to their ceilings."""

    max_file_kib: Count | None = None
    """A metadata file: configs, metrics, changelogs, requirement files."""
    max_lock_kib: Count | None = None
    """A lock file."""
    max_items_kib: Count | None = None
    """A file of per-item results."""
    max_depth: Count | None = None
    """Nesting of mappings and lists."""
    max_nodes: Count | None = None
    """Scalars, keys, lists and mappings of one file."""
    max_aliases: Count | None = None
    """YAML aliases of a config."""
    max_key_chars: Count | None = None
    """One key."""
    max_text_kib: Count | None = None
    """One string."""
    max_line_kib: Count | None = None
    """One line of a requirements file."""
    max_includes: Count | None = None
    """Files reached through `-r` and `-c`."""
    max_entries: Count | None = None
    """Changelog entries read."""
    max_files: Count | None = None
    """Files read for one model."""
    max_models: Count | None = None
    """Models that one run judges."""
    max_path_depth: Count | None = None
    """Directories above a file."""
    max_waivers: Count | None = None
    """Waivers of one policy."""
    max_waiver_days: Count | None = None
    """How far ahead a waiver may expire."""
    max_findings: Count | None = None
    """Findings kept per rule and model."""
    max_releases: Count | None = None
    """Releases of one model read from history."""
    max_seconds: Count | None = None
    """The whole run."""
