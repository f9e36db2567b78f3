"""A release's metadata as typed values: the boundary where text becomes meaning."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from datetime import datetime  # noqa: TC003 - pydantic reads the annotations

from pydantic import BaseModel
from pydantic import ConfigDict


class Part(BaseModel):
    """Frozen; keys that the standard does not know are the author's own business."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Data(Part):
    """What the model was trained on."""

    name: str | None = None
    version: str | None = None
    cutoff: date | None = None
    """The newest record that training saw."""


class Training(Part):
    """How it was trained."""

    code: str | None = None
    seed: int | None = None
    finished_at: datetime | None = None
    """Always with a zone."""


class Benchmark(Part):
    """What it was measured on."""

    name: str | None = None
    version: str | None = None
    sha256: str | None = None


class WeightsReference(Part):
    """What the config says of the weights."""

    path: str | None = None
    sha256: str | None = None


class Metadata(Part):
    """Every field that a rule may ask for."""

    name: str | None = None
    version: str | None = None
    owner: str | None = None
    description: str | None = None
    data: Data = Data()
    features: tuple[str, ...] | None = None
    training: Training = Training()
    weights: WeightsReference = WeightsReference()
    benchmark: Benchmark = Benchmark()
    evaluated_at: datetime | None = None
    weights_sha256: str | None = None
    """Which weights the metrics measure."""
