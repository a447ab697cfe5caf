"""The shell: `python -m geo export map.pdf --view "measure=usd"`, `python -m geo profiles`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from geo.atlas import load_atlas
from geo.briefing import FILES, compute_slides, own_briefing, read_briefing
from geo.errors import AtlasError
from geo.language import speech
from geo.server import base_setting
from geo.share import KINDS
from geo.view import LANGS, STATE_CODES, View, read_query
from geo.words import ignored


def main(arguments: list[str] | None = None) -> None:
    """Do what the arguments ask; what cannot be done is said in one line."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked)
    except (AtlasError, OSError) as error:
        sys.exit(f"python -m geo {asked.command}: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="Files of the Mérida Atlas.")
    commands = parser.add_subparsers(dest="command", required=True)
    export = commands.add_parser("export", help="one view as a file")
    export.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    export.add_argument(
        "--view", default="", help="a link to the view, or what stands after its question mark"
    )
    export.add_argument("--lang", choices=LANGS, help="in place of the link's language")
    export.add_argument("-o", "--out", type=Path, help="where to; the name of the kind if left out")
    export.set_defaults(run=_export)
    briefing = commands.add_parser("briefing", help="the briefing as a file")
    briefing.add_argument("form", choices=FILES, metavar="FORM", help=", ".join(FILES))
    briefing.add_argument("--lang", choices=LANGS, default=LANGS[0])
    briefing.add_argument("--scenes", type=Path, help="a scene file of your own")
    briefing.add_argument("-o", "--out", type=Path, help="where to")
    briefing.set_defaults(run=_briefing)
    profiles = commands.add_parser("profiles", help="every state's profile, as PDF")
    profiles.add_argument("--view", default="", help="as above; the state is set for each file")
    profiles.add_argument("--lang", choices=LANGS, action="append", help="again for a second one")
    profiles.add_argument("-o", "--out", type=Path, default=Path("profiles"), help="the folder")
    profiles.set_defaults(run=_profiles)
    return parser


def _view(text: str) -> View:
    query = urlsplit(text).query if "?" in text else text
    view, notices = read_query(parse_qs(query))
    if notices:
        sys.stderr.write(ignored(notices, speech(view.lang)) + "\n")
    return view


def _export(asked: argparse.Namespace) -> None:
    kind = KINDS[asked.kind]
    view = _view(asked.view)
    if asked.lang:
        view = view.with_(lang=asked.lang)
    out: Path = asked.out or Path(kind.file)
    out.write_bytes(kind.make(load_atlas(), view, base_setting()))
    sys.stdout.write(f"{out}\n")


def _briefing(asked: argparse.Namespace) -> None:
    atlas = load_atlas()
    scenes: Path | None = asked.scenes
    briefing = (
        read_briefing(scenes.read_bytes(), str(scenes), asked.lang)
        if scenes
        else own_briefing(atlas.data)
    )
    out: Path = asked.out or Path(f"merida-atlas-{asked.form}")
    out.write_bytes(FILES[asked.form].make(atlas, compute_slides(atlas, briefing, asked.lang)))
    sys.stdout.write(f"{out}\n")


def _profiles(asked: argparse.Namespace) -> None:
    from tqdm import tqdm

    atlas, view = load_atlas(), _view(asked.view)
    asked.out.mkdir(parents=True, exist_ok=True)
    wanted = [(lang, code) for lang in asked.lang or LANGS for code in STATE_CODES]
    for lang, code in tqdm(wanted, unit="file", disable=None):
        made = KINDS["map.pdf"].make(atlas, view.with_(lang=lang, state=code), base_setting())
        (asked.out / f"merida-atlas-{code}-{lang}.pdf").write_bytes(made)
    sys.stdout.write(f"{len(wanted)} files in {asked.out}\n")


if __name__ == "__main__":
    main()
