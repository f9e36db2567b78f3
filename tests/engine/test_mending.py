"""Changes that do nothing but mend what is broken in production."""

from __future__ import annotations

import pytest
from example import GOOD
from example import metrics

from snitch.engine.mending import only_mends
from snitch.testing import release

ODD = {**GOOD, "metrics.json": metrics("NaN")}
TORN = {**GOOD, "metrics.json": "{"}


@pytest.mark.parametrize("path", ["", "models/churn"])
@pytest.mark.parametrize("broken", [ODD, TORN])
def test_a_broken_file_made_readable_is_mended(broken: dict[str, str], path: str) -> None:
    old = release(broken, path=path)
    assert only_mends(release(GOOD, path=path), old)
    assert not only_mends(release({**GOOD, "train.py": "import torch\n"}, path=path), old)
    fewer = {name: text for name, text in GOOD.items() if name != "requirements.txt"}
    assert not only_mends(release(fewer, path=path), old)


def test_a_sound_file_is_not_mended_but_changed() -> None:
    assert not only_mends(release({**GOOD, "metrics.json": metrics("0.99")}), release(GOOD))
    assert not only_mends(release(TORN), release(ODD))
    assert not only_mends(release(GOOD), None)
    assert only_mends(release(GOOD), release(GOOD))
