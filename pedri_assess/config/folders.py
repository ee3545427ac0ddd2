"""Where our folders of data are: in a checkout, an editable install or a wheel."""

from __future__ import annotations

from pathlib import Path


def data_dir(name: str) -> Path:
    """The folder `templates`, `static`, `standards`, `resources` or `translations`.

    Inside the package where it is installed from a wheel, beside the package in a checkout or an editable
    install. Raises FileNotFoundError.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no folder {name} in {package} or {package.parent}: install PEDRI Assess again")
