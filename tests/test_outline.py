"""course.yml is checked, and an error names the line."""

import re

import pytest
from conftest import ROOT

from coursekit.course.front import front_page
from coursekit.course.outline import outline, parse, root
from coursekit.errors import Plain

TEXT = (ROOT / "course.yml").read_text(encoding="utf-8")


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(("old", "new", "at", "says"), [
    ("title: First table", "titel: First table", "titel: First table", "Extra inputs"),
    ("minutes: {lesson: 85, assignment: 70}\n        needs: [s2_first_table]\n        case: fliggy\n        objectives:\n          - tell GMV",
     "minutes: {lesson: long, assignment: 70}\n        needs: [s2_first_table]\n        case: fliggy\n        objectives:\n          - tell GMV",
     "minutes: {lesson: long", "valid integer"),
    ("status: planned\n        minutes: {lesson: 120, assignment: 120}", "status: soon\n        minutes: {lesson: 120, assignment: 120}",
         "status: soon", "'ready' or 'planned'"),
    ("needs: [a4_how_sure, b1_room_nights]", "needs: [a4_how_sure, b9_nothing]", "needs: [a4_how_sure, b9_nothing]", "b9_nothing"),
    ("needs: [s1_first_numbers]", "needs: [a1_headline_numbers]", "needs: [a1_headline_numbers]\n        case: zhejiang", "no earlier lesson"),
    ("case: talent", "case: elsewhere", "case: elsewhere", "not among the cases"),
    ("words: [cell, name, takings,", "words: [cell, name, price,", "words: [cell, name, price,", "missing from the glossary"),
    ("words: [table, row, column, index, Series, DataFrame]", "words: [table, takings]", "words: [table, takings]", "again in"),
    ("  takings: Price times", "  turnover: Price times", "words: [cell, name, takings", "missing from the glossary"),
    ("  cell: A box", "  pixel: A dot.\n  cell: A box", "pixel: A dot", "no lesson teaches"),
    ("does: [s1_first_numbers, s2_first_table, a1_headline_numbers, d2_jobs, d3_did_it_help]",
     "does: [s1_first_numbers, a1_headline_numbers, d2_jobs, d3_did_it_help]", "does: [s1_first_numbers, a1_headline_numbers, d2_jobs", "without s2_first_table"),
    ("reads: [a1_headline_numbers, a2_session_profit, a3_funnel, a4_how_sure, b6_why_prices_lie]", "reads: [a1_headline]",
     "reads: [a1_headline]", "no lesson is named"),
    ("modules:\n", "modules: [\n", None, "not YAML"),
])  # fmt: skip
def test_an_error_names_its_line(old, new, at, says):
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    with pytest.raises(Plain, match=re.escape(says)) as caught:
        parse(text)
    if at:
        assert f"line {line_of(text, at)}:" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_lesson_named_twice_is_told():
    with pytest.raises(Plain, match="two lessons"):
        parse(TEXT.replace("id: s2_first_table", "id: s1_first_numbers"))


def test_every_lesson_of_the_syllabus_stands_in_the_outline():
    ids = [lesson.id for lesson in outline(ROOT).lessons()]
    counts = {letter: sum(i.startswith(letter) for i in ids) for letter in "sabcd"}
    assert counts == {"s": 2, "a": 6, "b": 7, "c": 6, "d": 3}  # c and capstone share a letter


def test_outside_a_course_the_folder_is_told(tmp_path):
    with pytest.raises(Plain, match=r"No course\.yml"):
        root(tmp_path)


def test_the_front_page_is_what_the_outline_makes():
    page = (ROOT / "curriculum" / "index.ipynb").read_text(encoding="utf-8")
    assert page == front_page(outline(ROOT))
    course = outline(ROOT)
    targets = re.findall(r"\]\(([^)#]+\.ipynb)\)", page)
    assert {t.split("/")[-1].removesuffix(".ipynb") for t in targets} == {*course.ready(), *course.rooms()}
    for target in targets:
        # working copies are made when the course is opened
        path = ROOT / "curriculum" / target.replace("../work/", "../exercises/")
        assert path.exists(), target
    headings = re.findall(r"### (.*?)\\n", page)
    for anchor in re.findall(r"\]\(#([^)]+)\)", page):
        assert anchor.replace("-", " ") in headings


def test_every_role_has_its_path_on_the_front_page():
    import nbformat

    course = outline(ROOT)
    cells = {c.id: c.source for c in nbformat.reads(front_page(course), as_version=4).cells}
    for role in course.roles:
        path = cells[f"index-role-{role.id}"]
        for lesson in course.lessons():
            assert (lesson.title in path) is (lesson.id in {*role.does, *role.reads})
        assert path.count("read only") == len(role.reads)
