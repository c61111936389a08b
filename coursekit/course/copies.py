"""Trainees' working copies under work/: made once, never overwritten."""

import hashlib
import json

from coursekit.course.lessons import exercise_path
from coursekit.course.release import write


def copy_path(root, name):
    return root / "work" / name / f"{name}.ipynb"


def make_copies(root, names):
    """Give every assignment its working copy; returns the files that were put there.

    A release that has changed since is put beside the old copy, with a number in its name;
    the copy with the answers stays as it is.
    """
    record_path = root / "work" / ".released.json"
    record = json.loads(record_path.read_text(encoding="utf-8")) if record_path.exists() else {}
    made = []
    for name in names:
        data = exercise_path(root, name).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        path = copy_path(root, name)
        if path.exists() and digest in record.get(name, []):
            continue
        number = 1
        while path.exists():
            number += 1
            path = copy_path(root, name).with_name(f"{name}.release-{number}.ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data)
        made.append(path)
        record.setdefault(name, []).append(digest)
        write(record_path, json.dumps(record, indent=1).encode())
    return made
