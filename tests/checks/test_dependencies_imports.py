"""Which distributions provide a module, by a table that every machine has alike."""

from __future__ import annotations

import pytest

from snitch.checks.import_names import provided


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        ("numpy", "numpy"),
        ("sklearn", "scikit-learn"),
        ("cv2", "opencv-python-headless"),
        ("cv2", "opencv-python"),
        ("PIL", "pillow"),
        ("yaml", "pyyaml"),
        ("bs4", "beautifulsoup4"),
        ("dateutil", "python-dateutil"),
        ("dotenv", "python-dotenv"),
        ("google", "google-cloud-storage"),
        ("google", "protobuf"),
        ("azure", "azure-identity"),
        ("torch", "pytorch"),
        ("tensorflow", "tensorflow-cpu"),
        ("tensorflow", "tensorflow-rocm"),
        ("tensorflow", "tensorflow-base"),
        ("cupy", "cupy-cuda12x"),
        ("pytorch_lightning", "pytorch-lightning"),
        ("mpl_toolkits", "matplotlib"),
        ("ruamel", "ruamel-yaml"),
        ("acme_utils", "acme-utils"),
        ("acme_utils", "acme-ml-tools"),
        ("acmeutils", "acme-utils"),
        ("acmeutil", "acme-utils"),
        ("acmeutils2", "acme-utils"),
        ("acme", "python-acme"),
        ("abc", "pyabc"),
        ("abc_utils", "abc-tools"),
        ("torch_scatter", "torch-scatter"),
        ("ot", "ot"),
    ],
)
def test_a_distribution_that_provides_a_module(module: str, distribution: str) -> None:
    assert provided(module, {"unrelated", distribution})


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        ("numpy", "numpydoc"),
        ("torch", "torchvision"),
        ("torch", "torch-geometric"),
        ("tensorflow", "tensorflow-datasets"),
        ("yaml", "yamllint"),
        ("sklearn", "sklearn-pandas"),
        ("cv2", "opencv"[:-1]),
        ("google", "googletrans"),
        ("acme", "numpy"),
        ("cupy", "numpy"),
        ("cupy", "cupyx"),
        ("ot", "pot-of-gold"),
        ("ab_cd", "ab-ef"),
    ],
)
def test_a_distribution_that_does_not(module: str, distribution: str) -> None:
    assert not provided(module, {distribution})
    assert not provided(module, set())
