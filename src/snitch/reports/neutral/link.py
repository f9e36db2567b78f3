"""Addresses that a report may lead its reader to: of rules' pages, and of nothing else."""

from __future__ import annotations

import re
from urllib.parse import quote

_ADDRESS = re.compile(r"https?://[!-~]+")
_CODE = "{code}"


def rule_link(rules_url: str, code: str) -> str:
    """Return the address of a rule's page: printable ASCII; empty where there is none.

    `rules_url` has `{code}` where the code goes.
    """
    if _CODE not in rules_url or not _ADDRESS.fullmatch(rules_url):
        return ""
    return rules_url.replace(_CODE, quote(code.encode("utf-8", "replace"), safe=""))
