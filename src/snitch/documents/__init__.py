"""Bytes into data plus places, within hard limits; no meaning."""

from snitch.documents.changelog import Changelog
from snitch.documents.changelog import Entry
from snitch.documents.dependencies import DependencyFile
from snitch.documents.dependencies import Requirement
from snitch.documents.document import Data
from snitch.documents.document import Document
from snitch.documents.document import Located
from snitch.documents.document import Number
from snitch.documents.document import Route
from snitch.documents.document import Source
from snitch.documents.document import Span
from snitch.documents.document import TextDocument
from snitch.documents.limits import Limits
from snitch.documents.reading import read_document

__all__ = [
    "Changelog",
    "Data",
    "DependencyFile",
    "Document",
    "Entry",
    "Limits",
    "Located",
    "Number",
    "Requirement",
    "Route",
    "Source",
    "Span",
    "TextDocument",
    "read_document",
]
