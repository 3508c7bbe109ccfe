"""Why packages could not be installed, in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.ground.environment import reason

LOG = Path("/x/pip.log")


@pytest.mark.parametrize(
    "log",
    [
        "WARNING: Retrying ... NewConnectionError('Failed to establish a new connection')",
        "HTTPSConnectionPool(host='x', port=443): Max retries exceeded with url: /simple/",
        "[Errno -3] Temporary failure in name resolution",
        "ProxyError('Cannot connect to proxy.')",
    ],
)
def test_index_out_of_reach_is_said_with_what_to_do(log: str) -> None:
    told = reason(log, LOG)
    assert "tidak dapat dihubungi" in told
    assert "PIP_INDEX_URL" in told
    assert str(LOG) in told
    assert "\n" not in told


def test_wrong_hash_is_not_taken_for_a_network_fault() -> None:
    log = "ReadTimeout once\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE"
    assert "hash" in reason(log, LOG)


def test_full_disk_is_said() -> None:
    assert "disk habis" in reason("OSError: [Errno 28] No space left on device", LOG)


def test_anything_else_points_to_the_log() -> None:
    assert str(LOG) in reason("error: subprocess-exited-with-error", LOG)
