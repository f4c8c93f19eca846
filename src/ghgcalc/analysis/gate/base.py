"""The revision that a change is compared with: named by an option or by the CI system."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.analysis.compare.revisions import git

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMIT, BRANCH = "commit", "branch"
OPTION = "--base"
# what CI systems say of a merge request, the first that is set: GitHub, GitLab, Bitbucket, Azure,
# Jenkins; each from the system's own list of predefined variables
VARIABLES: Final[tuple[tuple[str, str], ...]] = (
    ("GITHUB_BASE_REF", BRANCH),
    ("CI_MERGE_REQUEST_DIFF_BASE_SHA", COMMIT),
    ("BITBUCKET_PR_DESTINATION_COMMIT", COMMIT),
    ("SYSTEM_PULLREQUEST_TARGETBRANCH", BRANCH),
    ("CHANGE_TARGET", BRANCH),
)
_HEADS = "refs/heads/"
_DEEPER = "fetch the whole history: `fetch-depth: 0` of actions/checkout, GIT_DEPTH: 0 of GitLab"


class NoBase(ValueError):  # noqa: N818 - about the repository, not a fault of the program
    """The base that was named is not here.

    Attributes:
        what: what is not here.
        remedy: what to do.
    """

    def __init__(self, what: str, remedy: str) -> None:
        """Say what is not here, and what to do."""
        super().__init__(f"{what}; {remedy}")
        self.what, self.remedy = what, remedy


class Asked(NamedTuple):
    """A base as it was named: the text, whether it is a branch of the server, and by what."""

    text: str
    kind: str
    by: str


class Base(NamedTuple):
    """The commit compared with: its full name, the root of its repository, and who named it."""

    commit: str
    root: Path
    asked: Asked

    @property
    def label(self) -> str:
        """The first signs of the commit, as git shows them."""
        return self.commit[:10]


def named(option: str | None, environ: Mapping[str, str]) -> Asked | None:
    """The base that the option names, or else the environment; None where nobody does."""
    if option is not None:
        return Asked(option, COMMIT, OPTION)
    for name, kind in VARIABLES:
        if text := environ.get(name, "").strip():
            return Asked(text, kind, name)
    return None


def find_base(asked: Asked, folder: Path) -> Base:
    """The commit where the branch left its base: what others did since is no part of the change.

    Args:
        asked: what names the base.
        folder: of a company file.

    Raises:
        NoBase: there is no repository, the revision is not here, or both share no history.
    """
    root = _root(asked, folder)
    commit = next(filter(None, (_commit(text, root) for text in _spellings(asked))), "")
    shallow = _said(["rev-parse", "--is-shallow-repository"], root) == "true"
    if not commit:
        what = f"the base revision `{asked.text}` ({asked.by}) is not in this clone"
        raise NoBase(
            what,
            _DEEPER
            if shallow or asked.by != OPTION
            else "name another one, such as one that `git branch --all` lists",
        )
    if not _commit("HEAD", root):
        what = f"nothing is committed here, so nothing can be compared with `{asked.text}`"
        raise NoBase(what, "add a first commit")
    shared = _said(["merge-base", commit, "HEAD"], root)
    if not shared:
        what = f"the commit that `{asked.text}` ({asked.by}) and this branch share is not here"
        raise NoBase(
            what, _DEEPER if shallow else "name a base with which it has history in common"
        )
    return Base(shared, root, asked)


def repository_of(folder: Path) -> Path | None:
    """The root of the repository that a folder is in; None where it is in none."""
    try:
        done = git(["rev-parse", "--show-toplevel"], folder)
    except OSError:
        return None
    text = done.stdout.decode("utf-8", "surrogateescape").rstrip("\r\n")
    return Path(text).resolve() if done.returncode == 0 and text else None


def _root(asked: Asked, folder: Path) -> Path:
    found = repository_of(folder)
    if found is not None:
        return found
    what = f"the base `{asked.text}` ({asked.by}) cannot be looked up"
    try:
        done = git(["rev-parse", "--show-toplevel"], folder)
    except OSError as error:
        raise NoBase(f"{what}: git cannot be started ({error.strerror})", "install git") from error
    said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
    raise NoBase(f"{what}: {said or 'this is no git repository'}", "run it inside the repository")


def _spellings(asked: Asked) -> list[str]:
    """The names under which a clone may know the base."""
    if asked.kind == COMMIT:
        return [asked.text]
    branch = asked.text.removeprefix(_HEADS)
    return [f"refs/remotes/origin/{branch}", f"{_HEADS}{branch}"]


def _commit(text: str, root: Path) -> str:
    asked = f"{text}^{{commit}}"
    return _said(["rev-parse", "--verify", "--quiet", "--end-of-options", asked], root)


def _said(words: list[str], root: Path) -> str:
    """What git prints on one line; empty where it refuses."""
    done = git(words, root)
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
