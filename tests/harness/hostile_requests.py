"""Requests as no browser sends them: headers, addresses, bodies, and all of it at once by Hypothesis."""

import random
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from tests.harness.hostile import ARGUMENTS, FILES, OTHER_BUTTONS, TEXTS

HEADERS: dict[str, list[str]] = {
    "Accept": ["", "*/*;q=2", "text/html;q=abc", "application/json", ",,,;;;", "a" * 4000],
    "Accept-Language": ["", "en", "zh-TW,zh;q=0.9", "de-CH", "xx-yy-zz", "en;q=", "zh_CN@x", "-", ";;,", "e" * 3000],
    "Accept-Encoding": ["gzip;q=1e9", "\xff", "identity;q=0"],
    "Authorization": ["Basic %%%", "Bearer " + "x" * 3000, "Basic", "Negotiate YII="],
    "Cookie": [
        "", "session", "session=", "session=.eJx", "session=" + "A" * 3000, "session=.eJwNyEEKgCAQAMC_7LkO2Zp-JVxdQ0g",
        "a=b; " * 400, "=;=;=", 'session="\\377\\000"', "session=\xff\xfe", "remember_token=1|abc", "locale=zz",
    ],
    "Content-Length": ["-1", "abc", "99999999999999999999", "1.5", " "],
    "Content-Type": ["", "text/plain", "multipart/form-data", "application/json", "x/y; charset=utf-7", "\xff;;="],
    "Expect": ["100-continue", "nonsense"],
    "Host": ["", "a b", "[::1", "例子.中国".encode().decode("latin-1"), "x" * 300, "localhost:abc", "a\\@x", ".."],
    "If-Match": ["*", '"x"', "W/"],
    "If-Modified-Since": ["Thu, 31 Feb 2026 99:99:99 GMT", "0", "农历".encode().decode("latin-1"), "-" * 500],
    "If-None-Match": ["*", '"', 'W/"x", "y', "," * 500],
    "If-Range": ["x", '"'],
    "Origin": ["null", "http://evil.test", "\xff"],
    "Range": ["bytes=0-", "bytes=-1", "bytes=5-1", "bytes=0-0,1-1,2-2", "bytes=99999999999999999999-", "chapters=1"],
    "Referer": ["javascript:alert(1)", "http://[", "//", "http://localhost/" + "%ff" * 500, "http://localhost\x7f/"],
    "Traceparent": ["00-zz-zz-zz", "x" * 3000],
    "Transfer-Encoding": ["chunked", "gzip, chunked", "xchunked"],
    "User-Agent": ["", "\xff\xfe", "x" * 8000, "() { :;}; echo"],
    "X-Forwarded-For": ["999.999.999.999", "::", "a, b, c" * 300, "\xff", "127.0.0.1, unknown", "' OR 1=1"],
    "X-Forwarded-Host": ["evil.test", "a b", "\xff", "x" * 2000],
    "X-Forwarded-Port": ["-1", "99999", "x"],
    "X-Forwarded-Prefix": ["//evil", "../..", "\xff"],
    "X-Forwarded-Proto": ["javascript", "https, http", "\xff"],
    "X-HTTP-Method-Override": ["DELETE", "\xff"],
    "X-Request-ID": ["", "x" * 2000, "\xff\x7f", "%0d%0aSet-Cookie:a=b", "<script>", "一".encode().decode("latin-1")],
    "X-Requested-With": ["XMLHttpRequest", "\xff"],
}  # fmt: skip
"""What a header may hold, as the octets that WSGI hands over."""

ODD_PATHS = [
    "/\0", "/cases/\0", "/cases//", "//", "//cases", "///evil.test", "/./", "/../../etc/passwd", "/cases/..",
    "/cases/%2e%2e", "/cases/1/", "/CASES", "/cases;x=1", "/cases/1;jsessionid=2", "/\xff\xfe", "/\xed\xa0\x80",
    "/" + "a" * 5000,
    "/a" * 2000, "/static/", "/static/..", "/static/../config.py", "/static/%2e%2e/app.py", "/static/\0",
    "/static/" + "x" * 300, "/bootstrap/static/../../x",
    "/language", "/sign-in/", "/evidence/-1", "/evidence/1/thumbnail/", "/laws/apl/\xff",
    "/laws/\0/1", "/laws/apl/99999999999999999999", "/laws/x/62", "/campaigns/%s%s%n", "/campaigns/\r\nSet-Cookie: a=b",
    "/campaigns/\u202e".encode().decode("latin-1"), "/robots.txt", "/.git/config", "/wp-login.php", "*", "", "http://x/",
]  # fmt: skip
"""Paths as decoded octets: what a proxy may hand over."""

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
PART = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n'


def _file(disposition: str, content: bytes = b"x", more: str = "") -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="files"; {disposition}\r\n{more}\r\n'.encode(
        "utf-8", "surrogateescape"
    )
    return head + content + b"\r\n--b--\r\n"


BODIES: list[tuple[bytes, str]] = [
    (b"", FORM),
    (b"a=%ED%A0%80&a=%00&%ff=%fe&=&&==", FORM),
    (b"%" * 1000, FORM),
    (b"text=\xff\xfe\xed\xa0\x80", FORM),
    (b"text=" + "王".encode("gbk"), FORM + "; charset=gbk"),
    (b"text=" + "王".encode("utf-16"), FORM + "; charset=utf-16"),
    (b"&".join(b"f%d=1" % n for n in range(3000)), FORM),
    (b"&" * 1_000_000, FORM),
    (b"licences-%s-number=1" % (b"9" * 3000), FORM),
    (b"&".join(b"licences-%d-number=1" % (n * 10**9) for n in range(500)), FORM),
    (b"officers-0-officer=1&officers-00-officer=1&officers--1-officer=1&officers-\xd9\xa3-officer=1", FORM),
    (b'{"name": [1, {"a": null}]}', "application/json"),
    (b"[" * 5000, "application/json"),
    (b"<a/>", "text/xml"),
    (b"\xff\xfe\x00", "text/plain"),
    (b"x" * (5 * 1024 * 1024), FORM),
    (b"text=" + b"y" * (5 * 1024 * 1024), MULTIPART.replace("=b", "=text")),
    (b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nunended', MULTIPART),
    (PART + b"--b", MULTIPART),
    (b"--b\r\n\r\n--b--", MULTIPART),
    (b"--b--\r\n", MULTIPART),
    (b"no boundary", "multipart/form-data"),
    (b"x", "multipart/form-data; boundary=" + "b" * 500),
    (b"x", "multipart/form-data; boundary=\xe4\xb8"),
    (b"x", 'multipart/form-data; boundary=""'),
    (b"x", "multipart/form-data; boundary*=utf-16''%ff"),
    (b"x", "nonsense/\xff;;="),
    (PART * 3000 + b"--b--\r\n", MULTIPART),
    (b"--b\r\nX-Odd: " + b"y" * 70_000 + b"\r\n" + PART[5:] + b"--b--\r\n", MULTIPART),
    (b"--b\r\n" + b"X: y\r\n" * 5000 + b"\r\nx\r\n--b--\r\n", MULTIPART),
    (b"--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n", MULTIPART),
    (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", MULTIPART),
    (b"--b\r\nContent-Disposition: form-data; name=\xff\xfe\r\n\r\nx\r\n--b--\r\n", MULTIPART),
    (b'--b\nContent-Disposition: form-data; name="a"\n\nx\n--b--\n', MULTIPART),
    (_file('filename="\udcff\udcfe.jpg"'), MULTIPART),
    (_file('filename="../../../etc/passwd\0.jpg"'), MULTIPART),
    (_file("filename*=utf-16''%ff%fe"), MULTIPART),
    (_file("filename*=UTF-8''%ED%A0%80.jpg"), MULTIPART),
    (_file('filename="CON.jpg"', b"", "Content-Type: image/\xff\r\n"), MULTIPART),
    (_file('filename="a.jpg"', b"\xff\xd8\xff", "Content-Length: 99999999999\r\n"), MULTIPART),
    (_file('filename="a.jpg"', b"\xff\xd8\xff", "Content-Transfer-Encoding: base64\r\n"), MULTIPART),
    (_file(f'filename="{"长" * 5000}.jpg"'), MULTIPART),
]  # fmt: skip
"""Bodies that are not what their headers say, or more than anybody types."""


def odd_headers(chance: random.Random) -> list[tuple[str, str]]:
    """A few headers with anything in them."""
    return [(name, chance.choice(HEADERS[name])) for name in chance.sample(list(HEADERS), chance.randint(1, 4))]


def mutilated(chance: random.Random, number: int) -> Iterator[tuple[bytes, str]]:
    """Bodies that were cut, doubled or bitten on their way."""
    for _ in range(number):
        body, kind = chance.choice(BODIES)
        body = body[:20_000]
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(body) + 1)
            body = chance.choice(
                [body[:at], body[at:], body[:at] + body, body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]]
            )
        yield body, kind if chance.random() < 0.8 else chance.choice(BODIES)[1]


ANY_TEXT = st.one_of(
    st.sampled_from([text for text in TEXTS if len(text) < 2000]),
    st.text(max_size=60),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Co", "Cn", "Nd", "Nl", "Zs"]), max_size=20),
    st.dates().map(str),
    st.datetimes().map(lambda moment: f"{moment:%Y-%m-%d %H:%M}"),
    st.sampled_from(["2024-02-29", "2023-02-29", "0000-01-01", "10000-01-01", "农历丙午年六月初一", "民国115年7月15日",
                     "令和8年7月15日", "١٤٤٨-٠١-٣٠", "２０２６－０７－１５", "2026-07-15T25:00Z", "2026-W29-3"]),
    st.integers().map(str),
    st.floats().map(str),
    st.decimals().map(str),
)  # fmt: skip
"""What somebody might type, paste or send."""


@st.composite
def anything(draw: Any, names: list[str]) -> dict[str, Any]:
    """A request's arguments, fields, files and headers; ``names`` are those of the page's form."""
    known = [*names, *OTHER_BUTTONS, "csrf_token", "version"]
    field = st.one_of(st.sampled_from(known), st.text(max_size=12))
    query = draw(st.dictionaries(st.one_of(st.sampled_from(ARGUMENTS), st.text(max_size=8)), ANY_TEXT, max_size=4))
    form = draw(st.dictionaries(field, st.one_of(ANY_TEXT, st.lists(ANY_TEXT, max_size=3)), max_size=8))
    header = st.sampled_from([(name, value) for name, values in HEADERS.items() for value in values])
    sent = draw(st.lists(st.sampled_from(FILES), max_size=2))
    return {"query": query, "form": form, "headers": draw(st.lists(header, max_size=3)), "files": sent}
