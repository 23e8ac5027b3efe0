"""A unit while the record is read: what `UnitState` shows, and what reading needs."""

from __future__ import annotations

from silog_core.domain.custody_events import Event, EventId
from silog_core.domain.custody_kinds import Condition, Stage
from silog_core.domain.custody_roles import Party
from silog_core.domain.custody_state import UnitState
from silog_core.domain.demand import Commodity


class UnitRecord:
    """One unit; changed event by event, then shown as a frozen state."""

    __slots__ = (
        "broken",
        "code",
        "condition",
        "container",
        "contents",
        "custodian",
        "destination",
        "history",
        "incidents",
        "last",
        "packed",
        "place",
        "quantities",
        "repeats",
        "seals",
        "skipped",
        "stage",
        "was_sealed",
        "went_out",
    )

    def __init__(self, code: str) -> None:
        """Start with nothing but the code."""
        self.code = code
        self.stage: Stage | None = None
        self.condition = Condition.GOOD
        self.custodian: Party | None = None
        self.place = ""
        self.destination = ""
        self.container = ""
        self.contents: list[str] = []
        self.quantities: dict[Commodity, int] = {}
        self.seals: set[str] = set()
        self.broken: set[str] = set()
        self.packed = False
        self.was_sealed = False
        self.went_out = False
        self.last: Event | None = None
        self.history: list[EventId] = []
        self.repeats = 0
        self.incidents: list[EventId] = []
        #: Events that were passed over because a clock was wrong.
        self.skipped: set[EventId] | None = None

    def turn(self, condition: Condition) -> None:
        """Take on *condition*, unless what befell it cannot be undone."""
        if self.condition is Condition.DESTROYED:
            return
        if self.condition is not Condition.DAMAGED or condition is Condition.DESTROYED:
            self.condition = condition

    def said_stage(self) -> dict[str, str]:
        """Return its stage in both languages, for texts."""
        if self.stage is None:
            return {"stage": "nothing", "stage_id": "belum apa-apa"}
        return {"stage": self.stage.title_en, "stage_id": self.stage.title_id}

    def said_shape(self) -> dict[str, str]:
        """Return its condition in both languages, for texts."""
        return {
            "condition": self.condition.value,
            "condition_id": self.condition.title_id,
        }

    def shown(self) -> UnitState:
        """Return the frozen state."""
        return UnitState(
            code=self.code,
            stage=self.stage,
            condition=self.condition,
            custodian=self.custodian,
            place=self.place,
            destination=self.destination,
            container=self.container,
            contents=tuple(sorted(self.contents)),
            quantities=tuple(
                sorted(self.quantities.items(), key=lambda x: (x[0].item, x[0].area))
            ),
            seals=tuple(sorted(self.seals)),
            seals_broken=tuple(sorted(self.broken)),
            packed=self.packed,
            went_out=self.went_out,
            since_s=self.last.time_s if self.last else 0,
            events=tuple(self.history),
            repeats=self.repeats,
            incidents=tuple(self.incidents),
        )
