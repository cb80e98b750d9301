"""A YAML file that a user writes: read, and checked by its model with every fault at once."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from msgspec import Struct, ValidationError, convert

from hies_annot.errors import FaultsError, InputError
from hies_annot.model.every_fault import faults_of
from hies_annot.texts.yaml_file import yaml_of

Model = TypeVar("Model", bound=Struct)


def read_yaml(path: Path, what: str) -> object:
    """Return the content of a file, an empty mapping where it has none; `what` names its kind.

    Raises:
        InputError: the file is missing, no YAML, or has more of something than is read.
    """
    try:
        data = yaml_of(path)
    except FileNotFoundError:
        raise InputError(f"this {what} does not exist", file=str(path)) from None
    except ValueError as fault:
        raise InputError(str(fault), file=str(path)) from None
    return {} if data is None else data


def checked(model: type[Model], data: object, *, source: str) -> Model:
    """Return the content of a file as its model.

    Raises:
        FaultsError: every key that is unknown or has a wrong value, a line each.
    """
    try:
        return convert(data, model)
    except ValidationError:
        faults = [f"{source}: {fault}" for fault in faults_of(model, data)]
        raise FaultsError(faults) from None
