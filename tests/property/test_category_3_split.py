"""What is derived of energy does not depend on how, or in which order, the file splits it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.pipeline.run import compute

HEAD = """
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2024]
facilities: {leeds: {country: GB}}
activities:
"""
KINDS = (
    "category: stationary_combustion, fuel: natural_gas, quantity: {} kWh gross",
    "category: purchased_electricity, quantity: {} kWh",
)
# kg per kWh, DESNZ 2024: WTT of gas 0.03021; power 0.0459 + 0.0183 + 0.00397
RATES = (Fraction("0.03021"), Fraction("0.06817"))


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(1, 10**7)), min_size=1, max_size=6),
)
def test_splitting_and_order(amounts: list[tuple[int, int]]) -> None:
    """Any amounts, in any order: the sum of quantities times the printed rates."""
    for order in (amounts, amounts[::-1]):
        lines = [
            f"  l{place}: {{facility: leeds, period: 2024, {KINDS[kind].format(quantity)}}}\n"
            for place, (kind, quantity) in enumerate(order)
        ]
        with TemporaryDirectory() as folder:
            path = Path(folder) / "company.yaml"
            path.write_text(HEAD + "".join(lines), "utf-8")
            inventory = compute(path).inventory
        assert inventory is not None
        wanted = sum((RATES[kind] * quantity / 1000 for kind, quantity in amounts), Fraction(0))
        assert inventory.totals.scope_3 == wanted
