"""Draw the pictures of the README and of the pages: `python docs/pictures.py`.

* `docs/pictures/*.svg`: what a command prints in a terminal, drawn by rich. The same output gives
  the same bytes, and `tests/test_pictures.py` holds them to what the commands print.
* `docs/pictures/workbook.png`: the first sheet of a workbook, as LibreOffice shows it. Drawn with
  `--workbook`, which needs `soffice` and `pdftoppm`: other versions of these move some pixels.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from unittest.mock import patch

from rich.ansi import AnsiDecoder
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

from ghgcalc.cli.app import main as ghgcalc

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 100
# rich's frame without its fonts, which it would fetch from a server
FONTS = re.compile(r"@font-face \{\{.*?\}\}\n\s*", re.S)
MONOSPACE = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"
# file: what is typed behind `ghgcalc`, in the top folder of the repository
TERMINALS = {
    "compute.svg": ("compute", "examples/minimal/company.yaml"),
    "finding.svg": ("compute", "tests/errors/basis-missing/company.yaml"),
}
WORKBOOK = ("compute", "examples/opulent/company.yaml", "--period", "2024")
# the first page above its foot, in dots of 110 to the inch: left, top, width, height
CUT = ("-x", "30", "-y", "54", "-W", "850", "-H", "946")


class Terminal(io.StringIO):
    """A stream that says it is a terminal, so that what is written to it has colours."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def printed(words: tuple[str, ...]) -> str:
    """What a command writes to a terminal of 100 columns, colours and findings included."""
    terminal = Terminal()
    env = {"COLUMNS": str(WIDTH), "TERM": "xterm", "NO_COLOR": ""}
    with (
        chdir(ROOT), patch.dict("os.environ", env), patch("sys.argv", ["ghgcalc", *words]),
        redirect_stdout(terminal), redirect_stderr(terminal),
        suppress(SystemExit),  # how it ended is not in the picture
    ):  # fmt: skip
        ghgcalc()
    return terminal.getvalue()


def drawn(name: str) -> str:
    """A picture of a terminal as SVG."""
    from rich._export_format import CONSOLE_SVG_FORMAT

    words = TERMINALS[name]
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True,
                      color_system="standard", legacy_windows=False, _environ={})  # fmt: skip
    console.print(f"$ ghgcalc {' '.join(words)}", highlight=False, markup=False)
    for line in AnsiDecoder().decode(printed(words)):
        console.print(line, soft_wrap=False)
    svg = console.export_svg(
        title="ghgcalc", theme=SVG_EXPORT_THEME, unique_id=Path(name).stem,
        code_format=FONTS.sub("", CONSOLE_SVG_FORMAT).replace("Fira Code, monospace", MONOSPACE),
    )  # fmt: skip
    return "\n".join(row.rstrip() for row in svg.splitlines()) + "\n"


def draw_workbook(file: Path) -> None:
    """A picture of a workbook's first sheet, by LibreOffice and poppler."""
    for tool in ("soffice", "pdftoppm"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is not installed: no picture of a workbook")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        printed((*WORKBOOK, "-o", str(folder / "workbook.xlsx")))
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
             "--convert-to", "pdf", "--outdir", folder, folder / "workbook.xlsx"],
            check=True, capture_output=True,
        )  # fmt: skip
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-f", "1", "-r", "110", *CUT,
             folder / "workbook.pdf", folder / "workbook"],
            check=True, capture_output=True,
        )  # fmt: skip
        shutil.copy(folder / "workbook.png", file)


def main() -> None:
    """Draw all pictures that this machine can draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--workbook", action="store_true", help="the workbook as well")
    asked = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    for name in TERMINALS:
        (PICTURES / name).write_text(drawn(name), "utf-8")
    if asked.workbook:
        draw_workbook(PICTURES / "workbook.png")


if __name__ == "__main__":
    main()
