"""course.yml, read and checked: an error names the line it stands on."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from coursekit.errors import Plain

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Minutes(Strict):
    lesson: int = Field(gt=0, le=150)
    assignment: int = Field(gt=0, le=150)


class Lesson(Strict):
    id: Id
    title: Text
    question: Text
    status: Literal["ready", "planned"]
    minutes: Minutes
    needs: list[Id] = []
    case: Id
    objectives: list[Text] = Field(min_length=1)
    verbs: list[Text] = []
    words: list[Text] = []


class Room(Strict):
    """A place to try what a module teaches; after: the lesson after which it can be entered."""

    id: Id
    title: Text
    question: Text
    minutes: int = Field(gt=0, le=150)
    after: Id
    verbs: list[Text] = []


class Module(Strict):
    id: Id
    title: Text
    about: Text
    room: Room | None = None
    lessons: list[Lesson] = Field(min_length=1)


class Role(Strict):
    id: Id
    title: Text
    does: list[Id]
    reads: list[Id] = []


class Outline(Strict):
    title: Text
    about: Text
    language: Text
    modules: list[Module] = Field(min_length=1)
    roles: list[Role]
    glossary: dict[str, Text]
    cases: dict[Id, Text]
    sources: dict[Id, Text]

    def lessons(self):
        """All lessons in the order of the outline."""
        return [lesson for module in self.modules for lesson in module.lessons]

    def lesson(self, name):
        """The lesson with this id; a plain sentence when there is none."""
        for lesson in self.lessons():
            if lesson.id == name:
                return lesson
        raise Plain(f'There is no lesson "{name}" in course.yml. Ready are: {", ".join(self.ready())}.')

    def ready(self):
        """The ids of the lessons that have notebooks."""
        return [lesson.id for lesson in self.lessons() if lesson.status == "ready"]

    def rooms(self):
        """The rooms that there are, by id."""
        return {module.room.id: module.room for module in self.modules if module.room}

    def module_of(self, name):
        """The module of a lesson or a room."""
        return next(m for m in self.modules if name in (m.room and m.room.id, *(lesson.id for lesson in m.lessons)))

    def before(self, name):
        """The ids of all lessons that must come before this one."""
        found = set()
        for need in self.lesson(name).needs:
            found |= {need} | self.before(need)
        return found


def root(start=None):
    """The course's folder: the nearest one upwards that holds course.yml."""
    start = Path(start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "course.yml").exists():
            return folder
    raise Plain(f"No course.yml was found in {start} or above it. Go to the folder of the course and try again.")


@cache
def outline(folder):
    """The checked outline of the course in a folder."""
    return parse((Path(folder) / "course.yml").read_text(encoding="utf-8"))


def parse(text):
    """An outline from the text of course.yml; a plain sentence with the line otherwise.

    >>> parse("title: A course")
    Traceback (most recent call last):
    coursekit.errors.Plain: course.yml, line 1: "about" is missing.
    """
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise Plain(f"course.yml{where}: not YAML ({getattr(error, 'problem', error)}).") from None
    try:
        found = Outline.model_validate(data)
    except ValidationError as error:
        # An unknown word is told before a missing one: usually it is the missing one, misspelled.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        line, missing = _line(tree, first["loc"]), first["type"] == "missing"
        says = f'"{first["loc"][-1]}" is missing.' if missing else f"{'.'.join(map(str, first['loc']))}: {first['msg']}."
        raise Plain(f"course.yml, line {line}: {says}") from None
    _check_links(found, tree)
    return found


def _line(node, path):
    """The line of a place in the file, or of the nearest thing above it that exists."""
    line = node.start_mark.line if node is not None else 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            match = [(k, v) for k, v in node.value if k.value == str(step)]
            if not match:
                return line + 1
            line, node = match[0][0].start_mark.line, match[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            return line + 1
    return line + 1


def _check_links(found, tree):
    """What one place says of another: prerequisites, roles, words."""
    seen, taught = [], {}
    for m, module in enumerate(found.modules):
        for i, lesson in enumerate(module.lessons):
            at = ("modules", m, "lessons", i)

            def wrong(says, part, at=at):
                raise Plain(f"course.yml, line {_line(tree, (*at, part))}: {says}")

            if lesson.id in seen:
                wrong(f'two lessons are named "{lesson.id}".', "id")
            for need in lesson.needs:
                if need not in seen:
                    wrong(f'{lesson.id} needs "{need}", which no earlier lesson is named.', "needs")
            if lesson.case not in found.cases:
                wrong(f'the case "{lesson.case}" is not among the cases.', "case")
            for word in lesson.words:
                if word in taught:
                    wrong(f'"{word}" is taught in {taught[word]} and again in {lesson.id}.', "words")
                if lesson.status == "ready" and word not in found.glossary:
                    wrong(f'"{word}" is taught in {lesson.id} but missing from the glossary.', "words")
                taught[word] = lesson.id
            seen.append(lesson.id)
    for m, module in enumerate(found.modules):
        if module.room and module.room.after not in seen:
            line = _line(tree, ("modules", m, "room", "after"))
            raise Plain(f'course.yml, line {line}: the room comes after "{module.room.after}", which no lesson is named.')
    for word in found.glossary:
        if word not in taught:
            raise Plain(f'course.yml, line {_line(tree, ("glossary", word))}: no lesson teaches "{word}".')
    for r, role in enumerate(found.roles):
        named = [(part, name) for part in ("does", "reads") for name in getattr(role, part)]
        for part, name in named:
            if name not in seen:
                raise Plain(f'course.yml, line {_line(tree, ("roles", r, part))}: no lesson is named "{name}".')
        for part, name in named:
            lost = sorted(found.before(name) - {*role.does, *role.reads})
            if lost:
                line = _line(tree, ("roles", r, part))
                raise Plain(f"course.yml, line {line}: {role.title} takes {name} without {lost[0]}.")
