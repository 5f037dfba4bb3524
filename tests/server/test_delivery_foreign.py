"""In somebody else's Wagtail project, with models that it has never seen, no answer from memory is stale either."""

import subprocess
import sys
from pathlib import Path

from tests.programs import ROOT, clean_environment
from tests.server.oracle.oracle import Oracle

# Its pages are small: more edits take no longer here than on our own site.
TIMES = 3
PROJECT = Path(__file__).parent / "foreign"
BUILD = "import edits; edits.build()"


def prepare(folder):
    variables = {
        "DATA_DIR": folder / "data",
        "DJANGO_SETTINGS_MODULE": "project.settings",
        "PYTHONPATH": f"{PROJECT}:{ROOT}",
    }
    for arguments in (["migrate", "-v0"], ["shell", "-v0", "-c", BUILD]):
        result = subprocess.run(
            [sys.executable, "-m", "django", *arguments],
            cwd=PROJECT,
            env=clean_environment(**variables),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert result.returncode == 0, result.stderr
    return variables


def test_a_foreign_project_never_answers_anything_stale(tmp_path, oracle_options):
    variables = prepare(tmp_path)
    with Oracle(
        tmp_path,
        seed=oracle_options.seed,
        application="project.wsgi:application",
        root=PROJECT,
        settings="project.settings",
        edits="edits",
        **{name: variables[name] for name in ("DATA_DIR", "PYTHONPATH")},
    ) as oracle:
        oracle.run(TIMES * oracle_options.edits)
        print(oracle.report())  # noqa: T201 (pytest -s shows how many answers each edit has dropped)
        assert oracle.hits > oracle_options.edits / 10
        assert not oracle.stale
