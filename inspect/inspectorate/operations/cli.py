"""``flask config``: what is set, and whether one may serve with it."""

import json
from typing import Any

import click

from ..config import SETTINGS, Setting, read


@click.command("config")
@click.option("--check", is_flag=True, help="Also see whether one may serve with it; exit 1 when not.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def config(check: bool, as_json: bool) -> None:
    """Show every setting with its value; secrets are not shown."""
    values = read()
    shown = {setting.name: _shown(setting, values[setting.name]) for setting in SETTINGS}
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        width = max(map(len, shown))
        for setting in SETTINGS:
            click.echo(f"{setting.name:<{width}}  {_in_words(shown[setting.name])}")
    if check:
        _check(values)


def _shown(setting: Setting, value: Any) -> Any:
    if setting.secret:
        return "set" if value else None
    return value if isinstance(value, bool | int | list | None) else str(value)


def _in_words(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _check(values: dict[str, Any]) -> None:
    from ..config import Misconfigured
    from ..trouble import before_serving

    try:
        for line in before_serving(values, listening=False):
            click.echo(f"Advice: {line}", err=True)
    except Misconfigured as error:
        for line in str(error).splitlines():
            click.echo(f"Error: {line}", err=True)
        raise click.exceptions.Exit(1) from None
