"""A site to make edits in: the demo content, with all that it needs."""

from tests.programs import manage

STEPS = (
    ["migrate", "-v0"],
    ["collectstatic", "--noinput", "-v0"],
    ["load_cities"],
    ["load_projects"],
    ["load_demo_content"],
)


def prepare_site(folder, **variables):
    """Gives the environment that programs of the site need."""
    variables = {"DATA_DIR": folder / "data", **variables}
    for arguments in STEPS:
        result = manage(*arguments, **variables)
        assert result.returncode == 0, result.stderr
    return variables
