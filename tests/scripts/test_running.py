"""`scripts/run` and `scripts/manage` for real: first start, second start, every kind of end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.ground import server
from scripts.ground.identity import NO_NAMESPACE
from tests.scripts.walking import Walk, clean_environment, copy_checkout, walking

pytestmark = pytest.mark.slow

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
SECONDS_LATER = 5.0
SOMEBODY = 12345
PUBLIC = "/usr/local/bin:/usr/bin:/bin"
SCRIPT, WEB, WORKER, POSTGRES = "__main__.py run", "gunicorn", "qcluster", "bin/postgres -D"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a copy that has been served once."""
    for walk in walking(Walk(tmp_path_factory.mktemp("prepared") / "var")):
        walk.start()
        assert walk.stop() == 0
        yield walk.var


@pytest.fixture
def walk(prepared: Path, tmp_path: Path) -> Iterator[Walk]:
    """A copy of its own whose first start is done."""
    var = tmp_path / "var dir"
    shutil.copytree(prepared, var)
    yield from walking(Walk(var))


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another program that happens to run."""
    with subprocess.Popen(["sleep", "600"], cwd=tmp_path) as process:
        yield process
        assert process.poll() is None
        process.kill()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that every user may enter."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_first_start_shows_addresses_and_accounts(tmp_path: Path) -> None:
    for walk in walking(Walk(tmp_path / "var")):
        assert walk.start() < 300
        for path in ("/", "/katalog/usaha/", "/kelola/", "/kerja/dasbor/"):
            assert f"http://127.0.0.1:{walk.port}{path}" in walk.said
        assert "provinsi@contoh.id" in walk.said
        password = (walk.var / "sample_password").read_text().strip()
        assert f"kata sandi: {password}" in walk.said
        assert (walk.var / "sample_password").stat().st_mode & 0o777 == 0o600
        assert walk.page() == 200


def test_later_start_is_quick_and_shows_the_same_password(walk: Walk) -> None:
    walk.start()
    first = walk.said
    assert walk.stop() == 0
    assert walk.start() < SECONDS_LATER
    assert walk.said.split("kata sandi")[1] == first.split("kata sandi")[1]


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_stop_ends_all_and_reports_success(
    walk: Walk, way: int, stranger: subprocess.Popen[bytes]
) -> None:
    walk.start()
    assert walk.pids(WEB)
    assert walk.pids(WORKER)
    assert walk.pids(POSTGRES)
    assert walk.stop(way) == 0
    assert walk.gone(1)


@pytest.mark.parametrize(
    "victims",
    [
        (SCRIPT,),
        (WEB,),
        (WORKER,),
        (POSTGRES,),
        (SCRIPT, WEB, WORKER, POSTGRES),
        (SCRIPT, "keeper"),
        ("",),
    ],
    ids=["script", "web", "worker", "postgres", "each", "script and keeper", "all"],
)
def test_after_kill_9_the_next_start_works(
    walk: Walk, victims: tuple[str, ...], stranger: subprocess.Popen[bytes]
) -> None:
    walk.start()
    walk.kill(*victims)
    assert walk.script is not None
    assert walk.script.wait(30) != 0
    walk.start()
    assert walk.page() == 200
    assert walk.stop() == 0
    assert walk.gone()


@pytest.mark.parametrize("part", [WEB, WORKER])
def test_kill_9_of_the_head_of_a_part_leaves_none_of_its_children(walk: Walk, part: str) -> None:
    walk.start()
    head = min(walk.pids(part))
    os.kill(head, signal.SIGKILL)
    assert walk.script is not None
    assert walk.script.wait(30) == 1
    assert walk.gone(1)
    assert "Traceback" not in walk.said


def test_kill_9_of_the_script_takes_all_with_it(walk: Walk) -> None:
    walk.start()
    walk.kill(SCRIPT)
    assert walk.gone(10)


def test_pid_of_a_stranger_in_the_old_file_does_no_harm(
    walk: Walk, stranger: subprocess.Popen[bytes]
) -> None:
    file = walk.var / "postgres" / "postmaster.pid"
    file.write_text(f"{stranger.pid}\n{walk.var}/postgres\n1\n5432\n/nowhere\n\n1 1\nready   \n")
    walk.start()
    assert walk.page() == 200


def test_two_copies_serve_side_by_side(walk: Walk, prepared: Path, tmp_path: Path) -> None:
    var = tmp_path / "other"
    shutil.copytree(prepared, var)
    for other in walking(Walk(var)):
        walk.start()
        other.start()
        assert walk.page() == other.page() == 200
        assert walk.stop() == 0
        assert other.page() == 200
        assert other.stop() == 0


def test_manage_uses_the_server_of_run_and_leaves_it(walk: Walk) -> None:
    walk.start()
    assert walk.manage("check").returncode == 0
    assert walk.page() == 200


def test_commands_that_begin_at_once_from_nothing_share_one_server(tmp_path: Path) -> None:
    for walk in walking(Walk(tmp_path / "var")):
        command = walk.command("manage", "shell", "-v", "0", "-c", "print(1)")
        started = [
            subprocess.Popen(command, env=walk.environment, stdout=subprocess.PIPE, text=True)
            for _ in range(3)
        ]
        assert [each.communicate(timeout=120)[0] for each in started] == ["1\n"] * 3
        assert walk.gone(1)


def test_run_stopped_under_manage_leaves_the_database_to_it(walk: Walk) -> None:
    walk.start()
    held = subprocess.Popen(
        walk.command("manage", "shell", "-v", "0", "-c", QUERY_TWICE),
        env=walk.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout is not None
    assert held.stdout.readline() == "1\n"
    assert walk.stop() == 0
    assert held.communicate("\n")[0] == "1\n"
    assert held.returncode == 0
    assert walk.gone()


QUERY_TWICE = """
from django.db import connection
for round in range(2):
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        print(cursor.fetchone()[0], flush=True)
    if not round:
        input()
"""


def test_manage_passes_output_input_and_status(walk: Walk) -> None:
    code = "import sys; print(sys.stdin.read().upper(), end=''); sys.exit(7)"
    done = walk.manage("shell", "-v", "0", "-c", code, input="halo\n")
    assert done.stdout == "HALO\n"
    assert done.stderr == ""
    assert done.returncode == 7
    assert walk.gone(1)


def test_manage_passes_signals(walk: Walk) -> None:
    code = "import signal, time; print('in', flush=True); time.sleep(60)"
    held = subprocess.Popen(
        walk.command("manage", "shell", "-v", "0", "-c", code),
        env=walk.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout is not None
    held.stdout.readline()
    held.send_signal(signal.SIGTERM)
    assert held.wait(30) == 128 + signal.SIGTERM
    assert walk.gone(5)


def test_manage_works_before_any_other_command(tmp_path: Path) -> None:
    for walk in walking(Walk(tmp_path / "var")):
        code = "from registry.models import Firm, Regency; "
        code += "print(Firm.objects.count(), Regency.objects.exists())"
        assert walk.manage("shell", "-v", "0", "-c", code).stdout == "0 True\n"


def test_taken_port_is_one_sentence_before_any_work(tmp_path: Path) -> None:
    for walk in walking(Walk(tmp_path / "var")):
        with socket.create_server(("127.0.0.1", walk.port)):
            done = subprocess.run(
                walk.command("run"),
                env=walk.environment,
                capture_output=True,
                text=True,
                check=False,
            )
        assert done.returncode == 1
        assert f"Port {walk.port} sedang dipakai" in done.stderr
        assert done.stderr.strip().count("\n") == 0
        assert not walk.var.exists()


def test_index_out_of_reach_is_one_sentence(tmp_path: Path) -> None:
    root = copy_checkout(tmp_path / "copy", environment=False)
    settings = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_CONFIG_FILE": os.devnull}
    settings |= {"PIP_CACHE_DIR": str(tmp_path / "cache"), "PIP_FIND_LINKS": ""}
    for walk in walking(Walk(tmp_path / "var", root=root, **settings)):
        done = subprocess.run(
            walk.command("run"), env=walk.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert "Indeks paket Python tidak dapat dihubungi" in done.stderr
        assert "Traceback" not in done.stderr + done.stdout


def test_killed_installation_is_done_again_from_the_start(tmp_path: Path) -> None:
    root = copy_checkout(tmp_path / "copy", environment=False)
    for walk in walking(Walk(tmp_path / "var", root=root)):
        script = subprocess.Popen(walk.command("run"), env=walk.environment)
        log = walk.var / "log" / "pip.log"
        while not (log.exists() and "Installing collected" in log.read_text()):
            assert script.poll() is None
            time.sleep(0.02)
        time.sleep(0.5)
        script.kill()
        script.wait()
        assert walk.gone(5)
        assert not (root / ".venv" / "installed" / "requirements.txt").exists()
        walk.start()
        assert walk.page() == 200


def test_deep_path_with_spaces_under_a_private_parent(tmp_path: Path) -> None:
    parent = tmp_path / "pribadi"
    parent.mkdir(mode=0o700)
    root = copy_checkout(parent / "Rencana 'UMKM' & co" / ("d" * 120) / "salinan register")
    environment = clean_environment()
    for walk in walking(Walk(root / "var", root=root)):
        walk.start()
        assert walk.page() == 200
        assert walk.stop() == 0
    assert parent.stat().st_mode & 0o777 == 0o700
    assert environment == clean_environment()


@only_root
def test_root_without_namespaces_serves_and_changes_no_mode(tmp_path: Path) -> None:
    parent = tmp_path / "pribadi"
    parent.mkdir(mode=0o700)
    for walk in walking(Walk(parent / "var", **{NO_NAMESPACE: "1"})):
        walk.start()
        assert (walk.var / "postgres").stat().st_uid != 0
        assert walk.page() == 200
        assert walk.stop() == 0
        del walk.environment[NO_NAMESPACE]
        walk.start()
        assert walk.page() == 200
    assert parent.stat().st_mode & 0o777 == 0o700


@only_root
@pytest.mark.skipif(not shutil.which("setpriv"), reason="needs setpriv to become somebody else")
def test_ordinary_user_without_a_name_or_a_home_serves(open_folder: Path) -> None:
    root = copy_checkout(open_folder / "copy")
    subprocess.run(["chown", "-R", f"{SOMEBODY}:{SOMEBODY}", root], check=True)
    prefix = ("setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups")
    walk = Walk(root / "var", root=root, prefix=(*prefix, "env", "-u", "HOME"), PATH=PUBLIC)
    for each in walking(walk):
        each.var.mkdir()
        os.chown(each.var, SOMEBODY, SOMEBODY)
        each.start()
        assert each.page() == 200
        assert each.stop() == 0
        assert each.gone()


def test_data_of_another_version_are_left_alone(walk: Walk) -> None:
    version = walk.var / "postgres" / "PG_VERSION"
    version.write_text("12\n")
    done = walk.manage("check")
    assert done.returncode == 1
    assert "dibuat PostgreSQL 12" in done.stderr
    assert "Traceback" not in done.stderr


def test_interrupted_start_leaves_nothing_and_is_done_again(tmp_path: Path) -> None:
    for walk in walking(Walk(tmp_path / "var")):
        for moment in (0.3, 0.7, 1.2, 2.0, 4.0):
            script = subprocess.Popen(
                walk.command("run"), env=walk.environment, stdout=subprocess.DEVNULL
            )
            time.sleep(moment)
            script.send_signal(signal.SIGINT)
            # Before the command itself has begun the signal is the shell's, and that is fine too.
            assert script.wait(30) in {0, -signal.SIGINT}
            assert walk.gone(5)
        walk.start()
        assert walk.page() == 200


def test_socket_folder_that_was_swept_away_is_made_again(walk: Walk) -> None:
    walk.start()
    seen = server.running(walk.var / "postgres")
    assert seen is not None
    walk.kill(SCRIPT, "keeper")
    shutil.rmtree(seen.home)
    walk.start()
    assert walk.page() == 200
