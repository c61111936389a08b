"""The sentences a check says. One place, so that they can be translated.

Messages of named mistakes are not here: they stand beside their question. A sentence is
never assembled from pieces; every variant is written out.
"""

import gettext
from pathlib import Path

_ = gettext.translation("coursekit", Path(__file__).parent / "locale", fallback=True).gettext

TITLES = {
    "right": _("Right"),
    "unanswered": _("Not answered yet"),
    "mistake": _("Not yet: a known mistake"),
    "stopped": _("The cell above stopped"),
}
OTHER_TITLE = _("Not yet")

SENTENCES = {
    "right": _("`{name}` is correct."),
    "right-seen": _("`{name}` is right for the numbers you see."),
    "right-unseen": _("`{name}` is right for other numbers too."),
    "unanswered": _("Put your answer in place of the three dots in the cell above: `{name} = ` and then the answer, on one line. Run that cell, then this check."),
    "unanswered-one": _("In `{name}`, \"{label}\" is still open: put your answer in place of its three dots."),
    "wrong": _("`{name}` is not what was asked, and it is no mistake known to this course. Look at three things: which numbers the question asks for and in which unit, what is divided by what, and where brackets are needed."),
    "wrong-text": _("`{name}` is not what was asked, and it is no mistake known to this course. Read the question and the table once more: which row answers it, and what exactly is written there?"),
    "older": _("It ended with an error, so `{name}` may still hold an older value. Read the last line of its message, repair the cell, run it, then run this check."),
    "missing-name": _("`{name}` does not exist yet: the cell above stopped with an error or has not been run. Run it, read the last line of its message, then come back."),
    # the form of one value
    "none": _("`{name}` holds nothing (None). A cell that ends in print(…) shows a value but does not keep it: write `{name} = …`."),
    "function": _("`{name}` is a function, not its result. Add round brackets after its name: (…)."),
    "many-for-one": _("`{name}` is {came}; one single value is asked for."),
    "several": _("`{name}` is {came}; one single value is asked for. Take it out by its place: `{name}[0]` is the first, `{name}[1]` the second."),
    "label-at-left": _("`{name}` is a number with its label at the left. Text is asked for: is it the label?"),
    "comma": _("`{name}` is several values, because of a comma. Write a number with a point and without commas: 1906 or 6.5."),
    "empty-one": _("`{name}` is empty (NaN). Some value on the way was missing, or no row was chosen: look at the table, and at the spelling of what you chose."),
    "text-for-number": _("`{name}` is text (\"{came}\"). A number is written without quotes, without commas and without a unit."),
    "truth-for-number": _("`{name}` is True or False; a number is asked for. A comparison such as a > b gives True or False."),
    "complex-for-number": _("`{name}` is a complex number. Was a root taken of a number below zero?"),
    "other-for-number": _("`{name}` is {came}; a number is asked for."),
    "unreadable": _("`{name}` could not be read as an answer. Give a plain number, text, list, Series or table."),
    "not-finite": _("`{name}` is {came}. Either a number was divided by zero, or a function says that no number is enough: look at what you gave it, and in which order."),
    "too-large": _("`{name}` is far too large. Was ** written for *?"),
    "too-large-in-table": _("In `{name}` the value for \"{label}\" is far too large. Was ** written for *?"),
    "not-whole": _("`{name}` should be a whole number. Nothing should stand after the point here: what was divided, and why?"),
    "no-text": _("`{name}` is {came}; text is asked for, in quotes."),
    "no-truth": _("`{name}` is {came}; True or False is asked for, without quotes."),
    # the form of many values
    "bare-list": _("`{name}` is {came} without labels, so nobody can tell which value belongs to what. Keep every value together with its label."),
    "no-labels": _("`{name}` is {came}; one value for each label is asked for."),
    "table-for-labels": _("`{name}` is {came}; only one column of values with its labels is asked for. Choose the column: table[\"column\"]."),
    "no-table": _("`{name}` is {came}; a table (DataFrame) is asked for."),
    "no-column": _("The table `{name}` has no column \"{column}\". It has: {came}."),
    "doubled-column": _("The table `{name}` has two columns named \"{column}\". Keep one."),
    "doubled-label": _("\"{label}\" stands in `{name}` more than once. One row for each is asked for."),
    "text-for-number-in-table": _("In `{name}` the value for \"{label}\" is text (\"{came}\"); a number is asked for. Change the column into numbers first."),
    "truth-for-number-in-table": _("In `{name}` the value for \"{label}\" is True or False; a number is asked for."),
    "complex-for-number-in-table": _("In `{name}` the value for \"{label}\" is a complex number. Was a root taken of a number below zero?"),
    "other-for-number-in-table": _("In `{name}` the value for \"{label}\" is {came}; a number is asked for."),
    "not-finite-in-table": _("In `{name}` the value for \"{label}\" is {came}. Either a number was divided by zero, or a function says that no number is enough: look at what you gave it, and in which order."),
    "no-text-in-table": _("In `{name}` the value for \"{label}\" is {came}; text is asked for, in quotes."),
    "no-truth-in-table": _("In `{name}` the value for \"{label}\" is {came}; True or False is asked for."),
    # rows and cells
    "missing-one": _("\"{missing_label}\" is missing from `{name}`."),
    "missing-some": _("`{name}` has {came} of the {rows} rows or labels that are asked for."),
    "extra-one": _("\"{extra_label}\" stands in `{name}` but was not asked for."),
    "extra-some": _("`{name}` has {extra} rows that were not asked for, among them \"{extra_label}\"."),
    "both": _("`{name}` has {extra} rows that were not asked for, among them \"{extra_label}\", and {missing} that were asked for are missing."),
    "filled": _("In `{name}` the value for \"{label}\" should stay empty: nothing is known there, and zero is not the same as unknown."),
    "empty": _("In `{name}` the value for \"{label}\" is empty (NaN)."),
    "differs-one": _("In `{name}` only the value for \"{label}\" is not right."),
    "differs-some": _("In `{name}` {wrong} of {rows} rows are not right; the first is \"{label}\"."),
    "differs-text-one": _("In `{name}` only \"{label}\" is not right. Read it once more, and use exactly the words the question gives."),
    "differs-text-some": _("In `{name}` {wrong} of {rows} are not right; the first is \"{label}\". Read them once more; the words must be exactly those of the question."),
    "differs-column": _("In `{name}` {wrong} of {rows} rows are not right; look at \"{column}\" for \"{label}\"."),
    # slips that any number may suffer
    "sign": _("`{name}` has the right size but the wrong sign. Which number was to be taken from which?"),
    "times-100": _("`{name}` is 100 times too large. Was a percentage given where a share is asked for, cents for yuan, or was something multiplied by 100 twice?"),
    "over-100": _("`{name}` is 100 times too small. Was a share given where a percentage is asked for, or 亿 (a hundred million) where a million is?"),
    "times-1000": _("`{name}` is 1,000 times too large. Look at the unit once more."),
    "over-1000": _("`{name}` is 1,000 times too small. Look at the unit once more: is it per one or per thousand, millions or billions?"),
    "times-10000": _("`{name}` is 10,000 times too large. Was something multiplied by 100 twice, or is the answer asked for in ten thousands (万)?"),
    "over-10000": _("`{name}` is 10,000 times too small. Was something divided by 100 twice, or a number in ten thousands (万) taken for single units?"),
    "rounded-early": _("`{name}` is right to fewer digits than asked. If you rounded, round only the final answer, or not at all; if you did not, a step comes close but is not the right one."),
    # replay and functions
    "replay": _("`{name}` is right for the numbers you see, but the same steps on other numbers give a wrong result. Use the names, not numbers typed in by hand, and take no step that fits only the numbers you see."),
    "replay-stopped": _("`{name}` is right for the numbers you see, but the same steps on other numbers stop with {error}."),
    "replay-no-cell": _("The cell that makes `{name}` was not found. Run it once, then run this check again."),
    "call-stopped": _("Your function `{name}` stops with {error} when it is given {given}."),
    "not-a-function": _("`{name}` is {came}; a function (def {name}(…)) is asked for."),
    # the check itself
    "unknown-key": _("This check was made for another version of coursekit. Ask your instructor for the new release of the assignment."),
    "no-key": _("This check has lost its key. Fetch the assignment again; your answers stay in your own copy."),
}  # fmt: skip


def title(verdict):
    """The short heading of a verdict."""
    return TITLES.get(verdict["status"], OTHER_TITLE)


def sentence(name, verdict):
    """What a verdict says, as one or two sentences.

    >>> sentence("rate", {"status": "right"})
    '`rate` is correct.'
    """
    if verdict["status"] == "mistake":
        return verdict["message"]
    return SENTENCES[_code(verdict)].format(name=name, **{k: v for k, v in verdict.items() if k != "name"})


def _code(verdict):
    status, code = verdict["status"], verdict.get("code")
    if status == "rows":
        if verdict["missing"] and verdict["extra"]:
            return "both"
        if verdict["missing"]:
            return "missing-one" if verdict["missing_label"] else "missing-some"
        return "extra-one" if verdict["extra"] == 1 else "extra-some"
    if code == "differs":
        if verdict["column"]:
            return "differs-column"
        kind = "differs-text" if verdict["text"] else "differs"
        return f"{kind}-one" if verdict["wrong"] == 1 else f"{kind}-some"
    return code or status
