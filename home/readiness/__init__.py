"""The doorway guard: how much a city page has of its own, and what an editor can add.

Search engines punish a site for pages that differ only by the name of a city. A page is shown to them once it has
enough of its own; until then it is `noindex,follow` and in no sitemap.

`shingles`, `corpus`, `phones`, `scoring` and `wording` compute and know no database. `computing` brings them the pages
of a city list; `staleness` remembers which lists have changed since; `panels` and `report` show the result to editors.
"""
