"""What has to travel with the package: catalogues, samples, migrations, the demo page. A wheel without one of them passes
every other test, because those run from the source."""

from __future__ import annotations

import fnmatch
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "dondoc"

# One of each kind by name, so that an empty folder cannot pass for a complete one.
ESSENTIAL = (
    "dondoc/locales/vi/handlers.po",
    "dondoc/locales/en/handlers.po",
    "dondoc/samples/don-vi.csv",
    "dondoc/samples/thong-bao-57.docx",
    "dondoc/storage/migrations/env.py",
    "dondoc/storage/migrations/script.py.mako",
    "dondoc/storage/migrations/versions/0001_initial.py",
    "dondoc/web/static/demo.html",
    "dondoc/web/static/demo.js",
    "dondoc/web/static/page.css",
)


def package_files() -> set[str]:
    """Everything under ``dondoc/`` that is written by people."""
    files = (path for path in PACKAGE.rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}


def test_every_kind_of_data_file_is_declared() -> None:
    """Quick, and without building anything: a new kind of file needs its pattern in pyproject.toml."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["*"]
    data = {name for name in package_files() if not name.endswith(".py")}
    lost = {name for name in data if not any(fnmatch.fnmatch(Path(name).name, pattern) for pattern in patterns)}
    assert lost == set()


def test_the_dependencies_of_the_product_are_pinned() -> None:
    """An office installs what was tested: every requirement, of developers too, has its line in constraints.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    lines = (ROOT / "constraints.txt").read_text().split()
    assert all("==" in line for line in lines)
    pinned = {_plain(line.partition("==")[0]) for line in lines}
    names = {_plain(requirement) for requirement in wanted}
    assert names - pinned == set()


def _plain(requirement: str) -> str:
    name = requirement.replace("[", " ").replace(">", " ").replace("=", " ").replace("<", " ").split()[0]
    return name.lower().replace("_", "-").replace(".", "-")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as an installation builds it. From a copy, so that no earlier build is mixed in."""
    source = tmp_path_factory.mktemp("source")
    shutil.copytree(PACKAGE, source / "dondoc", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(built), str(source)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    [wheel] = built.glob("*.whl")
    return wheel


@pytest.mark.system
def test_the_wheel_holds_the_whole_package_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    outside = {name for name in names if ".dist-info/" not in name}
    assert outside == package_files()
    assert outside >= set(ESSENTIAL)


@pytest.mark.system
def test_the_wheel_carries_its_licence_and_its_command(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    parts = {name.partition(".dist-info/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
    assert "Apache License" in archive.read(parts["licenses/LICENSE"]).decode()
    assert "dondoc = dondoc.bot.cli:main" in archive.read(parts["entry_points.txt"]).decode()
    assert "Requires-Python: >=3.11" in archive.read(parts["METADATA"]).decode()
