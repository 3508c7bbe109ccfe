"""The sample register served for the measuring, and the answers of its pages.

Rule: a register of its own below `VAR_DIR`, so that no real firm is measured and none is changed;
all that was started ends with the block.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scripts.ground import children, port, run, web
from scripts.ground.audit.pages import LANGUAGES, PREFIX, Page, found
from scripts.ground.audit.rows import Row, answered
from scripts.ground.audit.visitor import Answer, Visitor
from scripts.ground.database import CARELESS, Cluster
from scripts.ground.prepared import database, prepare, sample_password
from scripts.ground.steps import Steps

HOST = "127.0.0.1"
ACCOUNT = "provinsi@contoh.id"


@dataclass(frozen=True)
class Target:
    """One page in one language, as it answered."""

    page: Page
    language: str
    url: str
    answer: Answer

    @property
    def key(self) -> tuple[str, str]:
        """What the rows call it."""
        return self.page.name, self.language


@contextmanager
def served(steps: Steps) -> Iterator[str]:
    """The address of the sample register, as production serves it, for the block."""
    with port.take(HOST, 0) as listener:
        number = listener.getsockname()[1]
        with database(steps, Cluster(extra=CARELESS), "AUDIT_DATABASE_URL") as env:
            env |= {"APP_MODE": "local", "HOST": HOST, "PORT": str(number)}
            env |= {"SAMPLE_PASSWORD": sample_password()}
            prepare(env, "--sample", str(run.FIRMS))
            with steps.step("Web server") as step:
                server = web.serve(env, listener)
                try:
                    web.wait_for_answer(server, HOST, number, step)
                except BaseException:
                    children.stop(server)
                    raise
            try:
                yield port.address(HOST, number)
            finally:
                children.stop(server)


def signed_in(base: str) -> Visitor | None:
    """A sample account's visitor; None where the account does not get in."""
    visitor = Visitor(base)
    return visitor if visitor.sign_in(ACCOUNT, sample_password()) else None


def targets_of(
    pages: list[Page], visitor: Visitor, staff: Visitor | None
) -> tuple[list[Target], list[Row]]:
    """The pages that are there, and a row for each with the status it answered with."""
    targets, rows = [], []
    for page in pages:
        who = staff if page.staff else visitor
        if who is None:
            continue
        whole: Page | None = page
        if page.link:
            whole = found(page, who.get(page.address).html)
        for language in LANGUAGES:
            if whole is None:
                rows.append(answered((page.name, language), 404, page.status))
                continue
            address = PREFIX[language] + whole.address
            answer = who.get(address)
            rows.append(answered((page.name, language), answer.status, page.status))
            if answer.status == page.status:
                targets.append(Target(page, language, visitor.base + address, answer))
    return targets, rows
