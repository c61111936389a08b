"""`make bench`: speed as a ratio against the stock tool, both measured in the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np


def seconds(code, runs=7):
    """The median time of a fresh Python that runs some code."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def imports():
    pandas = seconds("import pandas")
    ours = seconds("import pandas, coursekit")
    print(
        f"import coursekit: {ours - pandas:+.3f} s beyond import pandas ({pandas:.3f} s), {ours / pandas:.2f} times pandas alone"
    )


def kernels():
    """From asking for a kernel to its first figure and its end: a warm kernel against any kernel."""
    import os

    from jupyter_client.provisioning import KernelProvisionerFactory

    from coursekit.course.kernel import session
    from coursekit.course.warm import choice

    def median():
        times = []
        for _ in range(7):
            start = time.perf_counter()
            with session(tempfile.gettempdir()) as kernel:
                kernel.run("import pandas as pd\nimport matplotlib.pyplot as plt\nfrom coursekit import load\nplt.plot([1, 2])")
            times.append(time.perf_counter() - start)
            time.sleep(1)  # the warm process loads meanwhile
        return statistics.median(times)

    stock = median()
    os.environ |= choice()
    KernelProvisionerFactory.clear_instance()
    ours = median()
    print(
        f"a kernel, from start to end with its first figure: {ours:.2f} s warm, {stock:.2f} s stock, {stock / ours:.1f} times as fast"
    )
    for name in choice():
        del os.environ[name]
    KernelProvisionerFactory.clear_instance()


def checks():
    """One check against one plain assert in the same process, and the most rows a check may have."""
    from coursekit.answers import read, shape_of
    from coursekit.keys import judge, make_key

    for name, value in (("one number", 83.3333), ("200 labeled numbers", {f"label {i}": i + 0.5 for i in range(200)})):
        shape = shape_of("x", value, digits=1)
        known = set(value) if isinstance(value, dict) else set()
        cells, _ = read(value, {**shape, "knows": known.__contains__})
        key = make_key("x", cells, shape, [("m", "You did it.", {at: v + 3 for at, v in cells.items()})])
        start = time.perf_counter()
        for _ in range(50):
            judge("x", value, key)
        each = (time.perf_counter() - start) / 50
        print(f"check of {name}: {1e3 * each:.2f} ms")


def redraw():
    """Moving a demonstration's bars against drawing the same chart anew with pyplot."""
    import io

    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import pandas as pd

    from coursekit.charts import DPI, Bars

    values = pd.Series({"GMV": 10_000.0, "paid": 9_000.0, "net": 7_200.0})
    drawing, ours, stock = Bars(values, "One show", "yuan", 10_000), [], []
    for i in range(30):
        start = time.perf_counter()
        drawing.move(values * (1 - i / 100))
        drawing.frame()
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        figure, axes = plt.subplots(figsize=(7.2, 2.4), dpi=DPI, layout="constrained")
        (values * (1 - i / 100)).plot.barh(ax=axes, title="One show")
        figure.savefig(io.BytesIO(), format="png")
        plt.close(figure)
        stock.append(time.perf_counter() - start)
    a, b = statistics.median(ours), statistics.median(stock)
    print(
        f"redraw of a demonstration: {1e3 * a:.0f} ms, {b / a:.1f} times as fast as drawing it anew with pyplot ({1e3 * b:.0f} ms)"
    )


def bookings():
    """The ledger and the booking curves of a table as large as the public hotel bookings."""
    from coursekit.methods import booking_curves, nights_of
    from coursekit.world import make

    table = make("bookings", full=True).sample(119_390, random_state=1)
    start = time.perf_counter()
    room_nights = nights_of(table)
    ledger = time.perf_counter() - start
    start = time.perf_counter()
    booking_curves(room_nights, [0, 1, 3, 7, 14, 30, 60, 90, 180])
    curves = time.perf_counter() - start
    print(f"119,390 bookings: room nights in {ledger:.2f} s (aim 2), booking curves in {curves:.2f} s (aim 5)")


def coupon_plan():
    """The linear program over 4,000 coupons, 1,000 inns and 28 nights, beside the greedy rule."""
    from coursekit.data import load
    from coursekit.methods import allot_best, allot_greedy, what_it_brings

    nights = load("coupon_nights").merge(load("coupon_inns"), on="inn").merge(load("calendar")[["date", "night"]], on="date")
    coupons, show = load("coupons"), {"weekday": 0.81, "weekend": 0.86}
    allot_best(coupons.head(50), nights.head(280), show, 0.6)  # scipy is imported once
    found = {}
    for name, plan in {
        "first come, first served": lambda: allot_greedy(coupons, nights),
        "best, no floor": lambda: allot_best(coupons, nights, show, 0.6),
        "best, 2 an inn at least": lambda: allot_best(coupons, nights, show, 0.6, floor=2),
        "best, 2 to 8 an inn": lambda: allot_best(coupons, nights, show, 0.6, floor=2, most=8),
    }.items():
        start = time.process_time()
        made = plan()
        took = time.process_time() - start
        found[name] = f"{name} {took:.2f} s, {what_it_brings(made, nights, show, 0.6)['brings']:,.0f} yuan"
    print(f"4,000 coupons over 1,000 inns and 28 nights (aim 5 s), seconds of one core: {'; '.join(found.values())}")


def livestream_room():
    """The room's engine, and its search against chance."""
    from coursekit.rooms.livestream import evening, example_plan, profit_of, run_show, tables_of
    from coursekit.rooms.livestream.best import best_found
    from coursekit.rooms.livestream.controls import View
    from coursekit.rooms.livestream.engine import show_of
    from coursekit.rooms.livestream.room import LivestreamRoom

    def crowd(people, minutes):
        given = evening(1)
        return given | {"minutes": minutes, "hosts": {"yourself": given["hosts"]["yourself"] | {"people": people}}}

    def seconds(given, times):
        plan, start = example_plan(given), time.perf_counter()
        for night in range(times):
            tables_of(show_of(plan, given, (), night))
        return time.perf_counter() - start

    print(
        f"livestream room: a show of 120,000 viewers in two hours, with its tables: {seconds(crowd(120_000, 120), 1):.2f} s (aim 0.5)"
    )
    print(f"1,000 shows of 2,000 viewers, with their tables: {seconds(crowd(2000, 60), 1000):.1f} s (aim 10)")
    with tempfile.TemporaryDirectory() as folder:
        view = View(LivestreamRoom(1, Path(folder) / "shows.json"))
        view._go_on_air()
        times = []
        for _ in range(40):
            start = time.perf_counter()
            view._pass(1)
            times.append(time.perf_counter() - start)
    print(f"a minute of the room, run and drawn: {1e3 * statistics.median(times):.0f} ms, the slowest {1e3 * max(times):.0f} ms")
    beaten, took = 0, []
    for seed in range(10):
        given, rng, start = evening(seed), np.random.default_rng(seed), time.perf_counter()
        found = best_found(given)[2]
        took.append(time.perf_counter() - start)
        beaten += found > max(profit_of(run_show(random_plan(given, rng), seed)) for _ in range(1000))
    print(f"its search beats 1,000 random plans on {beaten} of 10 seeds, in {statistics.median(took):.1f} s each")


def random_plan(given, rng):
    """A plan by chance, in reason: any host, some of the goods, prices from half to one and a half of the list price."""
    goods = given["products"]
    chosen = rng.permutation(len(goods))[: rng.integers(1, len(goods) + 1)]
    parts = rng.multinomial(given["minutes"] - len(chosen), np.full(len(chosen), 1 / len(chosen))) + 1
    most = sum(host["people"] for host in given["hosts"].values()) // 500
    lineup = [
        {"product": goods["name"][p], "minutes": int(m), "price": round(goods["list_price"][p] * rng.uniform(0.5, 1.5)),
         "stock": int(rng.integers(1, most + 4))}
        for p, m in zip(chosen, parts, strict=True)
    ]  # fmt: skip
    coupons = [{"minute": int(rng.integers(60)), "yuan": int(rng.choice([5, 10, 20]))} for _ in range(rng.integers(3))]
    host, traffic = str(rng.choice(list(given["hosts"]))), int(rng.choice([0, 0, 100, 300]))
    return {"host": host, "traffic": traffic, "lineup": lineup, "coupons": coupons}


def practice_inn():
    """The inn's engine, and its searches against chance."""
    from coursekit.rooms.inn import best, run_inn, tables_of
    from coursekit.rooms.inn.controls import View
    from coursekit.rooms.inn.room import PracticeInn
    from coursekit.rooms.inn.takeover import people, takeover

    given = takeover(2)
    people(2, 1)
    start = time.perf_counter()
    tables_of(run_inn([], 2, luck=1))
    print(f"practice inn: ninety nights, with their tables: {time.perf_counter() - start:.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        view = View(PracticeInn(2, Path(folder) / "inns.json"))
        times = []
        for _ in range(40):
            start = time.perf_counter()
            view._pass(1)
            times.append(time.perf_counter() - start)
    print(f"a day of the inn, run and drawn: {1e3 * statistics.median(times):.0f} ms, the slowest {1e3 * max(times):.0f} ms")
    beaten, took, steady = 0, [], []
    for seed in range(10):
        given, rng, start = takeover(seed), np.random.default_rng(seed), time.perf_counter()
        found = best.best_found(given)[1]
        took.append(time.perf_counter() - start)
        start = time.perf_counter()
        best.steady_found(given)
        steady.append(time.perf_counter() - start)
        beaten += found > max(best.mean_yuan([random_card(given, rng) for _ in range(1000)], given, best.WEEK, (0,)))
    print(
        f"its search beats 1,000 random cards on {beaten} of 10 seeds, in {statistics.median(took):.1f} s each; "
        f"the card of three rates is found in {statistics.median(steady):.1f} s"
    )


def random_card(given, rng):
    """A card by chance, in reason: rates from two thirds of the usual price to twice it, any deposit and limit."""
    from coursekit.rooms.inn import best

    count = best.cells(given, best.WEEK).max() + 1
    return best.Choice(
        tuple(rng.integers(2, 15, count).tolist()), tuple(rng.choice([1, 1, 2, 3], 3).tolist()),
        float(rng.choice(best.DEPOSITS)), int(rng.choice(best.OVERBOOKING)),
    )  # fmt: skip


def promotion_desk():
    """The desk's engine, and its search against chance."""
    from coursekit.rooms.desk import best, result, run_desk, tables_of
    from coursekit.rooms.desk.engine import desk_of
    from coursekit.rooms.desk.weekend import people, weekend

    plan = random_weekend(weekend(2), np.random.default_rng(2))
    run_desk(plan, 2)
    people(2, 1)
    start = time.perf_counter()
    tables_of(run_desk(plan, 2, luck=1))
    print(f"promotion desk: a weekend, with its tables: {time.perf_counter() - start:.2f} s (aim 0.3)")
    beaten, took = 0, []
    for seed in range(3):
        given, rng, start = weekend(seed), np.random.default_rng(seed), time.process_time()
        found = best.best_found(given)[2]
        took.append(time.process_time() - start)
        beaten += found > max(result(desk_of(random_weekend(given, rng), given)) for _ in range(1000))
    print(
        f"its search beats 1,000 random plans on {beaten} of 3 seeds, in {statistics.median(took):.1f} s of a processor each (aim 30)"
    )


def random_weekend(given, rng):
    """A plan by chance, in reason: some offers, a stock around the usual, some night coupons, a message to some."""
    made = {
        name: {"kind": "percent", "off": int(rng.integers(5, 41))} if rng.random() < 0.5 else
        {"kind": "threshold", "least": 2 * price, "off": int(max(2 * price * rng.uniform(0.05, 0.39), 1))}
        for name, (price, _, _) in zip(given["names"], given["terms"], strict=True) if rng.random() < 0.4
    }  # fmt: skip
    usual = given["shelf"].loc[given["fresh"], ["name", "usual"]].to_numpy()
    nights = {
        "coupons": int(rng.integers(5, 80)), "value": int(rng.integers(3, 11)) * 10, "for": str(rng.choice(["any", "weekday", "weekend"])),
        "allot": str(rng.choice(["first come", "best"])),
    }  # fmt: skip
    message = {"past_orders": int(rng.integers(2, 7)), "holdout": float(rng.choice([0, 0.1, 0.3]))}
    return {
        "offers": made, "stock": {name: int(n * rng.uniform(0.3, 2)) for name, n in usual},
        "nights": nights if rng.random() < 0.8 else None, "message": message if rng.random() < 0.7 else None,
    }  # fmt: skip


def demonstrations():
    """One change of a control in every demonstration of the lessons."""
    import inspect

    import ipywidgets
    from IPython import display

    from coursekit import demos

    made, slowest = [], (0.0, "")
    box, shown = ipywidgets.VBox, display.display
    display.display = lambda *data, **kind: None
    ipywidgets.VBox = lambda children: made.append(children) or box(children)
    for name, show in inspect.getmembers(demos, inspect.isfunction):
        if name.startswith("show_"):
            show()
            *sliders, _ = made[-1]
            for slider in sliders:
                times = []
                for step in range(1, 8):
                    start = time.perf_counter()
                    slider.value = slider.min + step * slider.step
                    times.append(time.perf_counter() - start)
                slowest = max(slowest, (statistics.median(times), name))
    ipywidgets.VBox, display.display = box, shown
    print(f"slowest change of {len(made)} demonstrations: {1e3 * slowest[0]:.0f} ms ({slowest[1]})")


def county():
    """A whole county on one core, beside NumPy's time to draw as many random numbers as its tables have cells."""
    import os

    import numpy as np

    from coursekit.world import TABLES, make

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    make("calendar")  # the holidays of the world are looked up once
    start = time.perf_counter()
    tables = {name: make(name, 11, full=True) for name in TABLES}
    ours = time.perf_counter() - start
    rows, cells = sum(map(len, tables.values())), sum(t.size for t in tables.values())
    start = time.perf_counter()
    np.random.default_rng(11).random(cells)
    stock = time.perf_counter() - start
    print(
        f"a county of {rows:,} rows ({len(tables)} tables): {ours:.2f} s on one core, {rows / ours:,.0f} rows a second; "
        f"drawing as many random numbers as it has cells ({cells:,}) takes NumPy {stock:.3f} s, {ours / stock:.0f} times less"
    )


if __name__ == "__main__":
    imports()
    kernels()
    checks()
    redraw()
    demonstrations()
    bookings()
    coupon_plan()
    livestream_room()
    practice_inn()
    promotion_desk()
    county()
