"""How the commands of the law answer: one JSON document, or one line a problem on standard error and exit code 1."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeVar

import click

from .datafile import MalformedData

T = TypeVar("T")


def or_refuse(read: Callable[[], T]) -> T:
    """What ``read`` gives; a malformed data file ends the command."""
    try:
        return read()
    except MalformedData as error:
        refuse([str(error)])


def refuse(problems: Iterable[str]) -> NoReturn:
    """End the command: the data or the request is wrong, and nothing has been changed."""
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(1)


def dump(document: Any, indent: int | None = None) -> str:
    """The document as JSON, Chinese as it is."""
    return json.dumps(document, ensure_ascii=False, indent=indent)
