"""Which distributions provide a module: the names that differ, kept by hand.

An import name and a distribution's name are two things, and only an installed environment knows
all pairs. Snitch must judge alike on every machine, so it never asks the one it runs in: this
table has the libraries that model code uses and whose names differ or come in variants, from
the import names that each project documents.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_TABLE = """
Bio biopython
Crypto pycryptodome pycrypto
Cython cython
Levenshtein levenshtein python-levenshtein
MySQLdb mysqlclient
OpenSSL pyopenssl
PIL pillow pillow-simd
absl absl-py
accelerate accelerate
airflow apache-airflow apache-airflow-core
albumentations albumentations
apex nvidia-apex apex
attr attrs
attrs attrs
autogluon autogluon autogluon-*
azure azure-*
beam apache-beam
bitsandbytes bitsandbytes
boto3 boto3
botocore botocore boto3
bs4 beautifulsoup4 bs4
caffe2 torch pytorch
catboost catboost
cloudpickle cloudpickle
community python-louvain
confluent_kafka confluent-kafka
cuda cuda-python
cudf cudf cudf-*
cuml cuml cuml-*
cupy cupy cupy-*
cv2 opencv opencv-python opencv-python-* opencv-contrib-python opencv-contrib-python-* py-opencv
dash dash
dask dask dask-core dask-*
datasets datasets
dateutil python-dateutil
decouple python-decouple
deltalake deltalake
dgl dgl dgl-*
docx python-docx
dotenv python-dotenv dotenv
dvc dvc dvc-*
evaluate evaluate
faiss faiss faiss-cpu faiss-gpu faiss-gpu-*
fastapi fastapi fastapi-slim
ffmpeg ffmpeg-python
fitz pymupdf
flask flask
flax flax
flash_attn flash-attn
gensim gensim
geopandas geopandas geopandas-base
git gitpython
github pygithub
google google-* protobuf googleapis-common-protos
googleapiclient google-api-python-client
graphviz graphviz python-graphviz
grpc grpcio
gym gym
gymnasium gymnasium
h5py h5py
haystack haystack-ai farm-haystack
hydra hydra-core
igraph igraph python-igraph
imblearn imbalanced-learn
jax jax jax-*
jaxlib jaxlib jax jax-*
joblib joblib
jose python-jose
jwt pyjwt
kafka kafka-python kafka-python-ng
keras keras keras-nightly tensorflow
kfp kfp
kubernetes kubernetes
langchain langchain langchain-*
lightgbm lightgbm py-lightgbm
lightning lightning lightning-*
llama_cpp llama-cpp-python
llama_index llama-index llama-index-*
lxml lxml
magic python-magic python-magic-bin
markdown markdown
matplotlib matplotlib matplotlib-base
memcache python-memcached
mlflow mlflow mlflow-skinny mlflow-*
mmcv mmcv mmcv-full mmcv-lite
mpl_toolkits matplotlib matplotlib-base
msgpack msgpack msgpack-python
nacl pynacl
nltk nltk
nmslib nmslib
numba numba
numpy numpy numpy-base
nvidia nvidia-* nvidia
odf odfpy
onnx onnx
onnxruntime onnxruntime onnxruntime-*
openai openai
openpyxl openpyxl
opentelemetry opentelemetry-*
optuna optuna
osgeo gdal
paddle paddlepaddle paddlepaddle-*
paho paho-mqtt
pandas pandas
peft peft
pkg_resources setuptools
plotly plotly
polars polars polars-*
prometheus_client prometheus-client
prophet prophet
psycopg psycopg psycopg-*
psycopg2 psycopg2 psycopg2-binary
pyarrow pyarrow pyarrow-core
pydantic pydantic
pylab matplotlib matplotlib-base
pymongo pymongo
pyspark pyspark pyspark-*
pythoncom pywin32
pytorch_lightning pytorch-lightning lightning
ray ray ray-*
requests requests
rest_framework djangorestframework
ruamel ruamel-yaml ruamel-yaml-*
sacrebleu sacrebleu
safetensors safetensors
scipy scipy
seaborn seaborn seaborn-base
sentence_transformers sentence-transformers
sentencepiece sentencepiece
serial pyserial
setuptools setuptools
shap shap
shapely shapely
six six
skimage scikit-image
sklearn scikit-learn scikit-learn-intelex
sklearnex scikit-learn-intelex
skopt scikit-optimize
skorch skorch
slugify python-slugify
socks pysocks
spacy spacy spacy-nightly
sqlalchemy sqlalchemy
statsmodels statsmodels
surprise scikit-surprise
tabulate tabulate
telegram python-telegram-bot
tensorboard tensorboard tensorboard-* tensorflow
tensorflow tensorflow tensorflow-cpu tensorflow-gpu tensorflow-macos tensorflow-intel \
tensorflow-rocm tensorflow-base tensorflow-aarch64 intel-tensorflow tf-nightly tf-nightly-*
tensorflow_hub tensorflow-hub
tensorrt tensorrt tensorrt-*
tflite_runtime tflite-runtime
tiktoken tiktoken
timm timm
tlz toolz cytoolz
tokenizers tokenizers transformers
torch torch pytorch pytorch-cpu pytorch-gpu torch-nightly torch-cpu torch-xla
torch_geometric torch-geometric pytorch-geometric pyg
torchaudio torchaudio
torchvision torchvision torchvision-cpu
tqdm tqdm
transformers transformers pytorch-transformers
triton triton pytorch-triton triton-* torch pytorch
tritonclient tritonclient
umap umap-learn
usb pyusb
wandb wandb
websocket websocket-client
win32api pywin32
win32com pywin32
wx wxpython
xgboost xgboost xgboost-cpu py-xgboost py-xgboost-*
yaml pyyaml
zmq pyzmq
"""

MIN_ALIKE = 3
"""Letters that an unknown module and a distribution must share to count as alike."""


def provided(module: str, distributions: Collection[str]) -> bool:
    """Whether one of the distributions (names normalised) provides a top-level module.

    For modules of the table the answer is exact. Any other module is taken to come from a
    distribution whose name resembles its own: a warning about a library that is there under
    another name costs more trust than it is worth.
    """
    from snitch.documents.requirement_lines import normalised  # noqa: PLC0415 - not for its table

    name = normalised(module)
    if name in distributions:
        return True
    known = _known().get(module)
    if known is None:
        return any(_alike(name, distribution) for distribution in distributions)
    exact, prefixes = known
    return not exact.isdisjoint(distributions) or (
        bool(prefixes) and any(distribution.startswith(prefixes) for distribution in distributions)
    )


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """From a module to the distributions that provide it, and to prefixes of their names."""
    table = {}
    for line in _TABLE.strip().splitlines():
        module, *names = line.split()
        exact = frozenset(name for name in names if not name.endswith("*"))
        table[module] = (exact, tuple(name[:-1] for name in names if name.endswith("*")))
    return table


def provider(module: str) -> str:
    """A distribution that provides a module, where that is known under another name."""
    exact, _ = _known().get(module, (frozenset(), ()))
    return min(exact, default="")


def _alike(module: str, distribution: str) -> bool:
    """Whether a word of one name is a word of the other, or one holds the other."""
    first, second = module.replace("-", ""), distribution.replace("-", "")
    if len(min(first, second, key=len)) >= MIN_ALIKE and (first in second or second in first):
        return True
    shared = set(module.split("-")) & set(distribution.split("-"))
    return any(len(word) >= MIN_ALIKE for word in shared)
