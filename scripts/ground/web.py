"""The web server of the site as it runs in production: gunicorn on a socket that is ours already.

Rule: whoever starts it waits for its first answer, so that no one is sent to a page that is not
there yet.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time

from scripts.ground import children
from scripts.ground.places import log_file
from scripts.ground.steps import Step
from scripts.ground.trouble import Trouble

WAIT = 60.0  # seconds for the first answer


def serve(env: dict[str, str], listener: socket.socket) -> subprocess.Popen[bytes]:
    """Start gunicorn on a socket that is bound already."""
    workers = os.environ.get("WEB_WORKERS") or "2"
    arguments = ["-m", "gunicorn", "ciayumajakuning.wsgi", "--bind", f"fd://{listener.fileno()}"]
    arguments += ["--workers", workers, "--worker-class", "gthread", "--threads", "4"]
    arguments += ["--preload", "--timeout", "120", "--graceful-timeout", "5", "--log-level"]
    arguments += ["warning", "--no-control-socket"]
    with log_file("web").open("ab") as log:
        return children.start(arguments, env, log, pass_fds=[listener.fileno()])


def _answered(host: str, number: int) -> int:
    """The status of the front page; 0 while nobody answers."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(target, number, timeout=WAIT)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def wait_for_answer(web: subprocess.Popen[bytes], host: str, number: int, step: Step) -> None:
    """Stay until the front page is answered; `Trouble` when the server ends before."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        status = _answered(host, number)
        if status:
            if status >= 500:
                step.label += f" (halaman depan galat {status}: lihat {log_file('web')})"
            return
        if web.poll() is not None:
            break
        step.note("menunggu jawaban pertama")
        time.sleep(0.05)
    raise Trouble(f"Server web tidak dapat dimulai: lihat sebabnya di akhir {log_file('web')}.")
