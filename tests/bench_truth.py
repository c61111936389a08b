"""`make bench-truth`: does each method find what was planted, and is each named mistake off as it says?

Draws 100 counties, estimates in each what the lessons estimate, and writes the table into
datasets/README.md, together with the stylized facts (realism.py) of the committed county.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from coursekit.course.suite import ONE_THREAD
from coursekit.world.store import filled

HERE = Path(__file__).parent
README = HERE.parent / "datasets" / "README.md"
SEEDS = 100


def rows_of(seed):
    """All estimates in the county of one seed."""
    from truth import allotment, full_house, homestay, lineup, livestream, pricing, promotion

    return [
        r | {"seed": seed}
        for room in (livestream, homestay, full_house, pricing, promotion, allotment, lineup)
        for part in room.ALL
        for r in part(seed)
    ]


def table(rows):
    """Bias and coverage by method, over seeds."""
    frame = pd.DataFrame(rows).astype({"low": float, "high": float})
    frame["error"] = frame["estimate"] - frame["truth"]
    frame["covered"] = np.where(frame["low"].isna(), np.nan, (frame["low"] <= frame["truth"]) & (frame["truth"] <= frame["high"]))
    # A county may hold several of a kind (nights, products): each county counts once.
    each = frame.groupby(["lesson", "what", "method", "toward", "seed"], sort=False)[["truth", "error", "covered"]].mean()
    kinds = each.groupby(["lesson", "what", "method", "toward"], sort=False)
    made = kinds.agg(truth=("truth", "mean"), bias=("error", "mean"), spread=("error", "std"), coverage=("covered", "mean"))
    made["seeds"] = kinds.size()
    return made.reset_index()


def broken(made):
    """What the table does not bear out, in sentences."""
    for (_, what), rows in made.groupby(["lesson", "what"], sort=False):
        right = rows[rows["toward"] == ""]
        for r in right[right["coverage"].notna()].itertuples():
            if not 0.9 <= round(r.coverage, 2) <= 0.99:
                yield f"{r.lesson}, {what}: {r.method} covers {r.coverage:.0%}, not 90 to 99 %."
        for r in rows[rows["toward"] != ""].itertuples():
            sure = abs(r.bias) > 3 * r.spread / np.sqrt(r.seeds)
            worse = right.empty or abs(r.bias) > 2 * right["bias"].abs().max()
            way = {"+": r.bias > 0, "-": r.bias < 0, "off": True}.get(r.toward)
            if r.toward == "narrow":
                if not r.coverage < 0.9:
                    yield f"{r.lesson}, {what}: {r.method} covers {r.coverage:.0%}; it should be too sure."
            elif not (sure and worse and way):
                yield f"{r.lesson}, {what}: {r.method} is off by {r.bias:.3g} ± {r.spread / np.sqrt(r.seeds):.2g}; it should err ({r.toward})."


def proof(rows):
    """A short print of what the first two counties give: another one means that the table is out of date."""
    first = [(r["lesson"], r["method"], float(f"{r['estimate']:.4g}"), float(f"{r['truth']:.4g}")) for r in rows if r["seed"] < 2]
    return hashlib.sha256(json.dumps(sorted(first)).encode()).hexdigest()[:16]


def markdown(made):
    """The table as Markdown: mistakes are set in italics."""
    lines = [
        "| lesson | what is estimated | method | planted | off by, on average | interval holds the truth |",
        "|---|---|---|---|---|---|",
    ]
    for r in made.itertuples():
        method = f"*{r.method}*" if r.toward else r.method
        covered = "" if np.isnan(r.coverage) else f"{100 * r.coverage:.0f} %"
        lines.append(f"| {r.lesson} | {r.what} | {method} | {_short(r.truth)} | {_short(r.bias, sign=True)} | {covered} |")
    return "\n".join(lines)


def _short(number, sign=False):
    text = f"{number:{'+' if sign else ''}.3g}" if abs(number) < 1000 else f"{number:{'+' if sign else ''},.0f}"
    return text.replace("-", "−").replace("+0", "0") if text.strip("+-0.") == "" else text.replace("-", "−")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    count = parser.parse_args().seeds
    sys.path.insert(0, str(HERE))
    rows = []
    os.environ |= ONE_THREAD
    with multiprocessing.get_context("spawn").Pool(2, initializer=sys.path.insert, initargs=(0, str(HERE))) as pool:
        for done, found in enumerate(pool.imap_unordered(rows_of, range(count)), start=1):
            rows += found
            print(f"\r{done} of {count} counties", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    made = table(sorted(rows, key=lambda r: r["seed"]))
    print(markdown(made))
    wrong = list(broken(made))
    print("\n".join(wrong), file=sys.stderr)
    if count == SEEDS:
        import realism

        text = filled(README.read_text(encoding="utf-8"), "the truth", markdown(made))
        text = filled(text, "the facts", realism.markdown(realism.facts()))
        README.write_text(filled(text, "the proof", f"Proof: {proof(rows)}."), encoding="utf-8")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
