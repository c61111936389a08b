"""The diary of a room: what was planned and done, kept in a small file, so that a restart loses nothing.

An entry holds only a seed, a plan, what was done, and how far it went. Everything else is made from it again.
"""

import json
from pathlib import Path

from coursekit.errors import Plain


def entries(path):
    """The entries of a diary, oldest first; a file that cannot be read is set aside, never written over."""
    path = Path(path)
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        if isinstance(found, list) and all(isinstance(entry, dict) for entry in found):
            return found
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError):
        pass
    aside = next(p for n in range(1, 1000) if not (p := path.with_name(f"{path.stem} (damaged {n}){path.suffix}")).exists())
    try:
        path.replace(aside)
    except OSError as error:
        raise Plain(f'"{path.name}" can neither be read nor set aside ({error.strerror}). Move it away and try again.') from None
    print(f'"{path.name}" could not be read. It was kept as "{aside.name}", and a new one is begun.')
    return []


def keep(path, entry):
    """Write an entry in the place of the one with its number, or at the end; the old file stays until the new one is whole."""
    path = Path(path)
    others = [e for e in entries(path) if e.get("number") != entry["number"]]
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(json.dumps([*others, entry], ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise Plain(
            f'"{path.name}" could not be written ({error.strerror}). You can go on; what you do now is lost when the kernel restarts.'
        ) from None
