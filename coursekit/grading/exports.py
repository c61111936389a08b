"""A class's scores as CSV: one that opens everywhere, and the layouts that Moodle and Canvas import."""

import csv
import io
import math

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a text begins that a spreadsheet would run
BOM = "\ufeff"  # by which Excel knows that a file is UTF-8
NO_GRADE = "-"  # in Moodle


def plain(cell):
    """A cell as every spreadsheet takes it: text is never a formula, what is not known is empty, a number has a point.

    >>> plain("=1+1"), plain(-2.0), plain(float("nan")), plain(6.5)
    ("'=1+1", '-2', '', '6.5')
    """
    if cell is None or isinstance(cell, float) and math.isnan(cell):
        return ""
    if isinstance(cell, (int, float)):
        return format(cell, ".12g")
    text = str(cell).replace("\0", "")
    return f"'{text}" if text.startswith(FORMULA) and text != NO_GRADE else text


def _csv(rows, start=""):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([plain(cell) for cell in row] for row in rows)
    return (start + out.getvalue()).encode()


def scores_csv(table):
    """The table of scores: UTF-8 with a mark that says so, every cell quoted.

    Text that begins like a formula has an apostrophe before it; take it off where a name is to be read by a program.
    """
    return _csv([list(table.columns), *table.itertuples(index=False, name=None)], BOM)


def moodle_csv(found, table):
    """For Grades ▸ Import ▸ CSV file: choose one of the first three columns to map users by, and map the others by their names.

    Source: Moodle's own importer, grade/import/csv/classes/load_data.php. A user is found by ID number, email address or
    username; "-" is no grade, while an empty cell of a new column can become 0.
    """
    score = f"Assignment: {found.name} (Real)"
    rows = [["Username", "ID number", "Email address", "First name", "Last name", score, f"Feedback: {found.name}"]]
    for one, row in zip(found.students.itertuples(), table.itertuples(), strict=True):
        known = [one.student, one.lms_user_id, one.email, one.first_name, one.last_name]
        rows.append([*known, NO_GRADE if math.isnan(row.score) else row.score, _says(row)])
    return _csv(rows)


def _says(row):
    """What a student may read beside the score."""
    return "Not all is read yet." if row.to_grade else row.status


def canvas_csv(found, table):
    """For Grades ▸ Import: students by their Canvas ID (nbgrader's lms_user_id) or SIS login ID, and the points possible.

    Source: Canvas's own importer, lib/gradebook_importer.rb: the order of the first five columns, and the row whose first cell
    holds "Points Possible". An assignment is found by its title, or made anew; an empty cell is no grade.
    """
    points = sum(q.points for q in found.questions)
    rows = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", found.name],
        ["    Points Possible", "", "", "", "", points],
    ]
    for one, row in zip(found.students.itertuples(), table.itertuples(), strict=True):
        name = ", ".join(part for part in (one.last_name, one.first_name) if part) or one.student
        rows.append([name, one.lms_user_id, "", one.student, "", row.score])
    return _csv(rows)
