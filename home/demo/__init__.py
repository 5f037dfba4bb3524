"""A complete site of an invented consultancy, to look at and to try things on.

Texts are in `content/` (one TOML file per page), pictures in `images/`, files to take away in `documents/`.
All of it was written and drawn for this project; company, people, addresses and phone numbers are invented.
"""

from home.demo.loading import load

__all__ = ["load"]
