"""A visitor without a browser: reads pages and files, signs in, counts bytes on the wire.

Rule: speaks only to the server it was given; redirects to another host are not followed.
"""

from __future__ import annotations

import gzip
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any

from scripts.ground.trouble import Trouble

SIGN_IN = "/masuk/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back; `weight` is the number of bytes of the body as they travelled."""

    status: int
    address: str
    html: str
    weight: int


class Visitor:
    """One visitor with cookies of their own."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, address: str) -> Answer:
        """Read an address of the site."""
        return self._ask(address, None)

    def _ask(self, address: str, form: dict[str, str] | None) -> Answer:
        url = urllib.parse.urljoin(self.base, address)
        if not url.startswith(f"{self.base}/"):
            raise Trouble(f"{address} is not an address of the site.")
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        headers = {"Accept-Encoding": "gzip", "Referer": url}
        request = urllib.request.Request(url, data, headers)
        try:
            answer: Any = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            body = answer.read()
            plain = gzip.decompress(body) if answer.headers["Content-Encoding"] else body
            return Answer(answer.status, answer.url, plain.decode(errors="replace"), len(body))

    def sign_in(self, email: str, password: str) -> bool:
        """Sign in as a person does; whether it worked."""
        token = TOKEN.search(self.get(SIGN_IN).html)
        if token is None:
            return False
        form = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
        return SIGN_IN not in self._ask(SIGN_IN, form).address

    def cookies(self) -> dict[str, str]:
        """The names and values of the cookies."""
        return {cookie.name: cookie.value or "" for cookie in self.jar}
