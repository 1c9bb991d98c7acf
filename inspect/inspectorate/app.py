"""The application, put together: read it as a table of contents."""

from contextlib import suppress
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from . import addresses, cli, config, handlers, headers, i18n, screens, templating
from .backup import RESTORING
from .config import secret_from_file, settings
from .extensions import babel, bootstrap, csrf, db, engine_options, login_manager, migrate
from .law.texts import store
from .operations import observing
from .requests import PrintableRequest
from .web import NumberConverter, Route


class Inspectorate(Flask):
    """The application; its secret is read, or made, when it is first needed."""

    request_class = PrintableRequest
    url_rule_class = Route

    @property
    def secret_key(self) -> str:
        """Signs sessions and forms."""
        if not self.config["SECRET_KEY"]:
            self.config["SECRET_KEY"] = secret_from_file(self.config["DATA_DIR"])
        return str(self.config["SECRET_KEY"])

    @secret_key.setter
    def secret_key(self, value: str | None) -> None:
        self.config["SECRET_KEY"] = value


def build(overrides: dict[str, Any] | None = None) -> Flask:
    """Build the application; ``overrides`` go over the settings from the environment."""
    app = Inspectorate(str(__package__), template_folder=str(config.ROOT / "templates"))
    app.config.update(settings())
    app.config.update(overrides or {})
    store.use(app.config["DATA_DIR"] / store.FOLDER)
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(app.config["SQLALCHEMY_DATABASE_URI"]))
    _trust_proxies(app)
    observing.init_app(app)
    headers.init_app(app)
    handlers.init_app(app)
    addresses.init_app(app)
    _init_extensions(app)
    _register_areas(app)
    screens.init_screens(app)
    templating.init_app(app)
    cli.init_app(app)
    _end_killed_restore(app)
    return app


def _end_killed_restore(app: Flask) -> None:
    """Before the secret is read: it may be the one that a restore has left lying."""
    if (app.config["DATA_DIR"] / RESTORING).is_dir():
        from .backup.unfinished import settle

        with app.app_context():
            settle()


def _trust_proxies(app: Flask) -> None:
    """Take the client's address and scheme from as many proxies as were named; the name comes as ``Host``."""
    if number := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=0)  # type: ignore[method-assign]


def _init_extensions(app: Flask) -> None:
    from .audit import capture, seals
    from .search import entries

    with suppress(OSError):
        app.config["DATA_DIR"].mkdir(mode=0o700, parents=True, exist_ok=True)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=False, compare_type=True)
    babel.init_app(app, locale_selector=i18n.select_locale)
    app.jinja_env.globals.update(gettext=i18n.in_templates, _=i18n.in_templates)
    bootstrap.init_app(app)
    csrf.init_app(app)
    login_manager.init_app(app)
    capture.listen()
    entries.listen()
    seals.listen()


def _register_areas(app: Flask) -> None:
    from .areas import BLUEPRINTS

    app.url_map.converters["int"] = NumberConverter
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
