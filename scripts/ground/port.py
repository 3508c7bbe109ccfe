"""The address to serve on: taken at the very start and kept until the web server listens on it.

Rule: a port that another program has is found before any long work and told in one sentence; ours
cannot be lost in between, because the bound socket itself is handed to the web server.
"""

from __future__ import annotations

import errno
import os
import socket
import time

from scripts.ground.trouble import Trouble

LEAVING = 4.0  # seconds that a server of ours may need to leave after its script was killed


def wanted() -> tuple[str, int]:
    """HOST and PORT of the environment."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise Trouble(f"PORT adalah '{text}', padahal harus angka antara 1 dan 65535.")
    return os.environ.get("HOST") or "127.0.0.1", int(text)


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # Reuse passes over connections that are still closing, and nothing else …
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # … and once bound it is withdrawn, so that nobody can bind beside us before we listen.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    except OSError:
        listener.close()
        raise
    return listener


def take(host: str, port: int, patience: float = LEAVING) -> socket.socket:
    """Bind the port, waiting a little for one that is being left; `Trouble` when it is taken."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return _bind(host, port)
        except socket.gaierror:
            raise Trouble(f"HOST '{host}' bukan alamat yang dikenal di mesin ini.") from None
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Trouble(
                    f"Port {port} hanya boleh dipakai administrator: pilih port lain, "
                    "misalnya PORT=8001 scripts/run."
                ) from None
            if error.errno == errno.EADDRNOTAVAIL:
                raise Trouble(f"HOST '{host}' bukan alamat mesin ini.") from None
            if error.errno != errno.EADDRINUSE:
                raise
        if time.monotonic() >= deadline:
            raise Trouble(
                f"Port {port} sedang dipakai program lain: hentikan program itu, "
                f"atau pilih port lain, misalnya PORT={port + 1} scripts/run."
            )
        time.sleep(0.2)


def address(host: str, port: int) -> str:
    """The address for a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"
