"""How many queries something may cost."""


class FewerThan(int):
    """Equal to every smaller number, for `assertNumQueries`."""

    def __eq__(self, other):
        return other < int(self)

    __hash__ = int.__hash__
