"""What CI systems read: the action, the GitLab template, the hooks, and what `init` writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from support.command import ROOT, run

if TYPE_CHECKING:
    from collections.abc import Mapping

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
TEMPLATE = "docs/ghgcalc.gitlab-ci.yml"
TAG = "<!-- ghgcalc-ci 0123456789abcdef -->"


def by_schema(kind: str, *files: Path) -> None:
    """Judge files by a schema that check-jsonschema brings along."""
    words = ["--builtin-schema", f"vendor.{kind}", *map(str, files)]
    done = CliRunner().invoke(check_jsonschema, words)
    assert done.exit_code == 0, done.output


def test_files_are_as_their_schemas_say(tmp_path: Path) -> None:
    """The schemas are those of SchemaStore and of GitLab."""
    for gate in ("github", "gitlab"):
        assert run("init", tmp_path / gate, "--ci", gate).exit_code == 0
    by_schema("github-actions", ROOT / "action.yml")
    by_schema("github-workflows", tmp_path / "github/.github/workflows/inventory.yml")
    by_schema("gitlab-ci", ROOT / TEMPLATE, tmp_path / "gitlab/.gitlab-ci.yml")


def test_a_broken_action_is_refused_by_its_schema(tmp_path: Path) -> None:
    broken = tmp_path / "action.yml"
    broken.write_text((ROOT / "action.yml").read_text("utf-8").replace("composite", "shell"))
    with pytest.raises(AssertionError):
        by_schema("github-actions", broken)


# ---- the scripts of the action ------------------------------------------------------------------


def script(name: str) -> str:
    return next(step["run"] for step in ACTION["runs"]["steps"] if step.get("name") == name)


def programme(folder: Path, name: str, text: str) -> None:
    """A command of this name that says what it was given, each argument on a line."""
    folder.mkdir(exist_ok=True)
    made = folder / name
    made.write_text(f'#!/bin/bash\nprintf "%s\\n" "$@" >> "$SAID"\n{text}\n', "utf-8")
    made.chmod(0o755)


def started(name: str, folder: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A step of the action as GitHub starts bash."""
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script(name)],
        env={"PATH": path, "SAID": str(folder / "said"), **env}, cwd=folder,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_no_step_puts_an_input_into_its_script() -> None:
    """A text of a pull request is never read as a command."""
    assert [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("code", [0, 1])
def test_the_action_passes_its_inputs_on(code: int, tmp_path: Path) -> None:
    programme(tmp_path / "bin", "ghgcalc", f"exit {code}")
    defaults = {name: each["default"] for name, each in ACTION["inputs"].items()}
    env = {name.upper().replace("-", "_"): text for name, text in defaults.items()}
    assert started("ghgcalc ci", tmp_path, env).returncode == code
    plain = "ci --output-dir ghgcalc-out --on-threshold fail --fail-on error -- company.yaml"
    assert (tmp_path / "said").read_text("utf-8").split("\n")[:-1] == plain.split()
    (tmp_path / "said").unlink()
    env |= {
        "FILES": "a b/公司.yaml\n\n-x.yaml\n", "BASE": "$(touch bad)", "THRESHOLD_TONNES": "5",
        "THRESHOLD_PERCENT": "1 %", "THRESHOLD_FILE": "a b/公司.yaml=5 t\n-x.yaml=1%",
    }  # fmt: skip
    started("ghgcalc ci", tmp_path, env)
    assert (tmp_path / "said").read_text("utf-8").split("\n")[7:-1] == [
        "--base", "$(touch bad)", "--threshold-tonnes", "5", "--threshold-percent", "1 %",
        "--threshold-file", "a b/公司.yaml=5 t", "--threshold-file", "-x.yaml=1%",
        "--", "a b/公司.yaml", "-x.yaml",
    ]  # fmt: skip
    assert not (tmp_path / "bad").exists()


@pytest.mark.parametrize(
    ("known", "wanted"),
    [("", "POST repos/o/r/issues/7/comments"), ("11\n12", "PATCH repos/o/r/issues/comments/11")],
)
def test_a_later_run_finds_its_comment(known: str, wanted: str, tmp_path: Path) -> None:
    programme(tmp_path / "bin", "gh", f'[ "$2" = --paginate ] && echo "$TAG" >> "$SAID" && '
              f'printf "{known}" || true')  # fmt: skip
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "comment.md").write_text(f"{TAG}\n# passes\n", "utf-8")
    env = {"OUTPUT_DIR": "out", "GITHUB_REPOSITORY": "o/r", "NUMBER": "7", "GH_TOKEN": "t"}
    assert started("comment", tmp_path, env).returncode == 0
    said = (tmp_path / "said").read_text("utf-8").splitlines()
    assert TAG in said
    method = said.index("--method")
    assert " ".join(said[method + 1 : method + 3]) == wanted
    assert "body=@out/comment.md" in said


def test_a_token_that_only_reads_fails_no_job(tmp_path: Path) -> None:
    programme(tmp_path / "bin", "gh", "exit 1")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "comment.md").write_text(f"{TAG}\n", "utf-8")
    env = {"OUTPUT_DIR": "out", "GITHUB_REPOSITORY": "o/r", "NUMBER": "7", "GH_TOKEN": "t"}
    done = started("comment", tmp_path, env)
    assert done.returncode == 0
    assert done.stdout.startswith("::warning title=ghgcalc::")


# ---- the hooks ----------------------------------------------------------------------------------


def test_the_hooks_are_commands(tmp_path: Path) -> None:
    run("init", tmp_path)
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        words = [*hook["entry"].split()[1:], *hook.get("args", ())]
        assert run(*words, cwd=tmp_path).exit_code == 0, hook["id"]


REQUIRED = os.environ.get("GHGCALC_TOOLS") == "required"
PRE_COMMIT = shutil.which("pre-commit", path=os.pathsep.join(
    [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
))  # fmt: skip
CONFIG = """\
repos:
  - repo: {clone}
    rev: {rev}
    hooks:
      - id: ghgcalc-check
        args: [company.yaml, "a b/公司.yaml"]
      - id: ghgcalc-schema
"""


@pytest.mark.skipif(not (PRE_COMMIT or REQUIRED), reason="pre-commit is not installed")
def test_pre_commit_runs_the_hooks_of_a_clone(tmp_path: Path) -> None:
    """Offline, from wheels built here: the hooks pass, then refuse, and renew schemas."""
    assert PRE_COMMIT, "GHGCALC_TOOLS asks for pre-commit, which is not installed"
    wheels = tmp_path / "wheels"
    built = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(wheels)]
    subprocess.run([*built, str(ROOT), "hatchling>=1.24,<2", "editables"], check=True)
    who = ["-c", "user.name=N", "-c", "user.email=n@example.org"]
    clone, repo = tmp_path / "clone", tmp_path / "repo"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", clone)
    git = ["git", *who, "-C", str(clone)]
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "as it is"], check=True)
    rev = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    run("init", repo, "--ci", "none")
    (repo / "a b").mkdir()
    company = (repo / "company.yaml").read_text("utf-8").replace("./factors/", "../factors/")
    shutil.copytree(repo / "factors", repo / "a b" / "factors")
    shutil.copytree(repo / "activities", repo / "a b" / "activities")
    (repo / "a b" / "公司.yaml").write_text(company.replace("../factors/", "./factors/"), "utf-8")
    (repo / ".pre-commit-config.yaml").write_text(
        CONFIG.format(clone=clone, rev=rev.stdout.strip()), "utf-8"
    )
    subprocess.run(["git", "init", "-q", str(repo)], check=True)
    subprocess.run(["git", "-C", str(repo), "add", "-A"], check=True)
    env = {
        **os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels),
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
    }  # fmt: skip

    def hooks() -> subprocess.CompletedProcess[str]:
        words = [str(PRE_COMMIT), "run", "--all-files", "--color", "never"]
        return subprocess.run(words, cwd=repo, env=env, capture_output=True, text=True, check=False)

    first = hooks()
    assert first.returncode == 0, first.stdout + first.stderr
    assert first.stdout.count("Passed") == 2
    (repo / "a b" / "公司.yaml").write_text(company.replace("AR6", "AR66"), "utf-8")
    schema = repo / ".ghgcalc" / "company.schema.json"
    schema.write_text(schema.read_text("utf-8").replace("description", "descripton"), "utf-8")
    subprocess.run(["git", "-C", str(repo), "add", "-A"], check=True)
    second = hooks()
    assert second.returncode == 1
    assert second.stdout.count("Failed") == 2
    assert "公司.yaml" in second.stdout
    assert "files were modified by this hook" in second.stdout
