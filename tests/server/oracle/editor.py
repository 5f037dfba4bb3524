"""Makes edits of a module when it is told to: a line with a number of edits in, a line of JSON out."""

import json
import logging
import random
import sys
import traceback
from importlib import import_module

import django


def main():
    django.setup()
    logging.disable(logging.WARNING)
    from cms.delivery.following import last_position

    module, seed, *only = sys.argv[1:]
    edits = import_module(module)
    EDITS, addresses = edits.EDITS, edits.addresses
    random.seed(int(seed))
    names = only or list(EDITS)
    print(json.dumps({"urls": addresses()}), flush=True)
    for number, line in enumerate(sys.stdin):
        made, position = [], last_position()
        for _number in range(int(line)):
            name = random.choice(names)
            try:
                EDITS[name]()
            except Exception:
                print(
                    json.dumps({"failed": name, "why": traceback.format_exc()}),
                    flush=True,
                )
                return
            made.append(name)
        answer = {"made": made, "before": position, "position": last_position()}
        if number % 5 == 0:
            answer["urls"] = addresses()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
