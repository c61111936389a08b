"""The fields of an offer, and a plan in lines of words."""

import ipywidgets as widgets

from coursekit.charts import number
from coursekit.economies import called
from coursekit.rooms.desk.plan import TERMS, offer_in_words
from coursekit.rooms.stage import STYLE


class OfferFields:
    """The fields of one offer: whether there is one, its kind, and two numbers.

    The fields of an offer that is not made are not shown: with eight products, the Tab key would have to pass them all.
    """

    def __init__(self, of, economy, offer, always=False):
        self.has = widgets.ToggleButton(
            value=bool(offer),
            description="Offer",
            tooltip=f"an offer for {of}",
            layout={"width": "auto", "display": "none" if always else None},
        )
        kinds = [(called(kind, economy), kind) for kind in TERMS]
        self.kind = widgets.ToggleButtons(
            options=kinds,
            value=offer["kind"] if offer else "percent",
            tooltip=f"kind of offer for {of}",
            style={"button_width": "auto"},
        )
        values = [offer[term] for term in TERMS[offer["kind"]]] if offer else []
        self.numbers = [
            widgets.FloatText(value=values[n] if n < len(values) else 0, style=STYLE, layout={"width": "12em"}) for n in range(2)
        ]
        self.of, self.parts = of, [self.has, self.kind, *self.numbers]
        self.has.observe(lambda _: self._label(), names="value")
        self.kind.observe(lambda _: self._label(), names="value")
        self._label()

    def _label(self):
        terms = TERMS[self.kind.value]
        self.kind.layout.display = None if self.has.value else "none"
        for n, field in enumerate(self.numbers):
            field.layout.display = None if self.has.value and n < len(terms) else "none"
            field.description = LABELS[self.kind.value, terms[n]] if n < len(terms) else ""
            field.tooltip = f"{field.description}, {self.of}"

    def offer(self):
        """The offer that is written in the fields, or None."""
        if not self.has.value:
            return None
        return {"kind": self.kind.value} | {
            term: field.value for term, field in zip(TERMS[self.kind.value], self.numbers, strict=False)
        }


LABELS = {
    ("percent", "off"): "percent off", ("threshold", "least"): "from", ("threshold", "off"): "off", ("coupon", "least"): "from", ("coupon", "off"): "off",
    ("presale", "deposit"): "deposit", ("presale", "counts_as"): "counts as", ("flash", "price"): "price",
}  # fmt: skip


def plan_in_words(plan, acts, economy="china"):
    """A plan that was checked, and what is done meanwhile, in lines."""
    lines = [f"{name}: {offer_in_words(offer, economy)}." for name, offer in plan["offers"].items()]
    lines += [f"{name}: {pieces} pieces brought." for name, pieces in plan["stock"].items()]
    if plan["nights"]:
        n = plan["nights"]
        floor = f", at least {n['floor']} an inn" if n["floor"] else ""
        lines.append(
            f"{n['coupons']} night coupons of {n['value']}, for {n['for']} nights, placed by {'the plan that brings most' if n['allot'] == 'best' else 'who comes first'}{floor}."
        )
    if plan["message"]:
        lines.append(
            f"The message to people with {plan['message']['past_orders']} past orders or more; {number(100 * plan['message']['holdout'])} % held out."
        )
    for act in acts:
        what = f"{act['product']} has no offer any more" if act["do"] == "stop" else f"{act.get('more')} further night coupons"
        lines.append(
            f"Step {act['step']}: {act['product'] + ': ' + offer_in_words(act['offer'], economy) if act['do'] == 'offer' else what}."
        )
    return lines
