"""What `scripts/audit` makes of the figures: judged by goals, told as a table and as JSON."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts.ground.audit import command, lighthouse, markup, pages, site, tools, walk, weights
from scripts.ground.audit.rows import NotRun, Row, answered, judged, missed, summary, table, write
from scripts.ground.audit.visitor import Answer
from scripts.ground.steps import Steps
from tests.scripts.walking import Walk, walking

HOME = ("home", "id")


def page(name: str) -> pages.Page:
    return next(each for each in pages.PAGES if each.name == name)


def target(name: str, html: str = "", weight: int = 0) -> site.Target:
    answer = Answer(200, "http://localhost/", html, weight)
    return site.Target(page(name), "id", "http://localhost/", answer)


def request(kind: str, priority: str, size: int, mime: str = "") -> dict[str, Any]:
    return {
        "url": "http://localhost/x",
        "resourceType": kind,
        "priority": priority,
        "transferSize": size,
        "mimeType": mime,
    }


def report(paint: float = 1500.0, **scores: float | None) -> dict[str, Any]:
    figures = {
        "largest-contentful-paint": paint,
        "cumulative-layout-shift": 0.001,
        "total-blocking-time": 0.0,
    }
    requests = [
        request("Document", "VeryHigh", 4096, "text/html"),
        request("Stylesheet", "VeryHigh", 10240, "text/css"),
        request("Font", "High", 15360, "font/woff2"),
        request("Image", "High", 2048, "image/svg+xml"),
        request("Image", "Low", 99999, "image/webp"),
        request("Script", "Low", 1024, "text/javascript"),
    ]
    audits: dict[str, Any] = {name: {"numericValue": value} for name, value in figures.items()}
    audits["network-requests"] = {"details": {"items": requests}}
    return {
        "categories": {
            name.replace("_", "-"): {"score": score, "auditRefs": []}
            for name, score in (scores or {"performance": 1}).items()
        },
        "audits": audits,
    }


# --- figures and goals --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value", "reached"),
    [
        ("largest paint", 2.0, True),
        ("largest paint", 2.01, False),
        ("Lighthouse SEO", 100, True),
        ("Lighthouse SEO", 99, False),
        ("HTML warnings", 3, None),
        ("axe violations", None, False),
    ],
)
def test_figure_is_judged_by_its_goal(
    measure: str, value: float | None, reached: bool | None
) -> None:
    assert judged(HOME, None, measure, value).reached is reached


def test_page_that_is_not_there_is_a_fault() -> None:
    row = answered(HOME, 404, 200)
    assert row.reached is False
    assert row.why == ("the page is not there",)
    assert answered(HOME, 404, 404).reached is True


def test_table_shows_goal_and_what_was_reached_and_why_not() -> None:
    rows = [
        judged(HOME, 390, "largest paint", 1.2345),
        judged(HOME, 1280, "axe violations", 1, ("label: Form elements must have labels",)),
        judged(HOME, None, "Lighthouse SEO", None),
        judged(HOME, None, "HTML warnings", 2),
    ]
    lines = table(rows).splitlines()
    cells = [line.split() for line in lines]
    assert cells[2] == ["home", "id", "390", "largest", "paint", "1.234", "s", "<=", "2", "yes"]
    assert cells[3][-3:] == ["<=", "0", "NO"]
    assert lines[4] == "    label: Form elements must have labels"
    assert cells[5][-4:] == ["failed", "points", ">=", "100", "NO"][-4:]
    assert cells[6][-1] == "-"


def test_summary_counts_what_was_not_run_as_neither() -> None:
    rows = [judged(HOME, 390, "largest paint", 1.0), judged(HOME, 390, "largest paint", 3.0)]
    said = summary(rows, [NotRun("HTML", "Java is not on this machine.")])
    assert said.splitlines() == [
        "Not run: HTML: Java is not on this machine.",
        "Missed: largest paint (1)",
        "1 reached, 1 missed, 1 not run",
    ]


def test_figures_as_json(tmp_path: Path) -> None:
    file = tmp_path / "new" / "audit.json"
    rows = [judged(HOME, 390, "largest paint", 3.0, ("slow",))]
    write(file, rows, [NotRun("HTML", "No Java.")], commit="abc", machine="2 cores")
    assert json.loads(file.read_text()) == {
        "commit": "abc",
        "machine": "2 cores",
        "rows": [
            {
                "page": "home",
                "language": "id",
                "width": 390,
                "measure": "largest paint",
                "value": 3.0,
                "unit": "s",
                "goal": "<= 2",
                "reached": False,
            }
        ],
        "not_run": [{"measure": "HTML", "reason": "No Java."}],
    }


# --- pages --------------------------------------------------------------------------------------


def test_pages_have_names_of_their_own() -> None:
    names = [each.name for each in pages.PAGES]
    assert len(set(names)) == len(names)


def test_quick_run_has_fewer_pages_and_a_named_page_comes_alone() -> None:
    quick = pages.chosen(quick=True, only=[])
    assert 0 < len(quick) < len(pages.chosen(quick=False, only=[]))
    assert [each.name for each in pages.chosen(quick=True, only=["/sentra/"])] == [
        "centres",
        "centre",
    ]


def test_page_is_found_on_its_list() -> None:
    html = '<a href="/usaha/">x</a> <a href="/usaha/rotan-jalan-u17/?dari=daftar">Rotan</a>'
    found = pages.found(page("firm"), html)
    assert found is not None
    assert found.address == "/usaha/rotan-jalan-u17/"
    assert pages.found(page("firm"), "<p>empty</p>") is None


def test_pages_of_staff_are_not_judged_as_search_results_nor_by_speed() -> None:
    assert lighthouse.categories_of(page("dashboard")) == ["accessibility", "best-practices"]
    assert "seo" not in lighthouse.categories_of(page("not found"))
    assert "seo" in lighthouse.categories_of(page("home"))


class Site:
    """A visitor to a site of three pages."""

    base = "http://localhost"

    def get(self, address: str) -> Answer:
        there = {"/sentra/": '<a href="/sentra/rotan/">', "/sentra/rotan/": "", "/en/sentra/": ""}
        return Answer(200 if address in there else 404, address, there.get(address, ""), 0)


def test_only_pages_that_are_there_are_measured_further() -> None:
    wanted = [page("centre"), page("firm"), page("dashboard")]
    targets, rows = site.targets_of(wanted, Site(), None)  # type: ignore[arg-type]
    assert [each.url for each in targets] == ["http://localhost/sentra/rotan/"]
    assert [(row.page, row.language, row.reached) for row in rows] == [
        ("centre", "id", True),
        ("centre", "en", False),
        ("firm", "id", False),
        ("firm", "en", False),
    ]


# --- Lighthouse ---------------------------------------------------------------------------------


def test_speed_is_the_median_of_all_runs() -> None:
    reports = [report(paint=ms) for ms in (1000.0, 9000.0, 1400.0)]
    rows = lighthouse.rows_of(HOME, 390, reports)
    figures = {row.measure: row.value for row in rows}
    assert figures == {
        "Lighthouse performance": 100,
        "largest paint": 1.4,
        "layout shift": 0.001,
        "blocking time": 0,
        "first view without photos": 32,
        "requests before first paint": 3,
    }


def test_looks_come_from_the_first_run_with_the_audits_that_cost_points() -> None:
    first = report(accessibility=0.9, best_practices=1, seo=None)
    first["categories"]["accessibility"]["auditRefs"] = [{"id": "label", "weight": 7}]
    node = {"node": {"selector": "input#q"}}
    first["audits"]["label"] = {"id": "label", "score": 0, "details": {"items": [node]}}
    rows = {row.measure: row for row in lighthouse.rows_of(HOME, 390, [first])}
    assert rows["Lighthouse accessibility"].why == ("label: input#q",)
    assert rows["Lighthouse best practices"].reached is True
    assert rows["Lighthouse SEO"].reached is False


def test_report_of_a_failed_run_is_no_report(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps({"runtimeError": {"message": "no page"}}))
    with pytest.raises(RuntimeError, match="no page"):
        lighthouse.read(file)


class Broken(lighthouse.Lighthouse):
    """One that gives no report."""

    def run(self, *_args: Any) -> dict[str, Any]:
        raise RuntimeError("no report")


def test_page_that_lighthouse_cannot_read_is_missed_not_left_out() -> None:
    rows = Broken("node", Path("x"), "chromium", 5).measure(target("home"), 390, {})
    assert [(row.value, row.reached, row.why) for row in rows] == [(None, False, ("no report",))]


# --- the other tools ----------------------------------------------------------------------------


def test_files_of_a_page_are_weighed_by_kind() -> None:
    html = (
        '<link rel="stylesheet" href="/a.css"><link rel="icon" href="/i.svg">'
        '<link rel="preload" as="font" href="/f.woff2"><script src="/s.js" defer></script>'
    )
    sizes = {"/a.css": 2048, "/f.woff2": 1024, "/s.js": 512}
    rows = weights.weigh(target("home", html, 4096), sizes.__getitem__)
    assert {row.measure: row.value for row in rows} == {
        "HTML": 4,
        "CSS": 2,
        "font": 1,
        "script": 0.5,
    }


def test_style_of_staff_is_not_held_against_the_public_goal() -> None:
    html = '<link rel="stylesheet" href="/a.css"><link rel="stylesheet" href="/kerja.css">'
    rows = weights.weigh(target("sign-in", html), lambda _name: 10240)
    assert {row.measure: row.reached for row in rows}["CSS with staff's"] is None


def test_errors_of_the_validator_fail_and_warnings_are_told() -> None:
    url = f"file:/x/{markup.name_of(HOME)}"
    messages = [
        {"type": "error", "url": url, "lastLine": 3, "message": "Stray end tag", "extract": "</b>"},
        {"type": "info", "subType": "warning", "url": url, "message": "Empty heading"},
        {"type": "error", "url": "file:/x/other.id.html", "message": "not ours"},
    ]
    errors, warnings = markup.rows_of([HOME], messages)
    assert (errors.value, errors.reached) == (1, False)
    assert errors.why == ("line 3: Stray end tag [</b>]",)
    assert (warnings.value, warnings.reached) == (1, None)


def test_validator_that_breaks_off_fails_all_pages(tmp_path: Path) -> None:
    rows = markup.validate("false", Path("x.jar"), tmp_path, {HOME: "<p>"})
    assert [(row.value, row.reached) for row in rows] == [(None, False)]


def test_words_that_only_script_shows_are_named() -> None:
    assert walk.differing("Usaha kecil Salin", "Usaha  kecil\n") == ["Salin"]


def test_what_the_browser_saw_becomes_rows() -> None:
    violation = {"id": "label", "help": "Needs one", "nodes": [{"target": ["#q"]}] * 5}
    assert walk.said(violation) == "label: Needs one [#q; #q; #q and 2 more]"
    found = {"faults": [walk.said(violation)], "strangers": []}
    seen = {"rules": {"390": found}, "overflow": {"over": 12, "faults": ["table"]}, "script": []}
    assert [(r.measure, r.width, r.value) for r in missed(command.walked(HOME, seen))] == [
        ("axe violations", 390, 1),
        ("sideways scroll", 320, 12),
    ]
    assert missed(command.walked(HOME, {"error": "crashed"}))[0].why == ("crashed",)


@pytest.mark.parametrize(
    ("said", "enough"), [("v20.20.2", True), ("v18.16.0", True), ("v18.15.9", False), ("", False)]
)
def test_old_node_is_not_used(said: str, enough: bool) -> None:
    assert tools.new_enough(said) is enough


def test_missing_tools_are_each_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda _name: None)
    found = tools.ready(Steps())
    assert found.no_lighthouse == "Node is not on this machine."
    assert found.no_validator == "Java is not on this machine."


def test_what_cannot_run_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = command._arguments(["--tools", "html,axe,lighthouse", "--only", "home"])
    audit = command.Audit(Steps(), asked)
    monkeypatch.setattr(audit, "find", lambda _base: None)
    nothing = tools.Tools(no_lighthouse="No Node.", no_validator="No Java.")
    command._measure(audit, "http://localhost", nothing, "", "No Chromium.")
    assert [(each.measure, each.reason) for each in audit.not_run] == [
        ("HTML", "No Java."),
        ("axe", "No Chromium."),
        ("Lighthouse", "No Chromium."),
    ]
    assert audit.rows == []


@pytest.mark.parametrize(
    "arguments", [["--only", "nowhere"], ["--tools", "guess"], ["--runs", "0"]]
)
def test_wrong_arguments_end_before_any_work(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 2


def test_busy_machine_is_told() -> None:
    assert command.slow([]) == command.slow([1200.0]) == ""
    assert "784" in command.slow([700.0, 784.0, 1500.0])
    assert command.machine([784.0]).endswith("Lighthouse benchmark 784")


def test_packages_of_npm_are_pinned_without_an_address() -> None:
    wanted = json.loads((tools.PINNED / "package.json").read_text())["dependencies"]
    locked = json.loads((tools.PINNED / "package-lock.json").read_text())["packages"]
    assert wanted == {name: locked[f"node_modules/{name}"]["version"] for name in wanted}
    assert [name for name, each in locked.items() if "resolved" in each] == []
    assert [name for name, each in locked.items() if name and "integrity" not in each] == []


@pytest.mark.slow
def test_quick_run_measures_a_page_and_leaves_nothing(tmp_path: Path) -> None:
    for served in walking(Walk(tmp_path / "var")):
        file = tmp_path / "audit.json"
        done = subprocess.run(
            served.command("audit", "--quick", "--only", "home", "--json", str(file)),
            env=served.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert done.returncode in {0, 1}, done.stderr
        rows = [Row(**row) for row in json.loads(file.read_text())["rows"]]
        assert {(row.page, row.language) for row in rows} == {HOME, ("home", "en")}
        assert all(row.reached for row in rows if row.measure in {"answer", "HTML", "CSS"})
        assert rows[0].goal == "= 200"
        assert served.gone(5)
        assert list((served.var / "audit").glob("chrome-*")) == []
