"""A small OpenID provider on this machine: what it tells can be set, truthful or not."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

CLIENT, SECRET = "inspectorate", "client secret of the tests"


@dataclass
class Provider:
    """One provider; ``claims`` go into the identity token over the usual ones."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    signed: str = "RS256"
    honest: bool = True
    error: str | None = None
    moved: bool = False
    issued: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, Any] = field(
        default_factory=lambda: {
            "RS256": RSAKey.generate_key(2048, {"kid": "r"}),
            "ES256": ECKey.generate_key("P-256", {"kid": "e"}),
            "HS256": OctKey.import_key(SECRET),
        }
    )

    def metadata(self) -> dict[str, Any]:
        """What the provider says of itself."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
        }

    def jwks(self) -> dict[str, Any]:
        """The public keys."""
        return {"keys": [self.keys[name].as_dict(private=False) for name in ("RS256", "ES256")]}

    def authorize(self, location: str) -> str:
        """The person has proved who it is: where the browser is sent back to, with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert asked["client_id"] == CLIENT and asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256" and asked["nonce"] and asked["state"]
        back = urlsplit(asked["redirect_uri"]).path
        if self.error:
            return f"{back}?error={self.error}&state={asked['state']}"
        code = f"code{len(self.issued)}"
        self.issued[code] = asked
        return f"{back}?code={code}&state={asked['state']}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The identity token for a code: once, and only for who holds the proof key."""
        asked = self.issued.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if asked is None or proof.decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        from inspectorate import clock

        now = int(clock.now().timestamp())
        usual = {"iss": self.address, "aud": CLIENT, "sub": "42", "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {name: value for name, value in (usual | self.claims).items() if value is not None}
        key = self.keys[self.signed] if self.honest else type(self.keys[self.signed]).generate_key()
        header = {"alg": self.signed, **({"kid": self.keys[self.signed].kid} if self.signed != "HS256" else {})}
        signed = jwt.encode(header, claims, key, algorithms=[self.signed])
        return 200, {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@contextmanager
def running() -> Iterator[Provider]:
    """The provider on a free port of this machine."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {"/.well-known/openid-configuration": provider.metadata, "/keys": provider.jwks}
            path = urlsplit(self.path).path
            if provider.moved and not path.startswith("/moved"):
                self.send_response(302)
                self.send_header("Location", f"/moved{path}")
                self.end_headers()
                return
            self._send(200, answers[path.removeprefix("/moved")]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send(*provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _send(self, status: int, content: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
