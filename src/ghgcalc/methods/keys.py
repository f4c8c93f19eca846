"""The keys of activities and items that calculation methods read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ghgcalc.core.schema import Amount, Model
from ghgcalc.methods.allocation import Allocation
from ghgcalc.methods.chp import Chp
from ghgcalc.methods.combustion import Burnt
from ghgcalc.methods.contained import Contained
from ghgcalc.methods.cooling import Ratio
from ghgcalc.methods.electronics import LogicIc, Memory
from ghgcalc.methods.gas_volume import BilledAs, GasState
from ghgcalc.methods.hybrid import Hybrid
from ghgcalc.methods.investment import Investment
from ghgcalc.methods.losses import Losses
from ghgcalc.methods.parts import Basis, Parts
from ghgcalc.methods.sample import Sample
from ghgcalc.methods.sold import Each
from ghgcalc.methods.spend import Spend
from ghgcalc.methods.steam import SteamState
from ghgcalc.methods.treatments import Treatments
from ghgcalc.methods.trips import Occupancy, Survey, Telework, Trips
from ghgcalc.methods.uses import Uses
from ghgcalc.methods.wastewater import Wastewater

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.core.units import Quantity
    from ghgcalc.methods.refrigerant_keys import Leakage, MassBalance, ServiceBalance


class MethodKeys(Model):
    """Keys that say how one unit of a quantity is brought to the unit of its factor.

    Those of every entry of `METHODS` stand here; activities and items have them all.
    """

    gas_state: GasState | None = None
    billed_as: BilledAs | None = None
    steam_state: SteamState | None = None
    cop: Ratio | None = None
    losses: Losses | None = None
    chp: Chp | None = None
    parts: Parts | None = None
    parts_by: Basis | None = None
    uses: Uses | None = None
    trips: Trips | None = None
    telework: Telework | None = None
    occupancy: Occupancy | None = None
    sample: Sample | None = None
    investment: Investment | None = None
    hybrid: Hybrid | None = None
    logic_ic: LogicIc | None = None
    memory: Memory | None = None
    combustion: Burnt | None = None
    each: Each | None = None
    treatments: Treatments | None = None
    contains: Contained | None = None
    wastewater: Wastewater | None = None
    allocation: Allocation | None = None
    spend: Spend | None = None


class AmountKeys(Model):
    """Keys of activities by which a method says how much; the rows of a table do so there."""

    sold: Amount | None = None
    survey: Survey | None = None


class StatedGas(Protocol):
    """What an activity states of gases that are released, and what else may say what it is."""

    @property
    def category(self) -> str | None:
        """The category as written."""

    @property
    def quantity(self) -> Quantity | None:
        """The stated amount."""

    @property
    def gas(self) -> str | None:
        """Which gas it is."""

    @property
    def gas_masses(self) -> Mapping[str, Quantity] | None:
        """Masses by gas."""

    @property
    def mass_balance(self) -> MassBalance | None:
        """A balance of stocks."""

    @property
    def service_balance(self) -> ServiceBalance | None:
        """A simplified balance."""

    @property
    def leakage(self) -> Leakage | None:
        """A screening by rates."""

    @property
    def fuel(self) -> str | None:
        """A fuel."""

    @property
    def item(self) -> str | None:
        """An item."""

    @property
    def factor(self) -> str | None:
        """A factor, pinned."""

    @property
    def emission_rate(self) -> Mapping[str, Quantity] | None:
        """Rates of its own."""

    @property
    def corrects(self) -> str | None:
        """The line that it corrects."""
