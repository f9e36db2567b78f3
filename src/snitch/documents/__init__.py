"""Bytes into data plus places, within hard limits; no meaning."""

from snitch.documents.changelog import Changelog
from snitch.documents.changelog import Entry
from snitch.documents.changelog_formats import read_changelog
from snitch.documents.dependencies import DependencyFile
from snitch.documents.dependencies import Requirement
from snitch.documents.dependencies import is_dependency_file
from snitch.documents.dependencies import may_be_included
from snitch.documents.dependency_formats import read_dependencies
from snitch.documents.document import Data
from snitch.documents.document import Document
from snitch.documents.document import Located
from snitch.documents.document import Number
from snitch.documents.document import Route
from snitch.documents.document import Source
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
    "TextDocument",
    "is_dependency_file",
    "may_be_included",
    "read_changelog",
    "read_dependencies",
    "read_document",
]
