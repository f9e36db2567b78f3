"""What a plain YAML scalar means, and where YAML 1.1, YAML 1.2 and a person disagree about it.

PyYAML and most of the tools that load a model's config read YAML 1.1 (https://yaml.org/type/),
newer ones the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/, section 10.3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from snitch.documents.document import Number
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from snitch.documents.document import Data


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A plain scalar that not every reader takes for the same value."""

    value: Data
    """What Snitch goes on with: the spelling, or for `yes` and its kin what YAML 1.1 reads."""
    reading: str
    """Who reads what, as the end of a sentence."""
    remedy: str


def _cased(words: str) -> list[str]:
    return [case for word in words.split() for case in (word, word.capitalize(), word.upper())]


WORDS: dict[str, Data] = {
    "": None,
    "~": None,
    **dict.fromkeys(_cased("null"), None),
    **dict.fromkeys(_cased("true"), True),
    **dict.fromkeys(_cased("false"), False),
    **{word: Number(word) for word in [*_cased(".inf -.inf +.inf .nan"), ".NaN"]},
    **{word.replace("i", "I", 1): Number(word.replace("i", "I", 1)) for word in ("-.inf", "+.inf")},
}
"""Plain scalars that every reader takes for the same value."""

SWITCHES = {
    **dict.fromkeys(_cased("yes on"), True),
    **dict.fromkeys(_cased("no off"), False),
}
"""Booleans to YAML 1.1, text to YAML 1.2."""

NUMERIC = frozenset("0123456789+-.")
DOUBTFUL = NUMERIC | {word[:1] for word in (*WORDS, *SWITCHES, "=", "<<")}
"""How a plain scalar begins that may be more than text."""
NUMBER = re.compile(
    r"""[-+]?(?:0|[1-9][0-9]*)                       # 17
      | [-+]?[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?       # 1.5, 1., 1.5e-3
      | \.[0-9]+(?:[eE][-+][0-9]+)?                  # .5
      | [-+]?0x[0-9a-fA-F]+""",
    re.VERBOSE,
)
"""A number, the same one, to YAML 1.1 and to YAML 1.2."""

DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
"""A number to YAML 1.2."""
SEXAGESIMAL = re.compile(
    r"[-+]?(?:[1-9][0-9_]*(?::[0-5]?[0-9])+|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)"
)
GROUPED = re.compile(
    r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+][0-9]+)?)?|0x[0-9a-fA-F_]+|0b[01_]+)|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
)
BASED = re.compile(r"0o[0-7]+|[-+]?0b[01]+")


def resolve(text: str) -> Data | Ambiguous:
    """The value of a plain scalar; numbers keep their spelling and dates stay text."""
    if text[:1] not in DOUBTFUL:
        return text
    if text in WORDS:
        return WORDS[text]
    if text[0] in NUMERIC:
        return Number(text) if NUMBER.fullmatch(text) else _unusual(text)
    if text in SWITCHES:
        return _switch(text)
    if text in {"=", "<<"}:
        return Ambiguous(text, "a special mark to YAML 1.1 and text to YAML 1.2", _quote(text))
    return text


def identity(text: str, value: Data) -> object:
    """What a reader may take a key for: keys with equal identities are one key to some reader.

    As in Python's mappings, the number 1 and true are equal.
    """
    match value:
        case Number():
            number = value.decimal()
            return text if number is None else number
        case str() if not text.isascii():
            return normalize("NFC", text)
        case str():
            return text
        case _:
            return value


def _switch(text: str) -> Ambiguous:
    value = SWITCHES[text]
    word = "true" if value else "false"
    remedy = f'write `{word}` for the boolean, or `"{text}"` for the text'
    return Ambiguous(value, f"`{word}` to YAML 1.1 and text to YAML 1.2", remedy)


def _unusual(text: str) -> Data | Ambiguous:
    if text.count(".") > 1 or (text[4:5] == "-" and text[:4].isdigit()):
        return text  # a version or a date, and no number to anybody
    if SEXAGESIMAL.fullmatch(text):
        reading = "a number to base 60 to YAML 1.1 and text to YAML 1.2"
        return Ambiguous(text, reading, _quote(text))
    if "_" in text and GROUPED.fullmatch(text):
        return Ambiguous(
            Number(text),
            "a number to YAML 1.1 and text to YAML 1.2",
            f"write `{text.replace('_', '')}`, or quote the value where it is text",
        )
    if BASED.fullmatch(text):
        reading = "a number to some readers of YAML and text to others"
        return Ambiguous(Number(text), reading, "write the number in decimals, or quote the value")
    return _decimal(text) if DECIMAL.fullmatch(text) else text


def _decimal(text: str) -> Ambiguous:
    digits = text.lstrip("+-")
    if digits.isdigit():
        other = "text" if set("89") & set(digits) else "an octal number"
        reading = f"{other} to YAML 1.1 and a decimal number to YAML 1.2"
        remedy = "write the number without its leading zeros, or quote the value where it is text"
        return Ambiguous(Number(text), reading, remedy)
    remedy = f"write `{_signed(text)}` for the number, or quote the value where it is text"
    return Ambiguous(Number(text), "text to YAML 1.1 and a number to YAML 1.2", remedy)


def _signed(text: str) -> str:
    """The same number as both versions of YAML read it: with a point and a signed exponent."""
    mantissa, letter, exponent = text.replace("E", "e").partition("e")
    sign = mantissa[0] if mantissa[0] in "+-" else ""
    whole, _, fraction = mantissa[len(sign) :].partition(".")
    signed = exponent if not exponent or exponent[0] in "+-" else f"+{exponent}"
    return f"{sign}{whole or '0'}.{fraction or '0'}{letter}{signed}"


def _quote(text: str) -> str:
    return f'put it in quotes: `"{text}"`'
