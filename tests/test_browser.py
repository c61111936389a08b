"""The course in JupyterLab, in Chromium: what a visitor, a trainee and an instructor see.

Left out, and said so, on a machine without Chromium; CI installs it.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from conftest import READY
from nbconvert.filters import markdown2html

from coursekit.course import rehearsal, release
from coursekit.course.copies import copy_path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NAME = "a1_headline_numbers"
SHOTS = os.environ.get("COURSEKIT_SHOTS")  # a folder that keeps the screenshots, to be looked at

if not CHROMIUM:
    if os.environ.get("CI"):
        raise RuntimeError("CI must have Chromium: .ci/run installs it.")
    pytest.skip("Left out: these tests need Chromium, which is not on this machine.", allow_module_level=True)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course with a graded practice class."""
    from test_nbgrader import nbgrader

    folder = tmp_path_factory.mktemp("browser") / "course"
    root = Path(__file__).parents[1]
    left_out = shutil.ignore_patterns(".git", ".venv", "class", "work", "coursekit", "tests", "__pycache__", ".release-*")
    shutil.copytree(root, folder, ignore=left_out)
    release.gradebook(folder, [NAME])
    rehearsal.practice_class(folder, NAME, 5, seed=1)
    rehearsal.enroll(folder, 5)
    nbgrader(folder, "autograde", NAME)
    return folder


@pytest.fixture(scope="module")
def server(course):
    """The address of the JupyterLab that `coursekit lab` starts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = course.parent / "lab.log"
    command = [sys.executable, "-m", "coursekit", "lab", "--no-browser", f"--ServerApp.port={port}", "--IdentityProvider.token="]
    own = {f"JUPYTER_{kind}_DIR": str(course.parent / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=course, env={**os.environ, **own}, stdout=out, stderr=out, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api/status", timeout=5).close()
                break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")
        yield address
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, request):
    tab = browser.new_page(viewport={"width": 1280, "height": 1000})
    tab.set_default_timeout(60_000)
    yield tab
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=Path(SHOTS) / f"{request.node.name}.png")
    tab.close()


def test_a_role_is_chosen_on_the_front_page_and_leads_to_lesson_and_own_copy(server, page):
    page.goto(server)
    page.get_by_role("heading", name="Numbers for the show, the inn and the promotion").wait_for()
    page.get_by_role("link", name="Livestream host").click()
    heading = page.get_by_role("heading", name="Livestream host")
    heading.wait_for()
    page.wait_for_function("element => element.getBoundingClientRect().top < 500", arg=heading.element_handle())
    page.get_by_role("link", name="First numbers", exact=True).nth(1).click()
    page.get_by_role("heading", name="Your first cell").wait_for()
    page.goto(f"{server}/lab/tree/curriculum/index.ipynb?reset")
    page.get_by_role("link", name="Assignment: First numbers").first.click()
    page.get_by_role("heading", name="First numbers: assignment").wait_for()
    assert "/lab/tree/work/s1_first_numbers/s1_first_numbers.ipynb" in page.url


def test_a_wrong_answer_is_named_and_a_right_one_praised(server, course, page):
    path = copy_path(course, READY[0]).relative_to(course).as_posix()
    page.goto(f"{server}/lab/tree/{path}?reset")
    page.get_by_role("heading", name="First numbers: assignment").wait_for()
    solve(page, "s1-q1", "evening = tea_price + wine_price")
    panel = page.locator('[role="status"]', has_text="a known mistake").first
    panel.wait_for()
    assert "multiply each price by its own pieces" in panel.inner_text()
    solve(page, "s1-q1", "evening = tea_price * tea_pieces + wine_price * wine_pieces")
    page.locator('[role="status"]', has_text="evening is correct").first.wait_for()


def solve(page, question, code):
    """Put code in a question's solution cell and run the notebook up to its check, by keyboard."""
    cells = page.locator(".jp-Notebook .jp-Cell")
    cells.first.wait_for()
    editor = page.locator(".jp-CodeCell", has_text="evening = ").first.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("Escape")
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()


def test_a_demo_moves_by_keyboard_and_says_what_it_shows(server, page):
    page.goto(f"{server}/lab/tree/curriculum/start/s1_first_numbers.ipynb?reset")
    page.get_by_role("heading", name="Your first cell").wait_for()
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    handle = page.locator(".noUi-handle").last
    handle.wait_for()
    handle.scroll_into_view_if_needed()
    handle.focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_text("is cut by 20 % to 100 yuan").first.wait_for()
    alt = page.locator('img[alt*="is cut by 20 %"]')
    alt.first.wait_for()


def test_the_formgrader_names_the_mistake_and_shows_the_rubric(server, course, page):
    from nbgrader.api import Gradebook

    page.goto(f"{server}/formgrader/manage_submissions/{NAME}")
    page.get_by_text("Álvarez, Ana").first.wait_for()
    deeds = [d for d in rehearsal.practice_class(course, NAME, 5, seed=1) if d.message]
    with Gradebook(f"sqlite:///{course / 'class' / 'gradebook.db'}") as book:
        submission = book.find_submission(NAME, deeds[0].student).notebooks[0].id
    page.goto(f"{server}/formgrader/submissions/{submission}")
    page.get_by_text("Not yet: a known mistake").first.wait_for()
    words = " ".join(page.locator("body").inner_text().split())
    assert deeds[0].message in words
    assert "Rubric (not shown to trainees before grading)" in words


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What the course shows</title></head>
<body><main>{}</main></body></html>"""


def violations(tab, body):
    from axe_playwright_python.sync_playwright import Axe

    tab.set_content(PAGE.format(body))
    return [v["id"] for v in Axe().run(tab).response["violations"]]


def test_axe_finds_nothing_in_what_we_make(browser, page):
    """The front page, every kind of panel, a picture with its table, and a demonstration's first state."""
    from coursekit import charts, demos
    from coursekit.checks import Panel
    from coursekit.course.front import front_page
    from coursekit.course.outline import outline
    from coursekit.messages import SENTENCES

    course = outline(Path(__file__).parents[1])
    front = nbformat.reads(front_page(course), as_version=4)
    parts = [markdown2html(cell.source) for cell in front.cells]
    fields = dict.fromkeys(
        ["came", "label", "column", "error", "given", "missing", "missing_label", "extra", "extra_label", "wrong", "rows"], 2
    )
    fields |= {"text": True}
    statuses = {"right": "right", "unanswered": "unanswered"}
    parts += [
        Panel("rate", {"status": statuses.get(code, "form"), "code": code, **fields})._repr_html_()
        for code in SENTENCES
        if not code.startswith("differs")
    ]
    values, says = demos.headline_to_net()
    picture = charts.bars(values, title="One show", unit="yuan", says=says)._repr_html_().replace("<details>", "<details open>")
    assert violations(page, "".join([*parts, picture])) == []
    # It bites: a picture without words, and a text too pale to read.
    assert "image-alt" in violations(page, "<h1>x</h1>" + picture.replace(f'alt="{says}"', ""))
    assert "color-contrast" in violations(page, '<h1>x</h1><p style="color:#bbb">pale</p>')
