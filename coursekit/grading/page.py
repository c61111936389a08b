"""The report as a page: for the instructor, and without names for others.

In the copy for others stand no students, no code and no numbers below three; a wrong answer stands there when three gave the
same and no name is in it, for what one person wrote can tell who it was. Code is left out always: nobody can say that no name
is in it.
"""

import functools
import re
from pathlib import Path
from urllib.parse import quote

import numpy as np

from coursekit.grading.report import COUNTED, NOT_GRADED, NOT_HANDED_IN, OUTCOMES

STEPS = (0.5, 1, 2, 5, 10, 20, 50, 100)  # points that a bar may be wide
FEW = 3  # fewer people than these are not counted in the copy for others
FEWEST_SHOWN = 5  # submissions; of fewer nothing is told to others
ORDER = [*COUNTED, "unreadable", "could not run", NOT_GRADED, NOT_HANDED_IN]


def summary(found, tables, names=True):
    """What a report tells, in sentences."""
    table, came = tables["scores"], tables["mistakes"]
    count = functools.partial(_count, names=names)
    said = [f"{len(table)} students: {', '.join(f'{count(n)} {status}' for status, n in _statuses(table))}."]
    known = table["score"].dropna()
    waiting = table.loc[table["to_grade"] != "", "to_grade"]
    if len(waiting):
        open_ones = ", ".join(dict.fromkeys(" ".join(waiting).split()))
        said.append(
            f"{count(len(waiting))} of them {'waits' if len(waiting) == 1 else 'wait'} for a person to read {open_ones}; "
            "until then there is no score." + (" Import the files for Moodle and Canvas when all is read." if names else "")
        )
    elif len(known):
        said.append(f"Scores: mean {known.mean():.3g} of {table['max_score'].iloc[0]:g}, median {known.median():.3g}"
                    + (f", from {known.min():g} to {known.max():g}." if names else "."))  # fmt: skip
    rows = [row for row in _items(tables["items"], names) if row["difficulty"] is not None]
    all_told = len(rows) == tables["items"]["difficulty"].notna().sum()  # else the hardest may be one that is not told
    if rows and all_told and (hardest := min(rows, key=lambda row: row["difficulty"]))["difficulty"] < 1:
        said.append(
            f"The hardest question is {_called(found, hardest['question'])}: {_percent(hardest['difficulty'])} of its points were earned."
        )
    named = came[came["kind"] == "named"]
    if len(named):
        first = named.iloc[0]
        if first["count"] >= (2 if names else FEW):
            said.append(
                f"The most frequent named mistake, {first['count']} of {_ran(table)}, in {_called(found, first['question'])}: {first['message']}"
            )
        elif names:
            said.append("No named mistake was made more than once.")
    left = tables["groups"]["count"].sum()
    if left:
        said.append(f"{count(left)} wrong answers match no named mistake; equal ones together, they are {len(tables['groups'])}.")
    if anew := came["anew"].sum():
        said.append(
            f"{count(anew)} {'answer was' if anew == 1 else 'answers were'} explained anew: the present release names the mistake, and nothing was run again."
        )
    seconds = [sum(one["seconds"] for one in result["notebooks"].values()) for result in found.results.values()]
    if ran := [s for s in seconds if s]:
        said.append(f"A submission ran {np.median(ran):.2g} seconds (median).")
    return said


def _called(found, label):
    """A question by its title and its label."""
    title = found.titles.get(label)
    return f"{title} ({label})" if title else label


def _percent(share):
    return "–" if share is None else f"{np.floor(100 * share + 0.5):.0f}\u00a0%"


def _items(items, names):
    """The rows of questions. For others a number of people below three is neither told nor left to be computed from the rest."""
    rows = _records(items)
    for row in [] if names else rows:
        counts = [row[kind] for kind in OUTCOMES]
        if any(0 < n < FEW for n in counts):
            row |= dict.fromkeys(OUTCOMES)
        if any(0 < n < FEW for n in (counts[0], sum(counts[1:]))):
            row |= dict.fromkeys(("mean", "difficulty", "discrimination"))
    return rows


def _statuses(table):
    counts = table["status"].value_counts().to_dict()
    return [
        (status, counts[status]) for status in sorted(counts, key=lambda one: (ORDER.index(one) if one in ORDER else 99, one))
    ]


def _ran(table):
    return int(table["status"].isin(COUNTED).sum())


def _count(n, names=True):
    """A number of people, as it may be told; None where it may not.

    >>> _count(2), _count(2, names=False), _count(0, names=False)
    ('2', 'fewer than 3', '0')
    """
    if n is None:
        return "–"
    return f"fewer than {FEW}" if not names and 0 < n < FEW else f"{n:,}"


def page(found, tables, names=True):
    """The page as HTML: self-contained, without a script. names: False for the copy that others may have."""
    table = tables["scores"]
    enough = names or _ran(table) >= FEWEST_SHOWN
    groups = [row for row in tables["groups"].to_dict("records") if names or row["count"] >= FEW]
    mistakes = [row for row in _records(tables["mistakes"]) if names or row["count"] >= FEW]
    known = None if names else _names(found.students)
    for row in groups:
        if known and known.search(row["words"]):
            row["words"] = "(left out, because a name is in it)"
    return _template().render(
        name=found.name, names=names, enough=enough, few=FEW, fewest=FEWEST_SHOWN, said=summary(found, tables, names) if enough else [],
        statuses=[(status, _count(n, names)) for status, n in _statuses(table)], ran=_ran(table),
        scores=_bars(found, table, names) if enough else None, outcomes=_outcomes(tables["items"]), items=_items(tables["items"], names), title=found.titles.get,
        mistakes=mistakes, rarer=len(tables["mistakes"]) - len(mistakes), groups=groups, left_out=len(tables["groups"]) - len(groups),
        students=_students(found, table) if names else [], questions=[q.label for q in found.questions],
        count=functools.partial(_count, names=names), link=functools.partial(_link, found),
    )  # fmt: skip


def _names(students):
    """A pattern of all ids, names and addresses of a class, as whole words."""
    words = {word.strip() for column in students.columns for word in students[column] if word.strip()}
    words |= {part for word in words for part in word.split()}
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(words)), re.I) if words else None


def _outcomes(items):
    """The outcomes that occurred, with their headings."""
    return {kind: heading for kind, heading in OUTCOMES.items() if items[kind].any()}


def _records(table):
    """Rows as dictionaries, in which what is not known is None."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def _link(found, student):
    """The address of a student's feedback page, or None."""
    return quote(found.links[student]) if student in found.links else None


def _students(found, table):
    """The rows of the table of students: by status, those first who wait for a person, then by score."""
    rows = _records(table)
    rows.sort(
        key=lambda row: (
            ORDER.index(row["status"]) if row["status"] in ORDER else 99,
            row["to_grade"] == "",
            -(row["score"] if row["score"] is not None else -1),
            row["student"],
        )
    )
    for row in rows:
        row["called"] = " ".join(part for part in (row["first_name"], row["last_name"]) if part)
    return rows


def _bars(found, table, names):
    """The distribution of scores as bars of a picture, with the sentence that says it; None when nobody has points.

    While answers wait for a person, it is that of the points of all other questions. In the copy for others the bars are as
    wide as they need to be for each to stand for three people or for none.
    """
    table = table[table["status"].isin(COUNTED)]
    questions = [q for q in found.questions if len(table) and table[q.label].notna().all()]
    whole = len(questions) == len(found.questions)
    points = table["score"] if whole else table[[q.label for q in questions]].sum(axis=1)
    most = sum(q.points for q in questions)
    if not len(points) or not most:
        return None
    points = points.clip(0, most)
    for step in [*(step for step in STEPS if most / step <= 10), most]:
        ends = np.append(np.arange(0, most, step), most)
        counts = np.histogram(points, ends)[0]
        if names or not ((counts > 0) & (counts < FEW)).any():
            break
    width, tall = 600 / len(counts), max(counts.max(), 1)
    bars = [
        {"x": 40 + i * width, "width": width - 4, "y": 170 - 150 * n / tall, "height": 150 * n / tall, "count": int(n),
         "label": f"{low:g}–{high:g}"}
        for i, (n, low, high) in enumerate(zip(counts, ends, ends[1:], strict=False))
    ]  # fmt: skip
    top = bars[int(counts.argmax())]
    of = "scores" if whole else "points of the questions that are graded for all"
    said = f"The {of} of {len(points)} submissions, of {most:g} points. The highest bar, {top['label']}, holds {top['count']}; the median is {points.median():.3g}."
    return {"bars": bars, "said": said, "listed": [(bar["label"], bar["count"]) for bar in bars]}


def _marked(text):
    """A sentence in which a name in back quotes is code."""
    from markupsafe import Markup, escape

    parts = str(text).split("`")
    return Markup("").join(Markup("<code>{}</code>").format(part) if i % 2 else escape(part) for i, part in enumerate(parts))


@functools.cache
def _template():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"number": lambda x: "–" if x is None else f"{x:.3g}", "points": lambda x: "–" if x is None else f"{x:g}"}
    made.filters |= {"percent": _percent, "marked": _marked}
    return made.get_template("report.html")
