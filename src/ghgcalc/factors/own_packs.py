"""Own packs of a company: read from its folder, judged as bundled ones are."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome, has_errors
from ghgcalc.core.schema_findings import Findings
from ghgcalc.core.text.document import KeyPath, locate, read_text
from ghgcalc.core.text.paths import PathError, inside
from ghgcalc.core.text.source import SourceFile
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.factors.heat_pairs import check_heating_values
from ghgcalc.factors.lint import check_header, check_places, check_tables, lint_pack, pack_texts
from ghgcalc.factors.model import PackHeader, PackInfo
from ghgcalc.factors.pack import Pack, own_digest


class OwnPack(NamedTuple):
    """An own pack, or None where it cannot be used, and its texts for excerpts."""

    pack: Pack | None
    sources: tuple[SourceFile, ...] = ()


def own_pack(folder: Path, name: str, where: Location) -> Outcome[OwnPack]:
    """Read the own pack that a company file names.

    Diagnosed: `path-outside`, `file-not-found`, and the pack's mistakes at its own file and line.
    """
    try:
        path = inside(folder, folder, name)
    except PathError as error:
        outside = Diagnostic("path-outside", error.message, where, hint=error.hint)
        return Outcome(OwnPack(None), (outside,))
    shown = Path(name).as_posix()
    outcome = read_pack_file(path, shown, folder)
    texts = pack_texts(path, shown, outcome.diagnostics)
    if outcome.value is not None:
        pack, source = outcome.value
        return Outcome(OwnPack(pack, (source, *texts)), outcome.diagnostics)
    broken = OwnPack(None, (*_kept_source(path, shown), *texts))
    if path.exists():
        return Outcome(broken, outcome.diagnostics)
    missing = Diagnostic(
        "file-not-found",
        f"own pack `{name}` cannot be read",
        where,
        hint="check the name, relative to the company file",
    )
    return Outcome(broken, (missing,))


def _kept_source(path: Path, shown: str) -> tuple[SourceFile, ...]:
    """A broken pack's text, so that its findings show their excerpt."""
    text = read_text(path, shown).value
    return () if text is None else (SourceFile(shown, text[0]),)


def read_pack_file(
    path: Path, shown: str, root: Path | None = None
) -> Outcome[tuple[Pack, SourceFile] | None]:
    """Read an own pack from YAML; its mistakes carry its own file and line."""
    text = read_text(path, shown)
    if text.value is None:
        return Outcome(None, text.diagnostics)
    source = SourceFile(shown, text.value[0], 0)
    parsed = parse(source)
    if parsed.value is None:
        return Outcome(None, parsed.diagnostics)
    tree = parsed.value
    findings = Findings(tree, lambda p, key=False: locate(tree, [source], p, key=key))
    try:
        header = PackHeader.model_validate(tree)
    except ValidationError as error:
        found = findings.of(("",), TypeAdapter(PackHeader), error, subject="the pack")
        return Outcome(None, (*parsed.diagnostics, *found))

    def place(keys: KeyPath) -> Location:
        return locate(tree, [source], keys, key=True)

    unopened = check_places(header, path.parent, root or path.parent, place)
    if unopened:  # not even hashed: their lines would be printed as excerpts
        return Outcome(None, (*parsed.diagnostics, *unopened))
    digest = own_digest(text.value[1], path.parent, [table.file for table in header.tables])
    info = PackInfo(header, True, digest, shown)
    pack = Pack(info, path.parent, Path(shown).parent.as_posix(), place)
    found = [*parsed.diagnostics, *check_tables(pack, place)]
    found += check_header(pack, place)
    found += lint_pack(pack) if header.tables else []
    if not has_errors(found):
        found += check_heating_values(pack, place)
    return Outcome(None if has_errors(found) else (pack, source), tuple(found))
