import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CONTENT = FOLDER / "content"

Content = dict[str, Any]


def read(name: str) -> Content:
    return read_file(CONTENT / f"{name}.toml")


def read_folder(name: str) -> dict[str, Content]:
    """The contents of a folder, by the names of their files: the slugs of the pages."""
    return {
        path.stem: read_file(path) for path in sorted((CONTENT / name).glob("*.toml"))
    }


def read_file(path: Path) -> Content:
    with path.open("rb") as file:
        return tomllib.load(file)
