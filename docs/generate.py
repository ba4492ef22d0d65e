"""Write all generated files of the project: `python docs/generate.py`.

With names, it runs only these generators: `python docs/generate.py rules cli`.
"""

import argparse
from pathlib import Path

from generators import GENERATORS, ROOT, write

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the generated files of the project.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(GENERATORS))
    parser.add_argument("--to", type=Path, default=ROOT, help="the folder of the project")
    given = parser.parse_args()
    if unknown := set(given.names) - GENERATORS.keys():
        parser.error(f"no generator is named {min(unknown)}")
    for name in GENERATORS:
        if not given.names or name in given.names:
            write(name, given.to)
