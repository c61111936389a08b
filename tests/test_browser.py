"""The course in JupyterLab, in Chromium: what a visitor, a trainee and an instructor see.

Left out, and said so, on a machine without Chromium; CI installs it.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from chromium import CHROMIUM, needs_chromium
from conftest import READY
from nbconvert.filters import markdown2html

from coursekit.course import rehearsal, release
from coursekit.course.copies import copy_path

NAME = "a1_headline_numbers"
SHOTS = os.environ.get("COURSEKIT_SHOTS")  # a folder that keeps the screenshots, to be looked at

pytestmark = needs_chromium


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
        for _ in range(1000):  # the gradebook takes every assignment first
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
    for what in (".jp-InputPrompt", ".jp-Notebook-ExecutionIndicator", ".jp-Dialog", ".jp-OutputArea-output"):
        # pytest shows it when the test has failed: where nobody sees the screen, this is all there is to look at.
        print(what, tab.locator(what).evaluate_all("all => all.map(each => each.dataset.status || each.textContent.slice(-300))"))
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
    run_all(page)


def test_a_demo_moves_by_keyboard_and_says_what_it_shows(server, page):
    page.goto(f"{server}/lab/tree/curriculum/start/s1_first_numbers.ipynb?reset")
    page.get_by_role("heading", name="Your first cell").wait_for()
    run_all(page)
    handle = page.locator(".noUi-handle").last
    handle.wait_for()
    handle.scroll_into_view_if_needed()
    handle.focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_text("is cut by 20 % to 100 yuan").first.wait_for()
    alt = page.locator('img[alt*="is cut by 20 %"]')
    alt.first.wait_for()


def test_the_livestream_room_is_run_by_keyboard_alone(server, course, page):
    """From the plan to the score with Tab, space bar and arrow keys; a restart of the kernel loses nothing."""
    page.goto(f"{server}/lab/tree/curriculum/a_livestream/livestream_room.ipynb?reset")
    page.get_by_role("heading", name="Your show", exact=True).wait_for()
    run_all(page)
    press_to(page, "Go on air", first="yuan for paid viewers")
    for _ in range(5):  # back to the stock of the last product
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("-4")
    press_to(page, "Go on air")
    page.keyboard.press("Space")
    page.locator('[role="status"]', has_text="The stock of linen shirt is -4").wait_for()
    for _ in range(5):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    press_to(page, "Go on air")
    page.keyboard.press("Space")
    page.locator('[role="status"]', has_text="You are on air").wait_for()
    press_to(page, "One minute on")
    page.keyboard.press("Space")
    page.get_by_text("Minute 1 of 60").first.wait_for()
    page.get_by_text("A viewer asks").first.wait_for()
    press_to(page, "Answer the question")
    page.keyboard.press("Space")
    page.locator('[role="status"]', has_text="Answered").wait_for()
    page.get_by_text("No question waits").first.wait_for()
    press_to(page, "Coupon of 10 yuan", back=True)
    page.keyboard.press("Space")
    page.locator('[role="status"]', has_text="A coupon of 10 yuan runs").wait_for()
    press_to(page, "Start", back=True)
    page.keyboard.press("Space")
    page.get_by_text("Minute 3 of 60").first.wait_for()
    page.keyboard.press("Space")
    page.locator('[role="status"]', has_text="Paused").wait_for()
    shoot(page, "room-on-air")
    minute = page.locator("figcaption").last.inner_text().split(":")[0]
    page.get_by_text("Kernel", exact=True).first.click()
    page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
    page.locator(".jp-Dialog button", has_text="Restart").click()
    page.get_by_role("button", name="To the end").wait_for()
    page.get_by_text(minute).first.wait_for()
    press_to(page, "To the end", first="Start")
    page.keyboard.press("Space")
    page.get_by_text("What happened, and the lesson that teaches each number").wait_for()
    shoot(page, "room-after")
    assert not page.get_by_text("Your regret is").count()
    press_to(page, "What was the best plan?", first="What was the best plan?")
    page.keyboard.press("Space")
    page.get_by_text("on 20 other evenings").wait_for(timeout=400_000)
    shoot(page, "room-score")
    diary = json.loads((course / "curriculum" / "a_livestream" / "my shows.json").read_text(encoding="utf-8"))
    assert [(e["minute"], [a["do"] for a in e["acts"]]) for e in diary] == [(60, ["answer", "coupon"])]


def test_the_inn_is_run_by_keyboard_alone(server, course, page):
    """From a refused rate to the score with Tab and space bar; a restart of the kernel loses nothing."""
    page.goto(f"{server}/lab/tree/curriculum/b_homestay/practice_inn.ipynb?reset")
    page.get_by_role("heading", name="What you can set", exact=True).wait_for()
    run_all(page)
    rate = page.get_by_label("rate, yuan")
    rate.wait_for()
    rate.focus()
    for value, said in (("0", "A rate is 0"), ("444", "cost 444 yuan")):
        page.keyboard.press("Control+a")
        page.keyboard.type(value)
        press_to(page, "Set the rate")
        page.keyboard.press("Space")
        page.locator('[role="status"]', has_text=said).wait_for()
        page.keyboard.press("Shift+Tab")
    press_to(page, "weekend", back=True)
    page.keyboard.press("Space")
    press_to(page, "Set the shortest stay")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    press_to(page, "Set the shortest stay")
    page.keyboard.press("Space")
    page.locator('[role="status"]', has_text="only stays of 2 nights or more begin").wait_for()
    press_to(page, "One day on")
    page.keyboard.press("Space")
    page.get_by_text("1 of 90 nights are over").first.wait_for()
    press_to(page, "Start", back=True)
    page.keyboard.press("Space")
    page.get_by_text("3 of 90 nights are over").first.wait_for()
    page.keyboard.press("Space")
    page.locator('[role="status"]', has_text="Paused").wait_for()
    shoot(page, "inn-evening")
    evening = page.locator("figcaption").last.inner_text().split(",")[0]
    page.get_by_text("Kernel", exact=True).first.click()
    page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
    page.locator(".jp-Dialog button", has_text="Restart").click()
    page.get_by_role("button", name="To the end").wait_for()
    page.get_by_text(evening).first.wait_for()
    press_to(page, "To the end", first="Start")
    page.keyboard.press("Space")
    page.get_by_text("What happened, and the lesson that teaches each number").wait_for()
    shoot(page, "inn-after")
    assert not page.get_by_text("Your regret is").count()
    press_to(page, "What was the best card?", first="What was the best card?")
    page.keyboard.press("Space")
    page.get_by_text("The card of three rates").wait_for(timeout=400_000)
    shoot(page, "inn-score")
    diary = json.loads((course / "curriculum" / "b_homestay" / "my inns.json").read_text(encoding="utf-8"))
    assert [(e["day"], [(s["set"], s["to"], s["nights"]) for s in e["settings"]]) for e in diary] == [
        (90, [("rate", 444, "all"), ("minimum", 2, "weekend")])
    ]


def test_the_promotion_desk_is_run_by_keyboard_alone(server, course, page):
    """From a refused plan to the score with Tab and space bar; a restart of the kernel loses nothing."""
    page.goto(f"{server}/lab/tree/curriculum/c_promotion/practice_desk.ipynb?reset")
    page.get_by_role("heading", name="What you can plan", exact=True).wait_for()
    run_all(page)
    coupons = page.get_by_label("night coupons", exact=True)
    coupons.wait_for()
    page.get_by_role("heading", name="Plan the weekend from").scroll_into_view_if_needed()
    shoot(page, "desk-form")
    for value, said in (("-4", "The number of night coupons is -4"), ("20", "It is Friday noon")):
        coupons.focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(value)
        press_to(page, "send it")
        page.keyboard.press("Space")
        press_to(page, "Begin the weekend")
        page.keyboard.press("Space")
        page.locator('[role="status"]', has_text=said).wait_for()
    press_to(page, "One step on", first="Start")
    page.keyboard.press("Space")
    page.get_by_text("step 1 of 30").first.wait_for()
    press_to(page, "Open night coupons")
    page.keyboard.press("Space")
    page.locator('[role="status"]', has_text="10 further night coupons").wait_for()
    press_to(page, "Start", back=True)
    page.keyboard.press("Space")
    page.get_by_text("step 3 of 30").first.wait_for()
    page.keyboard.press("Space")
    page.locator('[role="status"]', has_text="Paused").wait_for()
    shoot(page, "desk-weekend")
    moment = page.locator("figcaption").last.inner_text().split(":")[0]
    page.get_by_text("Kernel", exact=True).first.click()
    page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
    page.locator(".jp-Dialog button", has_text="Restart").click()
    page.get_by_role("button", name="To the end").wait_for()
    page.get_by_text(moment).first.wait_for()
    press_to(page, "To the end", first="Start")
    page.keyboard.press("Space")
    page.get_by_text("What happened, and the lesson that teaches each number").wait_for()
    shoot(page, "desk-after")
    assert not page.get_by_text("Your regret is").count()
    press_to(page, "What was the best plan?", first="What was the best plan?")
    page.keyboard.press("Space")
    page.get_by_text("The plan that was found:").wait_for(timeout=400_000)
    shoot(page, "desk-score")
    diary = json.loads((course / "curriculum" / "c_promotion" / "my weekends.json").read_text(encoding="utf-8"))
    assert [(e["step"], e["plan"]["nights"]["coupons"], [a["do"] for a in e["acts"]]) for e in diary] == [(30, 20, ["coupons"])]


def run_all(page):
    """Run every cell, and see that one has begun: a menu that is opened too early does nothing, and says nothing."""
    from playwright.sync_api import TimeoutError as PlaywrightTimeout

    state = page.locator(".jp-Notebook-ExecutionIndicator").first
    state.and_(page.locator('[data-status="idle"]')).wait_for()
    for _ in range(3):
        page.get_by_text("Run", exact=True).first.click()
        page.get_by_text("Run All Cells", exact=True).click()
        try:
            page.locator(".jp-InputPrompt", has_text=re.compile(r"\[[*\d]+\]")).first.wait_for(timeout=20_000)
            return
        except PlaywrightTimeout:
            continue
    raise AssertionError(f"No cell of {page.url} begins to run; the kernel is {state.get_attribute('data-status')}.")


def press_to(page, name, first=None, back=False):
    """Go with the Tab key to a button; first: the control at which the keyboard starts."""
    if first:
        start = page.get_by_role("button", name=first, exact=True).or_(page.get_by_label(first, exact=True)).first
        start.wait_for()
        start.focus()
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent") == name:
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"The Tab key does not reach {name!r}.")


def shoot(page, name):
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


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
    from coursekit import charts
    from coursekit.checks import Panel
    from coursekit.course.front import front_page
    from coursekit.course.outline import outline
    from coursekit.demos.livestream import headline_to_net
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
    values, says = headline_to_net()
    picture = charts.bars(values, title="One show", unit="yuan", says=says)._repr_html_().replace("<details>", "<details open>")
    assert violations(page, "".join([*parts, picture])) == []
    # It bites: a picture without words, and a text too pale to read.
    assert "image-alt" in violations(page, "<h1>x</h1>" + picture.replace(f'alt="{says}"', ""))
    assert "color-contrast" in violations(page, '<h1>x</h1><p style="color:#bbb">pale</p>')
