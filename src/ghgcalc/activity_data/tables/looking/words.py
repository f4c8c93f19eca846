"""The words of headings and cells by which a look tells what a column may be, in many languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

# a word holds for what begins with it; `!` after it: for that word alone
ROLES: Final = {
    "quantity": "quantity|qty|usage|consumption|amount|volume|verbrauch|menge|consumo|consommation|"
    "quantité|cantidad|verbruik|energy|value|数量|用量|使用量|电量|wert|zużycie|ilość|sản lượng|"
    "điện năng|hoeveelheid|energia|units!",
    "facility": "site|facility|building|property|location|plant|branch|standort|gebäude|werk|"
    "edificio|bâtiment|工厂|厂|地点|拠点|사업장|obiekt|budynek|gebouw|locatie|tòa nhà|cơ sở|sede",
    "item": "item|fuel|type|commodity|utility|energy|product|material|category|art!|energieträger|"
    "energieart|combustible|combustibile|carburant|项目|种类|品种|品目|énergie|medium|medien|sparte|"
    "nośnik|paliwo|produkt|brandstof|brennstoff|kraftstoff|stoff!|stoffbezeichnung|stoffname|stof!|"
    "schadstoff|pollutant|polluant|contaminante|inquinante|substan|sustancia|sostanza|chemical|"
    "gas name|waren|goods|種類|種別|货品|chất|nhiên liệu|loại|mặt hàng|hàng hóa|hàng hoá|"
    "tên hàng|vật tư|"
    "物料|物资|能源|燃料|油种|油種|"
    "商品|货物|貨物|产品|材料|matière|produit|producto|prodotto|towar|materiaal|materiał|abfallart",
    "description": "description|desc!|bezeichnung|beschreibung|désignation|libellé|descripción|"
    "descrizione|omschrijving|opis|diễn giải|kurztext|text!|品名|名称|名稱|摘要|article|"
    "artikel|service!|leistung!",
    "meter": "meter|zähler|compteur|contador|mpan|mprn|nmi|ean!|ean-|zählpunkt|表号|电表|licznik|"
    "prm!|pdl!|pce!|ppe!|cups!|pod!|công tơ|messlokation",
    "estimated": "estimat|read type|reading type|status|quality|geschätzt|estimada|ablese",
    "supplier": "supplier|vendor|utility name|lieferant|versorger|fournisseur|供应商|dostawca",
    "from": "start|from|begin|von!|ab!|desde|début|debut|inicio|起|開始|开始|od!|początek|từ|du!|"
    "vanaf|van!|eerste",
    "to": "end|to!|until|bis!|hasta|fin|止|終|结束|do!|koniec|đến|au!|tot!|t/m|einde|截止",
    "reading": "reading|zählerstand|stand!|stände|index|register|counter|dial|表码|读数|示数|表数|"
    "止码|起码|stan licznika|stan pocz|stan końc|wskazani|odczyt|lectura|relevé|lettura|"
    "meterstand|beginstand|eindstand|chỉ số|odometer|kilometerstand|km-stand|km stand",
}  # fmt: skip
Sort = Literal["numbered", "dated", "money", "power", "factor", "meter", "reading", "plain"]
_SORTS: Final[tuple[tuple[Sort, str], ...]] = (
    ("numbered", r"(?i)^(werk|plant|site|facility|building|gebäude|standort|branch|material|"
     r"artikel|product|produkt|kostenstelle|cost cent(er|re)|工厂|厂)\.?$|^#$|"
     r"\b(no|nr|num|number|id|ref|doc|invoice|code|rechnung|"
     r"account|customer|contract|vertrag|konto|sl|lp|stt)\b\.?|"
     r"nummer|号|^lfd|\bs\.?\s?no\b|\bsr\.|^n[°º]|序|numer|număr|mã\b"),
    ("dated", r"(?i)date\b|\bdays?\b|datum|\btag(e)?\b|fecha|jour|日|month|monat|\bmois\b|\bmes\b|"
     r"miesi|tháng|年|^月|year|\bjahr\b|\bannée|\baño|\brok\b|\bjaar|maand|\bhour|\bhora|\bstunde|godzin|\bweek"),
    ("money", r"(?i)[£$€¥₹₩฿₫₺元円]|\b(cost|costs|amt|price|charge|charges|bill|vat|tax|fee|net|"
     r"gross|eur|usd|gbp|chf|cny|rmb|jpy|inr|rs|pln|vnd|kr|zł|zl|betrag|kosten|preis|entgelt|netto|brutto|"
     r"mwst|cena|koszt|kwota|opłata|wartość|importe|precio|coste|iva|montant|prix|coût|facture|ttc|ht|"
     r"tva|bedrag|prijs|btw|importo|tariff|rate|rates|amount due|paid|due|balance)\b|金额|电费|"
     r"单价|价|税|费|thành tiền|đơn giá|tiền|原价"),
    ("power", r"(?i)\b(kw|mw|kva|mva|kvar|demand|power|leistung|spitzenlast|potencia|puissance|moc|"
     r"vermogen|công suất|peak|load factor|power factor)\b|(?<![a-z])w\)|\(w\)|需量|功率|负荷"),
    ("factor", r"(?i)faktor|factor|multiplier|multiplikator|ratio|coeff|koeff|mnożn|倍率|变比|"
     r"hệ số|multiplicador|\bp\.?f\b|percent|%|degree|temp|hdd|cdd"),
)  # fmt: skip
_UNITS: Final = re.compile(
    r"(?i)(?<!\w)(me|\w*-me|erfass\w*me|bme|eme|bun|uom|u/?m|units?|\w*einheit(en)?|\w*einh\.?|"
    r"unités?|unidad(es)?|unidade|unità|eenheid|jednostka|j\.?m\.?|đơn vị( tính)?|đvt)(?!\w)|"
    r"单位|單位|単位|단위"
)
_CURRENCIES: Final = re.compile(
    r"(?i)währ|waehr|waers|currency|(?<!\w)(ccy|curr|cur)(?!\w)|币种|币别|货币|貨幣|通貨|devise|moneda|"
    r"moeda|valuta|waluta|divisa|tiền tệ"
)
_CONVERTS: Final = re.compile(
    r"(?i)brennwert|heizwert|zustandszahl|z-zahl|calorific|heating value|heat content|calorífico|"
    r"pouvoir calor|calorifique|density|dichte|densité|热值|発熱量"
)
_HUMPS: Final = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-Þ])")  # of `FacilityID`, not of `kWh`
_INTERVALS: Final = re.compile(
    r"(?i)(?<![^\W\d_])(pas (en|de|du|temporel)\b|time[ -]?step|"
    r"\w*interval(l|le|lo|o|y|u|s|length)?"
    r"(?![^\W\d_])|granular\w*|(mess|integrations|registrier|ables\w*|abtast)perioden?\w*|zeitraster|"
    r"meetinterval|per[ií]odo de (integraci[oó]n|integração|medida)|résolution|auflösung|"
    r"khoảng thời gian)|(采样|时间|時間|计量)?(间隔|間隔)|积分周期"
)
_ROW_KINDS: Final = re.compile(
    r"(?i)\b(bwa|mvt|movement|bewegungs?art|buchungsart|belegart|doc\w*\.? type|"
    r"transaction (type|code)|txn type)\b|bewegungsart|移动类型|凭证类型"
)
_DIRECTIONS: Final = re.compile(
    r"(?i)\b(imports?|exports?|imported|exported|import(ed)?|received?|delivered|forward|reverse|"
    r"generation|generated|pobór|pobor|oddanie|pobrana|oddana|wprowadzona|afname|injectie|invoeding|"
    r"levering|leveren|terugleveren|teruglevering|bezug|einspeisung|lieferung|rücklieferung|"
    r"eingespeist|soutirage|injection|vertido|excedente|excedentes|autoconsumo|immissione|immessa|"
    r"prelievo|prelevata|consumida|inyectada|net|solar|pv)\b|用电|上网|反向|正向|发电|nhận|giao|"
    r"^(\d-\d+:)?[12]\.(8|29)\.\d|^[+-]?a[+-]?$"
)
_FED_IN: Final = re.compile(
    r"(?i)\b(exports?|exported|reverse|generation|generated|production|oddanie|oddana|wprowadzona|"
    r"injectie|invoeding|terugleveren|teruglevering|einspeisung|eingespeist|rücklieferung|injection|"
    r"vertid[oa]|excedentes?|immissione|immessa|inyectada|solar|pv)\b|上网|反向|发电|giao"
)
_READ_HEADS: Final = re.compile(
    r"(?i)\bread|reading|type|typ\b|status|ables|estim|quality|qualität|lectura|relevé|lettura|odczyt|"
    r"geschätzt|herkunft|\bart\b|kennz"
)
_READ_LETTERS: Final = frozenset("aecr")
_READS: Final = re.compile(
    r"estimat\w*|actual\w*|customer|(actual|estimated|customer|smart|meter) read(ing)?|"
    r"real|"
    r"szacunkow\w*|szacowan\w*|rzeczywist\w*|estimad[ao]|leída|geschätzt|abgelesen|gemessen|"
    r"estimé\w*|réel\w*|relevé\w*|stimat[oa]|effettiv[oa]|rilevat[oa]|geschat|werkelijk|"
    r"gemeten|ước tính|thực tế|估|实|估计|实际|估算|实抄|估抄"
)
_MAINS: Final = re.compile(
    r"(?i)(?<![^\W\d_])(main|mains|incomer|whole|head|primary|grand|principal|principale|général\w*|"
    r"haupt\w*|gesamt\w*|summenz\w*|główny|hoofd\w*|generale|total|bulk|check)(?![^\W\d_])|总表|总"
)
_SUPERSEDES: Final = re.compile(
    r"(?i)\b(correct(ed|ion)|revis\w*|supersed\w*|replac\w*|amended|korrigiert|korrektur|berichtigt|"
    r"ersetzt|corrigé\w*|corregid\w*|corrett\w*|gecorrigeerd|duplicate|original|preliminary|final|"
    r"draft|vorläufig|endgültig|provisoire|définiti\w*)\b|修正|更正|补录|điều chỉnh"
)
_CREDITS: Final = re.compile(
    r"(?i)\b(credit|credits|crn|cn|rev|reversal|reversed|cancel\w*|void|storno\w*|gutschrift|avoir|"
    r"annul\w*|abono|rectif\w*|korekt\w*|nota di credito|creditnota|refund|rebill|adjust\w*)\b|"
    r"红冲|冲红|作废|điều chỉnh"
)
_TOTALS: Final = re.compile(
    r"(?i)^[\s*=_-]*((grand|sub)[\s-]?)?(total|totals|totale|totaal|sous-total|subtotaal|summe|"
    r"gesamt|gesamtsumme|zwischensumme|insgesamt|suma|razem|łącznie|ogółem|celkem|összesen|toplam|"
    r"somme|somma|sum|total général|tổng|tổng cộng|cộng|jumlah|итого|всего|overall|"
    r"average|avg|mean|durchschnitt|mittelwert|moyenne|promedio|media$|średnia|gemiddelde?|"
    r"trung bình|((max|min)(imum|imo)?\.?$)|"
    r"(all|alle) [^\W\d_]+|(whole|entire) [^\W\d_]+|(tous|toutes) les|tod[oa]s l[oa]s|wszystkie)"
    r"(?![^\W\d_])(?!\s*(energies|gas|direct|capital))|^(合计|小计|总计|累计|共计|合計|小計|総計|總計|합계|소계|총계|全部|全厂|整个|平均|最大|最小)|^[*Σ∑]{1,4}$"
)
_MULTIPLES: Final = re.compile(
    r"(?i)(?<!\d)('?000s?|1[.,]?000)(?!\d)|thousand|tausend|\btsd|\bmio\b|million|mille\b|tys\b|lakh|"
    r"crore|\bx\s?10+|万|萬|千|亿|nghìn"
)


def hinted(role: str, name: str) -> bool:
    """Whether a heading has a word for a role; `PollutantName` has two words."""
    return bool(_of_role(role).search(_HUMPS.sub(" ", name).casefold()))


@lru_cache(maxsize=32)
def _of_role(role: str) -> re.Pattern[str]:
    words = [re.escape(w.rstrip("!")) + (r"(?!\w)" if w.endswith("!") else "")
             for w in ROLES[role].split("|")]  # fmt: skip
    return re.compile(rf"(?<![a-zäöü])(?:{'|'.join(words)})")


def sort_of(name: str, *, has_unit: bool) -> Sort:
    """What the numbers below a heading are, by its words alone."""
    name = _HUMPS.sub(" ", name)
    if hinted("reading", name) and not re.search(r"(?i)\b(date|day|datum|tag|type|art)\b", name):
        return "reading"
    found: list[Sort] = [sort for sort, form in _COMPILED if form.search(name)]
    if (
        has_unit
    ):  # `Verbrauch netto (kWh)`, `Power / Usage kWh`, `Net kWh`: the unit says what it is
        found = []
    if not found and not has_unit and hinted("meter", name):
        return "meter"
    return found[0] if found else "plain"


_COMPILED: Final[tuple[tuple[Sort, re.Pattern[str]], ...]] = tuple(
    (sort, re.compile(form)) for sort, form in _SORTS
)


def converts(name: str) -> bool:
    """Whether a heading is a word for what makes another unit of amounts: a heating value."""
    return bool(_CONVERTS.search(name))


def tells_interval(name: str) -> bool:
    """Whether a heading is a word for how long each reading of a load profile lasts."""
    return bool(_INTERVALS.search(name))


def sorts_rows(name: str) -> bool:
    """Whether a heading is a word for kinds of rows, by which some count and others do not."""
    return bool(_ROW_KINDS.search(name))


def names_unit(name: str) -> bool:
    """Whether a heading is a word for units of measure."""
    return bool(_UNITS.search(name))


def names_currency(name: str) -> bool:
    """Whether a heading is a word for currencies."""
    return bool(_CURRENCIES.search(name))


def tells_flow(text: str) -> bool:
    """Whether a text is a word for what was drawn or what was fed in."""
    return bool(_DIRECTIONS.search(text.strip()))


def feeds_in(text: str) -> bool:
    """Whether a text is a word for what was fed into the grid or generated."""
    return bool(_FED_IN.search(text))


def tells_reads(name: str, texts: Iterable[str]) -> bool:
    """Whether all texts say how a quantity was read; letters do below a heading of reads alone."""
    found = [text.strip().casefold() for text in texts]
    letters = _READ_LETTERS if _READ_HEADS.search(name) else frozenset()
    known = all(text in letters or _READS.fullmatch(text) for text in found)
    return bool(found) and known and found != ["customer"]


def holds_others(text: str) -> bool:
    """Whether a text is a word for a meter that measures what others measure as well."""
    return bool(_MAINS.search(text))


def supersedes(text: str) -> bool:
    """Whether a text is a word for a row that stands in for an earlier one."""
    return bool(_SUPERSEDES.search(text))


def takes_away(text: str) -> bool:
    """Whether a text is a word for a credit or a cancellation."""
    return bool(_CREDITS.search(text))


def adds_up(text: str) -> bool:
    """Whether a text begins with a word for a sum."""
    return bool(_TOTALS.search(text))


def counts_units(name: str) -> bool:
    """Whether a heading has a word or figure that multiplies its unit: `'000 kWh`."""
    return bool(_MULTIPLES.search(name))
