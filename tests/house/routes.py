"""Writes routes.txt anew: ``python -m tests.house.routes``."""

import sys

sys.path.insert(0, "inspect")


def main() -> None:
    """Write each route with the permission it declares."""
    from inspectorate import create_app
    from tests.house.test_routes import ROUTES, routes

    lines = (f"{permission} {route}\n" for route, permission in sorted(routes(create_app()).items()))
    ROUTES.write_text("".join(lines))


if __name__ == "__main__":
    main()
