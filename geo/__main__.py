"""The shell: `python -m geo export map.pdf --view "measure=usd"`, `python -m geo check FILE`."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from geo.atlas import Atlas, index_state_names, load_atlas, match_state_name
from geo.briefing import FILES, compute_slides, own_briefing, read_briefing
from geo.contribution import Contribution, faults_of, read_contribution
from geo.drawing import build_shelf
from geo.errors import AtlasError, DataError
from geo.language import speech
from geo.paths import DATA
from geo.policy import MOST_CONTRIBUTED_BYTES
from geo.server import base_setting, pack_all, packable
from geo.share import KINDS
from geo.share.changes import changes_between, changes_csv, changes_json, changes_text
from geo.view import LANGS, STATE_CODES, View, read_query
from geo.words import ignored, view_file_name


def main(arguments: list[str] | None = None) -> None:
    """Do what the arguments ask; what cannot be done is said in one line."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked)
    except AtlasError as error:
        sys.exit(f"python -m geo {asked.command}: {error}")
    except OSError as error:
        sys.exit(f"python -m geo {asked.command}: {error.filename}: {error.strerror}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="Files of the Mérida Atlas.")
    commands = parser.add_subparsers(dest="command", required=True)
    export = commands.add_parser("export", help="one view as a file")
    export.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    export.add_argument(
        "--view", default="", help="a link to the view, or what stands after its question mark"
    )
    export.add_argument("--lang", choices=LANGS, help="in place of the link's language")
    export.add_argument("-o", "--out", type=Path, help="where to; KIND if left out")
    export.set_defaults(run=_export)
    briefing = commands.add_parser("briefing", help="the briefing as a file")
    briefing.add_argument("form", choices=FILES, metavar="FORM", help=", ".join(FILES))
    briefing.add_argument("--lang", choices=LANGS, default=LANGS[0])
    briefing.add_argument("--scenes", type=Path, help="a scene file of your own")
    briefing.add_argument("-o", "--out", type=Path, help="where to; FORM if left out")
    briefing.set_defaults(run=_briefing)
    profiles = commands.add_parser("profiles", help="states' profiles, as PDF")
    profiles.add_argument("--view", default="", help="as above; the state is set for each file")
    profiles.add_argument(
        "--state", action="append", help="only this one, by code or name; again for another one"
    )
    profiles.add_argument("--lang", choices=LANGS, action="append", help="again for a second one")
    profiles.add_argument("-o", "--out", type=Path, default=Path("profiles"), help="the folder")
    profiles.set_defaults(run=_profiles)
    for name, run, what in (
        ("check", _check, "say what is wrong with a reader's contribution; writes nothing"),
        ("add", _add, "add a reader's contribution to the ledger, or change nothing"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument(
            "file", type=Path, metavar="FILE", help="as “Contribute evidence” gives it"
        )
        command.add_argument("--data", type=Path, default=DATA, help="the folder of the data")
        command.set_defaults(run=run)
    changes = commands.add_parser("changes", help="what changed between two data packages")
    changes.add_argument("old", type=Path, metavar="OLD", help="a folder, or the zip")
    changes.add_argument("new", type=Path, metavar="NEW", help="likewise")
    form = changes.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const=changes_json)
    form.add_argument("--csv", dest="form", action="store_const", const=changes_csv)
    changes.add_argument("--lang", choices=LANGS, default=LANGS[0], help="of the table")
    changes.set_defaults(run=_changes)
    pack = commands.add_parser(
        "pack", help="pack what browsers ask for, once where the atlas is installed"
    )
    pack.set_defaults(run=_pack)
    edition = commands.add_parser("edition", help="the whole atlas as files that need no server")
    edition.add_argument("out", type=Path, metavar="OUT", help="the folder")
    edition.add_argument(
        "--no-pictures",
        dest="pictures",
        action="store_false",
        help="without cards, papers and a page for each view: a tenth of the size",
    )
    edition.add_argument(
        "--url", default="", help="the address it is going to have, which previews have to name"
    )
    edition.add_argument(
        "--since",
        type=Path,
        action="append",
        default=[],
        metavar="OLD",
        help="a data package of before: what changed since has a page; again for another one",
    )
    edition.set_defaults(run=_edition)
    return parser


def _view(text: str) -> View:
    query = urlsplit(text).query if "?" in text else text
    view, notices = read_query(parse_qs(query), named=load_atlas().state_named)
    if notices:
        sys.stderr.write(ignored(notices, speech(view.lang)) + "\n")
    return view


def _export(asked: argparse.Namespace) -> None:
    kind = KINDS[asked.kind]
    view = _view(asked.view)
    if asked.lang:
        view = view.with_(lang=asked.lang)
    _write(asked.out or Path(kind.name), kind.make(load_atlas(), view, base_setting()))


def _briefing(asked: argparse.Namespace) -> None:
    atlas = load_atlas()
    scenes: Path | None = asked.scenes
    briefing = (
        read_briefing(scenes.read_bytes(), str(scenes), asked.lang)
        if scenes
        else own_briefing(atlas.data)
    )
    slides = compute_slides(atlas, briefing, asked.lang, base_setting())
    _write(asked.out or Path(asked.form), FILES[asked.form].make(atlas, slides))


def _profiles(asked: argparse.Namespace) -> None:
    from tqdm import tqdm

    atlas, view = load_atlas(), _view(asked.view)
    codes = [_code(atlas, named) for named in asked.state or STATE_CODES]
    asked.out.mkdir(parents=True, exist_ok=True)
    wanted = [
        view.with_(lang=lang, state=code)
        for lang in dict.fromkeys(asked.lang or LANGS)
        for code in dict.fromkeys(codes)
    ]
    # A bar for whoever watches; the files, one a line, for everybody.
    for one in tqdm(wanted, unit="file", disable=None):
        made = KINDS["map.pdf"].make(atlas, one, base_setting())
        out = asked.out / view_file_name(atlas, "profile.pdf", one)
        out.write_bytes(made)
        tqdm.write(str(out))
        sys.stdout.flush()


def _code(atlas: Atlas, named: str) -> str:
    """The code of the state that is named by its code or by any name the tables know."""
    names = index_state_names(atlas.table("state_name_variants"), atlas.table("states"))
    text = named.strip()
    found = match_state_name(text.zfill(2) if text.isdigit() else text, names)
    if len(found) == 1:
        return found[0]
    problem = "may mean more than one state" if found else "is no state"
    known = ", ".join(f"{code} {atlas.states[code].names['es']}" for code in found or STATE_CODES)
    raise DataError(f"--state {named}", problem, f"Write one of {known}.")


def _check(asked: argparse.Namespace) -> None:
    # Imported when it is asked for: nothing that serves needs what builds the data.
    from geo.build import tables_of

    contribution = _contribution(asked)
    tables, missing = tables_of(asked.data)
    if missing:
        raise missing[0]
    faults = faults_of(contribution, asked.data, tables)
    for fault in faults:
        sys.stderr.write(f"{fault.error(str(asked.file))}\n")
    if faults:
        sys.exit(f"{len(faults)} {'faults' if len(faults) > 1 else 'fault'}; it cannot be added.")
    sys.stdout.write(f"{_told(contribution)}\nIt can be added: python -m geo add {asked.file}\n")


def _add(asked: argparse.Namespace) -> None:
    # Imported when it is asked for: nothing that serves needs what builds the data.
    from geo.build import add

    contribution = _contribution(asked)
    key, changed = add(contribution, str(asked.file), asked.data)
    sys.stdout.write(f"{_told(contribution)}\nAdded as {key}: {', '.join(changed)}\n")


def _changes(asked: argparse.Namespace) -> None:
    changes = changes_between(asked.old, asked.new)
    if asked.form:
        sys.stdout.write(asked.form(changes))
    else:
        width = shutil.get_terminal_size().columns
        sys.stdout.write(changes_text(changes, speech(asked.lang), width))


def _pack(_asked: argparse.Namespace) -> None:
    from tqdm import tqdm

    with tqdm(unit="file", desc="packing", disable=None) as bar:
        for done, count in pack_all(packable(build_shelf(load_atlas()))):
            bar.total = count
            bar.update(done - bar.n)


def _edition(asked: argparse.Namespace) -> None:
    # Imported when it is asked for: it brings everything that makes pages and files.
    from geo.edition import Choices, build_edition

    choices = Choices(asked.pictures, asked.url.rstrip("/"), tuple(asked.since))
    files, made = build_edition(load_atlas(), asked.out, choices)
    sys.stdout.write(f"{asked.out}: {files} files, {made} made.\n")


def _contribution(asked: argparse.Namespace) -> Contribution:
    file: Path = asked.file
    with file.open("rb") as opened:
        content = opened.read(MOST_CONTRIBUTED_BYTES + 1)
    return read_contribution(content, str(file), asked.data, speech(LANGS[0]))


def _told(contribution: Contribution) -> str:
    """What a maintainer has to read before the rows count."""
    sources = [row.get("url") or row.get("title", "") for row in contribution.sources]
    lines = [
        contribution.activity.get("title_en", ""),
        *(f"  source to read: {source}" for source in sources),
        *(f"  {line}" for line in contribution.words.splitlines()),
        *(f"  {name}" for name in (contribution.name, contribution.contact) if name),
    ]
    return "\n".join(lines)


def _write(out: Path, content: bytes) -> None:
    out.write_bytes(content)
    sys.stdout.write(f"{out}\n")


if __name__ == "__main__":
    main()
