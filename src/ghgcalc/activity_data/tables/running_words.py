"""The words of headings whose cells run on: totals since a start, readings of counters."""

from __future__ import annotations

import re
from typing import Final

# `cumul`, `kumuliert`, `accumulated`, `YTD`: all since a start, such as that of the year
_RUNNING: Final = re.compile(
    r"(?i)(?<![^\W\d_])(?:a?c?cumul(?:[ée]e?s?|ati\w*|ated?|ating|ad[oa]s?|at[oa])?|kumul\w*|"
    r"kümül\w*|aufgelaufen\w*|auflaufend\w*|ackumulera\w*|skumulowan\w*|narastając\w*|"
    r"progressiv[oa]s?|[ymq]td|(?:(?:year|month|quarter|project|life)[ -])?to[ -]date|"
    r"(?:running|rolling) (?:total|sum)s?|seit jahresbeginn|depuis le début|à ce jour|"
    r"l(?:ũy|uỹ)\s?kế|cộng dồn|нарастающ\w*|накопленн\w*)(?![^\W\d_])|"
    r"(?<![^\W\d_])(?:kum(?:\.|m?(?![^\W\d_]))|"
    r"(?:[kMGT]?Wh|[MG]J|therms?|lit(?:re|er)s?|kg|t|t?CO2e?)[\W_]{1,2}cum[m.]?(?![^\W\d_])|"
    r"cumm?\.?[\s_]+(?:consumption|usage|use|total|sum|[kMG]?Wh|MJ|GJ|kg)(?![^\W\d_])|"
    r"since (?:(?:the )?(?:start|beginning) of (?:the |this )?year|(?:1(?:st)? )?jan(?:uary)?)|"
    r"seit (?:jahres(?:anfang|start)|1\.\s?(?:0?1\.|jan\w*)|jan(?:uar)?(?![^\W\d_])))|"
    r"累计|累計|累积|累積|누계|누적"
)
# `Zählerstand`, `Meter reading`: what a counter shows
_COUNTER: Final = re.compile(
    r"(?i)z(?:ä|ae)hlerst(?:and|ände)|"
    r"(?<![^\W\d_])(?:(?:meter|register|counter|dial) read(?:ing)?s?|meterstand(?:en)?|"
    r"stan(?:y)? licznik\w*|wskazani\w* licznik\w*|odometer|kilometerstand|"
    r"totali[sz]ers?|lectura (?:del? )?(?:contador|medidor)|lettura (?:del )?contatore|"
    r"index (?:de |du )?compteur|chỉ số(?: công tơ)?)(?![^\W\d_])|表码|示数|表读数|検針値"
)
_USED: Final = re.compile(
    r"(?i)consum|consom|usage|used|verbrauch|verbruik|zużyci|differen|differenz|écart|用量|使用量"
)
_OF_ROWS: Final = re.compile(
    r"(?i)(?<![^\W\d_])(?:type|art|status|code|date|datum|day|no|nr)(?![^\W\d_])"
)


def runs_on(heading: str) -> bool:
    """Whether a heading says that its cells are totals since a start."""
    return bool(_RUNNING.search(heading))


def shows_counter(heading: str) -> bool:
    """Whether a heading says that its cells are readings of a counter, and not what was used."""
    found = _COUNTER.search(heading)
    return bool(found) and not _USED.search(heading) and not _OF_ROWS.search(heading)
