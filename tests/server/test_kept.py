"""What outlives a process and a version: files of other versions, cards, and a folder that is full,
torn or shared."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from geo.atlas import load_atlas
from geo.drawing import build_shelf, serve
from geo.server import Cards, DrawingDesk, Shelves, keep_setting, kept
from geo.server.address import SettingError
from geo.server.drawing_room import Board, DrawingRoom, Order
from geo.server.kept import HASHED, Folder
from geo.server.routes import app_script
from geo.share.files import card_png
from geo.view import View
from tests.own_loop import run_apart
from tests.serving import PATIENCE

OURS = build_shelf(load_atlas())

OTHER = serve("assets", "pages.js", b"what another version had")


class TestShelves:
    def test_every_hashed_file_of_ours_is_found_by_servers_of_other_versions(
        self, tmp_path: Path
    ) -> None:
        Shelves(tmp_path).put([*OURS.by_name.values(), app_script(OURS)])
        others = Shelves(tmp_path)
        for served in (*OURS.by_url.values(), app_script(OURS)):
            found = others.find(served.url)
            assert found is not None
            assert (found.content, found.media_type) == (served.content, served.media_type)

    def test_what_comes_later_is_found_too(self, tmp_path: Path) -> None:
        shelves = Shelves(tmp_path)
        assert shelves.find(OTHER.url) is None
        Shelves(tmp_path).put([OTHER])
        found = shelves.find(OTHER.url)
        assert found is not None
        assert found.content == OTHER.content

    @pytest.mark.parametrize(
        "harm", [lambda body: body[:-1], lambda body: body + b"x", lambda _: b""]
    )
    def test_what_was_torn_or_altered_is_not_served_and_is_mended_by_who_has_it(
        self, tmp_path: Path, harm: Any
    ) -> None:
        Shelves(tmp_path).put([OTHER])
        path = tmp_path / "shelves" / OTHER.url.lstrip("/")
        path.write_bytes(harm(OTHER.content))
        assert Shelves(tmp_path).find(OTHER.url) is None
        Shelves(tmp_path).put([OTHER])
        assert Shelves(tmp_path).find(OTHER.url) is not None

    @pytest.mark.parametrize(
        "address",
        ["/assets/../../secret.000000000000.js", "/assets/.x.000000000000.js", "/etc/passwd",
         "/assets/a/b.000000000000.js", "/assets/x.js", "/assets/%2e%2e.000000000000.js",
         "/geo/x.000000000000.html", "/assets/\0.000000000000.js", "/cards/a.000000000000.png"],
    )  # fmt: skip
    def test_no_address_leads_out_of_the_folder(
        self, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def read(*_given: object) -> bytes:
            raise AssertionError("the disk was asked")

        monkeypatch.setattr(Folder, "read", read)
        assert Shelves(tmp_path).find(address) is None

    def test_the_versions_that_began_last_stay_where_there_is_too_much(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(kept.MOST_BYTES, "shelves", 250)
        versions = [serve("assets", "pages.js", bytes([65 + n]) * 100) for n in range(4)]
        for age, served in enumerate((*versions, versions[0])):
            Shelves(tmp_path).put([served])
            path = tmp_path / "shelves" / served.url.lstrip("/")
            os.utime(path, (age, age))
        Shelves(tmp_path).put([])
        left = [Shelves(tmp_path).find(one.url) is not None for one in versions]
        assert left == [True, False, False, True]


def test_a_hashed_address_is_what_the_shelf_makes() -> None:
    assert all(HASHED.fullmatch(url) for url in OURS.by_url)


class TestCards:
    def test_a_card_is_drawn_once_for_all_processes_and_starts(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def ordered() -> bytes:
            room = DrawingRoom(load_atlas(), Board(), Cards(tmp_path, "identity"))
            return room.ask(Order(card_png, (View(k=4),), slow=False)).made.result(PATIENCE)

        first = ordered()
        again = Cards(tmp_path, "identity").read(Order(card_png, (View(k=4),), False).named())
        assert again == first

        async def nobody_draws(*_given: object) -> bytes:
            raise AssertionError("it was drawn again")

        desk = DrawingDesk(load_atlas(), Cards(tmp_path, "identity"))
        monkeypatch.setattr(desk, "_made", nobody_draws)
        made = desk.make(None, "en", card_png, View(k=4), slow=False)  # type: ignore[arg-type]
        assert run_apart(made) == first
        assert desk.board.total("kept", slow=False) == 1

    @pytest.mark.parametrize(
        "harm",
        [lambda body: body[:-1], lambda body: b"x" + body[1:], lambda _: b"", lambda b: b[:9]],
    )
    def test_one_that_was_torn_or_altered_is_drawn_again(self, tmp_path: Path, harm: Any) -> None:
        cards = Cards(tmp_path, "identity")
        cards.write("a", b"drawn")
        (path,) = (tmp_path / "cards" / "identity").iterdir()
        path.write_bytes(harm(path.read_bytes()))
        assert cards.read("a") is None
        cards.write("a", b"drawn")
        assert cards.read("a") == b"drawn"

    def test_another_program_or_data_has_cards_of_its_own(self, tmp_path: Path) -> None:
        Cards(tmp_path, "one").write("a", b"drawn")
        assert Cards(tmp_path, "other").read("a") is None
        assert Cards(tmp_path, "one").read("b") is None

    def test_many_who_write_the_same_card_do_no_harm(self, tmp_path: Path) -> None:
        body = b"drawn" * 50_000
        seen = set()

        def both(number: int) -> None:
            cards = Cards(tmp_path, "identity")
            if number % 2:
                cards.write("a", body)
            seen.add(cards.read("a"))

        with ThreadPoolExecutor(8) as many:
            list(many.map(both, range(200)))
        assert seen <= {None, body}
        assert [path.name[0] for path in (tmp_path / "cards" / "identity").iterdir()] != ["."]
        assert len(list((tmp_path / "cards" / "identity").iterdir())) == 1

    def test_only_so_much_is_kept(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(kept.MOST_BYTES, "cards", 1000)
        monkeypatch.setattr(kept, "LOOKED_AFTER", 2)
        cards = Cards(tmp_path, "identity")
        for number in range(41):
            cards.write(number, bytes(100))
        size = sum(
            path.stat().st_size for path in (tmp_path / "cards").rglob("*") if path.is_file()
        )
        assert size <= 1000

    def test_where_nothing_can_be_kept_the_server_goes_on_and_says_so_once(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "cards").write_text("a file stands where the folder should")
        cards = Cards(tmp_path, "identity")
        for number in range(3):
            cards.write(number, b"drawn")
            assert cards.read(number) is None
        assert len(caplog.messages) == 1
        assert str(tmp_path) in caplog.text


class TestTheSetting:
    @pytest.mark.parametrize("given", ["kept", "/proc/nowhere", "/dev/null/x"])
    def test_a_folder_that_cannot_be_used_stops_the_start_in_words(
        self, given: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MERIDA_ATLAS_KEEP", given)
        with pytest.raises(SettingError, match=r"MERIDA_ATLAS_KEEP is '.*Name a folder"):
            keep_setting()

    def test_one_that_is_not_there_is_made(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MERIDA_ATLAS_KEEP", str(tmp_path / "a" / "b"))
        assert keep_setting() == tmp_path / "a" / "b"
        assert (tmp_path / "a" / "b").is_dir()
        monkeypatch.delenv("MERIDA_ATLAS_KEEP")
        assert keep_setting() is None
