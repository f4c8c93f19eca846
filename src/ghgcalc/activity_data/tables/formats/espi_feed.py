"""A Green Button feed: its resources, and how their links hang together (NAESB REQ.21, ESPI).

An Atom feed of entries. An `IntervalBlock` belongs to the `MeterReading` whose link its `up` link
is; that names a `ReadingType`, and belongs to a `UsagePoint`, which names `LocalTimeParameters`.
Entries stand in any order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

from ghgcalc.activity_data.tables.formats.rows import FormatRefused
from ghgcalc.activity_data.tables.formats.safe_xml import events, local

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

T = TypeVar("T", bound="Resource")


class Reading(NamedTuple):
    """An interval reading as written; empty texts where it does not say."""

    value: str
    start: str
    duration: str
    qualities: tuple[str, ...]


@dataclass(slots=True)
class Resource:
    """A resource of the feed: its links, its title, and the texts of its plain elements."""

    links: dict[str, list[str]]
    title: str
    texts: Mapping[str, str]
    readings: list[Reading] = field(default_factory=list)

    @property
    def own(self) -> str:
        """Its own address."""
        return next(iter(self.links.get("self", ())), "")

    @property
    def id(self) -> str:
        """The last part of its address; its title where it has none."""
        return self.own.rpartition("/")[2] or self.title

    def belongs_to(self, other: Resource) -> bool:
        """Whether it stands below another resource."""
        below = [href for href in self.links.get("up", ()) if href]
        related = other.links.get("related", ())
        return any(
            href in related or (other.own and f"{href}/".startswith(f"{other.own}/"))
            for href in below
        )


@dataclass(slots=True)
class Feed:
    """The resources of a file by kind, in its order."""

    of: dict[str, list[Resource]] = field(default_factory=dict)
    entries: int = 0

    def above(self, resource: Resource, kind: str) -> Resource | None:
        """The resource of a kind that one belongs to; the only one where links are missing."""
        known = self.of.get(kind, [])
        found = [one for one in known if resource.belongs_to(one)]
        return found[0] if found else known[0] if len(known) == 1 else None

    def named(self, resource: Resource | None, kind: str) -> Resource | None:
        """The resource of a kind that one names; the only one where links are missing."""
        known = self.of.get(kind, [])
        related = resource.links.get("related", ()) if resource is not None else ()
        found = [one for one in known if one.own and one.own in related]
        return found[0] if found else known[0] if len(known) == 1 else None


_KINDS = frozenset(
    {"UsagePoint", "MeterReading", "ReadingType", "IntervalBlock", "LocalTimeParameters"}
)


def read_feed(stream: IO[bytes]) -> Feed:
    """Read a feed element by element; what has been read is let go of.

    Raises:
        FormatRefused: `bad-xml`, `bad-meter-file`.
    """
    feed = Feed()
    root: Element | None = None
    readings: list[Reading] = []
    for event, element, depth in events(stream):
        if root is None:
            root = element
        if event == "start":
            continue
        name = local(element)
        if name == "IntervalReading":
            readings.append(_reading(element))
            element.clear()
        elif name == "entry":
            feed.entries += 1
            _take(feed, element, readings)
            readings = []
        if depth == 2:
            root.clear()
    if not feed.of.get("IntervalBlock"):
        raise FormatRefused(
            "bad-meter-file",
            "holds no `IntervalBlock` of Green Button (ESPI): no readings",
            "name the file of usage data, not of the bill or the account",
        )
    return feed


def _take(feed: Feed, entry: Element, readings: list[Reading]) -> None:
    links: dict[str, list[str]] = {}
    title = ""
    for part in entry:
        name = local(part)
        if name == "link":
            links.setdefault(part.get("rel", ""), []).append(_href(part.get("href", "")))
        elif name == "title":
            title = (part.text or "").strip()
    for content in (part for part in entry if local(part) == "content"):
        for node in content:
            kind = local(node)
            if kind in _KINDS:
                resource = Resource(links, title, _texts(node), list(readings))
                feed.of.setdefault(kind, []).append(resource)


def _href(text: str) -> str:
    return text.strip().partition("?")[0].rstrip("/")


def _texts(node: Element) -> dict[str, str]:
    """The texts below a resource, as `name` or `above/name`."""
    found: dict[str, str] = {}
    for part in node:
        found.setdefault(local(part), (part.text or "").strip())
        for inner in part:
            found.setdefault(f"{local(part)}/{local(inner)}", (inner.text or "").strip())
    return found


def _reading(element: Element) -> Reading:
    texts = _texts(element)
    qualities = _qualities(part for part in element if local(part) == "ReadingQuality")
    return Reading(
        texts.get("value", ""),
        texts.get("timePeriod/start", ""),
        texts.get("timePeriod/duration", ""),
        qualities,
    )


def _qualities(parts: Iterable[Element]) -> tuple[str, ...]:
    return tuple(
        (inner.text or "").strip()
        for part in parts
        for inner in part
        if local(inner) == "quality"
    )  # fmt: skip
