"""Data packages that somebody kept: a folder or a zip, opened and loaded, or refused in words."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar

from geo.atlas import PACKAGE_FILE, Atlas, check_package, load_atlas, read_package
from geo.errors import DataError

Computed = TypeVar("Computed")

MOST_UNPACKED: Final = 400_000_000
"""Bytes of all files of a zip: the package has a fortieth of that, and a bomb has more."""

AGAIN: Final = "Take the package again from where it was published."
WHAT_TO_GIVE: Final = "Give a folder or the zip of the data package, as /download/ gives it out."


def opened_package(path: Path, opened: ExitStack) -> Path:
    """The folder of a package; that of a zip is there until `opened` closes."""
    if path.is_dir():
        return path
    if not path.exists():
        raise DataError(str(path), "there is no such file or folder.", "Write its name as it is.")
    folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="merida-atlas-")))
    try:
        with zipfile.ZipFile(path) as archive:
            _unpack(archive, path, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise DataError(
            str(path),
            f"it is neither a folder nor a zip that can be read ({fault}).",
            WHAT_TO_GIVE,
        ) from None
    return folder


def _unpack(archive: zipfile.ZipFile, path: Path, folder: Path) -> None:
    """Write the files beside the description into `folder`, without the folder of the zip."""
    described = [
        PurePosixPath(name)
        for name in archive.namelist()
        if PurePosixPath(name).name == PACKAGE_FILE
    ]
    if not described:
        raise _no_package(path)
    top = min(described, key=lambda name: len(name.parts)).parent
    if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
        problem = f"the zip would unpack to more than {MOST_UNPACKED:,} bytes."
        raise DataError(str(path), problem, AGAIN)
    for one in archive.infolist():
        name = PurePosixPath(one.filename)
        if one.is_dir() or not name.is_relative_to(top) or ".." in name.parts:
            continue
        target = folder / name.relative_to(top)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(one) as packed, target.open("wb") as file:
            shutil.copyfileobj(packed, file)


def _no_package(path: Path) -> DataError:
    return DataError(
        str(path),
        f"it is no data package: it holds no {PACKAGE_FILE}.",
        WHAT_TO_GIVE,
    )


def computed_of(given: Path, data: Path, compute: Callable[[Atlas], Computed]) -> Computed:
    """What is computed of a package; what is wrong with it is told of the path that was given."""
    if not (data / PACKAGE_FILE).is_file():
        raise _no_package(given)
    try:
        _see_it_within(read_package(data))
        check_package(data)
        return compute(load_atlas(data.resolve()))
    except DataError as error:
        raise DataError(
            f"{given}: {error.file.removeprefix('data/')}",
            error.problem,
            AGAIN,
            row=error.row,
            field=error.field,
        ) from None
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as fault:
        raise DataError(
            str(given),
            "it has another schema than this program reads "
            f"({type(fault).__name__}: {fault}), so that nothing can be computed from it.",
            "Compare it with the version of the program that it was published with.",
        ) from None


def _see_it_within(package: Mapping[str, Any]) -> None:
    """Refuse a description that points out of its folder."""
    for resource in package["resources"]:
        path = PurePosixPath(resource["path"])
        if path.is_absolute() or ".." in path.parts:
            raise DataError(PACKAGE_FILE, f"{path} is outside the package.", AGAIN)
