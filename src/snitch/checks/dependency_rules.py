"""The rules of the dependency audit, as data."""

from __future__ import annotations

from snitch.findings import Rule
from snitch.findings import Severity

DISALLOWED = Rule(
    code="DEP501",
    name="disallowed",
    severity=Severity.ERROR,
    summary="A requirement can install a version of a library that the standard forbids.",
    why=(
        "The policy forbids a version because it is exploitable, unlicensed or known to break "
        "serving. A range that merely contains a good version is no protection: on another day, "
        "or with another library beside it, the installer takes the bad one. A lock file, or a "
        "plain pin, decides which version is meant; without one every version of the range counts."
    ),
    remedy=(
        "Ask for a version outside the forbidden range, or for the library that the policy names "
        "instead, and lock again. Groups that are not shipped (dev, test, docs, lint and their "
        "like) are not judged; every other extra is."
    ),
    bad='requirements.txt: tensorflow>=2.10\nsnitch.yaml: {name: tensorflow, specifier: "<2.12"}',
    good=(
        'requirements.txt: tensorflow==2.16.1\nsnitch.yaml: {name: tensorflow, specifier: "<2.12"}'
    ),
)
DEPRECATED = Rule(
    code="DEP502",
    name="deprecated",
    severity=Severity.WARNING,
    summary="A requirement asks for a library that the platform is leaving behind.",
    why=(
        "A library that loses its support does so on a date, and whoever has not moved by then "
        "is stopped by it. Until the policy's date this is a warning, afterwards an error. A "
        "rollback is excused: an emergency does not wait for a migration."
    ),
    remedy="Move to the library or version that the policy names under `use`, before the date.",
    bad="requirements.txt: nltk==3.9.1\nsnitch.yaml: {name: nltk, after: 2027-01-01, use: spacy}",
    good="requirements.txt: spacy==3.8.2\nsnitch.yaml: {name: nltk, after: 2027-01-01, use: spacy}",
    also=(Severity.ERROR,),
)
SERVING_CONFLICT = Rule(
    code="DEP503",
    name="serving-conflict",
    severity=Severity.ERROR,
    summary="Two statements about one library have no version in common.",
    why=(
        "The model's libraries are installed beside the serving stack's. Where the two contradict "
        "each other the image does not build, or worse, runs with a version that nobody tested. "
        "The same holds for two files of one model: if the requirements say one version and the "
        "lock file another, only one of them was audited."
    ),
    remedy=(
        "Ask for a version that both sides take. After changing a requirement, lock again. Where "
        "the serving stack is too old, its owners move it first."
    ),
    bad="requirements.txt: numpy==1.26.4\nserving/constraints.txt: numpy>=2,<3",
    good="requirements.txt: numpy==2.1.0\nserving/constraints.txt: numpy>=2,<3",
)
UNPINNED = Rule(
    code="DEP504",
    name="unpinned",
    severity=Severity.WARNING,
    summary="A requirement leaves its version open, and no lock file fixes it.",
    why=(
        "What was evaluated is one set of versions. An open range installs another one as soon "
        "as a release appears, and the image that is served was never measured. `==1.*` and "
        "`~=1.4` are ranges too."
    ),
    remedy=(
        "Pin the version with `==`, list it in a constraints file, or commit a lock file. The "
        "rule is silent under `dependencies: {require_pins: false}`."
    ),
    bad="requirements.txt: numpy>=2",
    good="requirements.txt: numpy==2.1.0",
)
UNPARSABLE = Rule(
    code="DEP505",
    name="unparsable-requirement",
    severity=Severity.ERROR,
    summary="A requirement cannot be read, or nothing can ever satisfy it.",
    why=(
        "A line that Snitch cannot read is a library that nobody audits. A marker that holds "
        "nowhere, or a range without a version in it, looks like a pin and installs nothing: the "
        "library then comes from somewhere else, in some other version."
    ),
    remedy=(
        "Write the requirement as the packaging standard has it, `name==1.2.3`, with a marker "
        "that can be true; remove the line if it is dead. A marker that is only false for the "
        "serving environment is no finding: the requirement is not asked for there."
    ),
    bad='torch==2.5.1; python_version < "2"',
    good="torch==2.5.1",
)
UNDECLARED_IMPORT = Rule(
    code="DEP506",
    name="undeclared-import",
    severity=Severity.WARNING,
    summary="The model's code imports a library that no requirement provides.",
    why=(
        "The import works wherever the library happens to be installed, on the author's laptop "
        "or as somebody else's dependency, and fails on the first request in production. What "
        "the code can do without (an import under `TYPE_CHECKING`, in a `try` that catches "
        "`ImportError`, or for one platform only) is not meant."
    ),
    remedy="Add the library to the model's requirements, pinned, or remove the import.",
    bad="train.py: import sklearn\nrequirements.txt: numpy==2.1.0",
    good="train.py: import sklearn\nrequirements.txt: scikit-learn==1.5.2",
)
SOURCE_NOT_ALLOWED = Rule(
    code="DEP507",
    name="source-not-allowed",
    severity=Severity.ERROR,
    summary="A requirement comes from a place that the policy does not allow.",
    why=(
        "A link, a branch or a folder can hold other code tomorrow under the same name, and a "
        "second package index can answer for every library of the first. The policy says which "
        "kinds of source are trusted: `index`, `url`, `vcs`, `path`. An index other than the "
        "public one is a `url`, unless the serving stack's constraints name it. The code around "
        "the file itself, as `-e .` asks for it, is pinned by the commit and always allowed."
    ),
    remedy=(
        "Ask for a released version from the package index. Where the source is wanted, the "
        "policy's owners add its kind to `dependencies.allowed_sources`."
    ),
    bad="transformers @ git+https://github.com/huggingface/transformers@main",
    good="transformers==4.46.2",
)
NO_DEPENDENCY_FILE = Rule(
    code="DEP508",
    name="no-dependency-file",
    severity=Severity.ERROR,
    summary="The model says nowhere which libraries it needs.",
    why=(
        "Without a dependency file nobody can build the environment in which the model was "
        "evaluated, and nothing of it can be audited."
    ),
    remedy=(
        "Commit a `requirements.txt` with pinned versions, a lock file, or another of the "
        "dependency files that the model's layout knows. An empty `requirements.txt` says that "
        "the model needs nothing."
    ),
    bad="models/churn/: config.yaml, metrics.json, train.py",
    good="models/churn/: config.yaml, metrics.json, train.py, requirements.txt",
)

RULES = (
    DISALLOWED,
    DEPRECATED,
    SERVING_CONFLICT,
    UNPINNED,
    UNPARSABLE,
    UNDECLARED_IMPORT,
    SOURCE_NOT_ALLOWED,
    NO_DEPENDENCY_FILE,
)
