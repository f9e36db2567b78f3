"""A release's metadata as typed values: the boundary where text becomes meaning."""

# Annotations are no texts here: pydantic would compile each, a fortieth of a hook's time.

from pydantic import BaseModel
from pydantic import ConfigDict

from snitch.registry.values import Command
from snitch.registry.values import Day
from snitch.registry.values import Digest
from snitch.registry.values import Features
from snitch.registry.values import InnerPath
from snitch.registry.values import LastMoment
from snitch.registry.values import Mapped
from snitch.registry.values import Moment
from snitch.registry.values import Name
from snitch.registry.values import Spelling
from snitch.registry.values import Text
from snitch.registry.values import Whole


class Part(BaseModel):
    """Frozen; keys that the standard does not know are the author's own business."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class Data(Part):
    """What the model was trained on."""

    name: Text | None = None
    version: Spelling | None = None
    cutoff: Day | None = None
    """The newest record that training saw."""


class Training(Part):
    """How it was trained."""

    code: Text | None = None
    seed: Whole | None = None
    finished_at: Moment | None = None


class Evaluation(Part):
    """How it is measured; never run while checking."""

    command: Command | None = None


class Benchmark(Part):
    """What it was measured on."""

    name: Text | None = None
    version: Spelling | None = None
    sha256: Digest | None = None


class WeightsReference(Part):
    """What the config says of the weights."""

    path: InnerPath | None = None
    sha256: Digest | None = None


class Metadata(Part):
    """Every field that a rule may ask for; None where absent or invalid."""

    name: Name | None = None
    version: Spelling | None = None
    owner: Text | None = None
    description: Text | None = None
    data: Data = Data.model_construct()
    features: Features | None = None
    hyperparameters: Mapped | None = None
    training: Training = Training.model_construct()
    evaluation: Evaluation = Evaluation.model_construct()
    weights: WeightsReference = WeightsReference.model_construct()
    benchmark: Benchmark = Benchmark.model_construct()
    evaluated_at: LastMoment | None = None
    weights_sha256: Digest | None = None
    """Which weights the metrics measure."""
