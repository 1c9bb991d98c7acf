"""The headers that every answer carries, whatever it is: pages, refusals, redirects, files, downloads."""

from flask import Flask, Response, current_app, request

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}

HSTS = "max-age=31536000; includeSubDomains"
"""Browsers then come by TLS alone, for a year after the last visit."""


def init_app(app: Flask) -> None:
    """Attach the headers."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["BEHIND_TLS"]:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    ours_to_keep = response.status_code < 400 and (request.endpoint or "").endswith("static")
    if not ours_to_keep and not response.cache_control.no_store:
        # Nothing of a case file stays behind in a browser that others use too.
        response.headers["Cache-Control"] = "no-store"
    return response
