"""Whose file is it, and which models stand around or inside of others?"""

from __future__ import annotations

from snitch.engine.belonging import holders
from snitch.engine.known import directories_of
from snitch.findings import ModelReport

MODELS = {"models/a", "models/a/inner", "other"}


def test_a_file_belongs_to_the_deepest_model_around_it() -> None:
    paths = [
        "models/a/x.json",
        "models/a/inner/x.json",
        "models/a/inner/deep/x.json",
        "models/b/x.json",
        "other/x.json",
        "x.json",
    ]
    assert holders(paths, MODELS) == {
        "models/a": ["models/a/x.json"],
        "models/a/inner": ["models/a/inner/x.json", "models/a/inner/deep/x.json"],
        "other": ["other/x.json"],
    }
    assert holders(["x.json"], {""}) == {"": ["x.json"]}


def test_of_two_models_under_one_name_neither_has_a_directory() -> None:
    models = [
        ModelReport(name, path, None, None, "modified")
        for name, path in (("a", "x"), ("b", "y"), ("a", "z"), ("b", "y"))
    ]
    assert directories_of(models) == {"b": "y"}
