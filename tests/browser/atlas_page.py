"""The atlas as a reader meets it: what can be seen and done, in words, not in markup.

The map lives in the component's iframe and tells about itself through `window.atlas`: `painted`
(a counter that grows with each repaint of all 32 states), `colours()`, `layers()`, `view()`,
`pixel(code)` and `id` (new with each mount). A control's Streamlit key is `w_` and the name of the
URL parameter it writes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from geo.view import spell_query

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Page

    from geo.view import View

MAP_IFRAME = 'iframe[src*="streamlit_folium"]'
MAP_ADDRESS = re.compile("streamlit_folium")
LIMIT = 60_000
"""Milliseconds a wait may take before the page is taken to be stuck: the machine has more to do."""

AGAIN = 100
"""Milliseconds between two looks of a wait: to look at each frame makes there be frames."""

SOCKET_COUNTER = """
    if (window === window.top) {
        const size = (data) => typeof data === "string" ? new Blob([data]).size : data.byteLength;
        const decoder = new TextDecoder();
        const count = window.socketCount = {
            bytes: 0, untilPaint: null, sockets: [],
            start() { this.bytes = 0; this.untilPaint = null; },
        };
        const Native = window.WebSocket;
        window.WebSocket = class extends Native {
            constructor(...args) {
                super(...args);
                this.binaryType = "arraybuffer";
                count.sockets.push(this);
                this.addEventListener("message", (event) => {
                    count.bytes += size(event.data);
                    if (decoder.decode(event.data).includes("atlas.paint(")) {
                        count.untilPaint ??= count.bytes;
                    }
                });
            }
            send(data) { count.bytes += size(data); super.send(data); }
        };
    }
"""
"""Counts, in the page, the bytes its sockets carry, and those up to the message with the paint."""

OPEN_POINT = """(code) => {
    // The state itself, and what makes a small one easier to hit.
    const own = [...document.querySelectorAll(`path[data-code="${code}"]`)];
    const path = own.find((one) => one.hasAttribute("data-fill"));
    const box = path.getBoundingClientRect();
    const middle = [box.x + box.width / 2, box.y + box.height / 2];
    const points = [];
    for (let i = 1; i < 40; i++) for (let j = 1; j < 40; j++) {
        points.push([box.x + box.width * i / 40, box.y + box.height * j / 40].map(Math.floor));
    }
    const far = ([x, y]) => Math.hypot(x - middle[0], y - middle[1]);
    const open = points.sort((a, b) => far(a) - far(b))
        .find(([x, y]) => own.includes(document.elementFromPoint(x, y)));
    const container = document.querySelector(".leaflet-container").getBoundingClientRect();
    return open && { x: open[0] - container.x, y: open[1] - container.y };
}"""
"""The pixel of a state nearest to its middle where nothing lies over it, on the map.

A click falls on a whole pixel; beside a point between two, it may miss a sickle of a state.
"""


OPENED = """(name) => {
    const opened = document.querySelector(`[data-opened^="${name}="]`);
    const top = opened ? opened.getBoundingClientRect().top : -1;
    return [document.activeElement === opened, top >= 0 && top <= innerHeight / 2];
}"""
"""Whether what a parameter opens has the focus, and begins in the upper half of the window."""

OPENED_IN_SIGHT = f"(name) => ({OPENED})(name).every(Boolean)"


@dataclass(frozen=True)
class MapView:
    """Where the map looks: the centre in degrees and Leaflet's zoom level."""

    lat: float
    lng: float
    zoom: float


class AtlasPage:
    """One tab with the atlas in it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # Going there

    def open(self, path: str = "/", **view: object) -> AtlasPage:
        """Go to a page with the view's parameters in the URL; returns once its first run is done.

        A parameter given as a list is repeated in the URL. `from_` stands for `from`.
        """
        query = urlencode({name.rstrip("_"): value for name, value in view.items()}, doseq=True)
        self.page.goto(f"{path}?{query}" if query else path, wait_until="domcontentloaded")
        if view.get("embed") == "true":
            self.touch(self.page.locator("body"))
        return self.wait_settled()

    def follow(self, address: str) -> AtlasPage:
        """Go on to an address as a link of the page does: without loading anything anew.

        A third of what it costs to open a page, for tests that are not about the opening.
        """
        self.page.evaluate("(address) => atlasSeams.visit(address)", address)
        return self.wait_settled()

    @staticmethod
    def touch(body: Locator) -> None:
        """Begin the app of a page in a frame, which waits until somebody wants it."""
        body.locator("#ma-first.framed").wait_for(timeout=LIMIT)
        body.evaluate(
            """(body) => new Promise((done) => {
                const touch = () => {
                    body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
                    body.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
                    if (document.querySelector(".stApp")) done(); else setTimeout(touch, 50);
                };
                touch();
            })"""
        )

    def open_map(self, **view: object) -> AtlasPage:
        """The map page with this view, painted."""
        return self.open("/", **view).wait_painted()

    def open_view(self, view: View) -> AtlasPage:
        """The map page by the link that spells this view, painted."""
        return self.open_map(**spell_query(view))

    def wait_settled(self) -> AtlasPage:
        """Until the app has taken over, its run is over and what it wrote is on the page.

        A run that the page has asked for and the server has not yet begun is waited for too, where
        the page's context is watched (`tests/browser/runs.py`).
        """
        self.page.wait_for_function(
            """() => {
                if (document.documentElement.dataset.atlas !== 'live') return false;
                if (window.runAsked) return false;
                const app = document.querySelector('[data-testid="stApp"]');
                return app && app.getAttribute('data-test-script-state') === 'notRunning'
                    && app.getAttribute('data-test-connection-state') === 'CONNECTED'
                    && document.querySelector('[data-testid="stMain"]')
                    && !document.querySelector('[data-testid="stSkeleton"]');
            }""",
            timeout=LIMIT,
            polling=AGAIN,
        )
        return self

    # The map

    def map_iframe(self, at: int = 0) -> Locator:
        """The map; the first one where a second view stands beside it."""
        return self.page.locator(MAP_IFRAME).nth(at)

    def map_frame(self, at: int = 0) -> Frame:
        """The frame the map is drawn in; where there are two, the first."""
        handle = self.map_iframe(at).element_handle(timeout=LIMIT)
        frame = handle.content_frame()
        assert frame is not None, "the map's iframe has no document"
        # A wait that begins on the empty page before it is lost with that page.
        frame.wait_for_url(MAP_ADDRESS, wait_until="commit", timeout=LIMIT)
        return frame

    def wait_painted(self, more_than: int = 0) -> AtlasPage:
        """Until all 32 states have been painted more than `more_than` times."""
        self.map_frame().wait_for_function(
            "(n) => window.atlas && window.atlas.painted > n",
            arg=more_than,
            timeout=LIMIT,
            polling=AGAIN,
        )
        return self

    def paints(self) -> int:
        """How many times all 32 states have been painted since the map was mounted."""
        return int(self._ask("window.atlas ? window.atlas.painted : 0"))

    def states_colours(self) -> dict[str, str]:
        """INEGI code of each state → the fill it is drawn with."""
        return dict(self._ask("window.atlas.colours()"))

    def layers(self) -> list[str]:
        """Names of the layers that are on the map."""
        return list(self._ask("window.atlas.layers()"))

    def map_view(self) -> MapView:
        view = self._ask("window.atlas.view()")
        return MapView(view["lat"], view["lng"], view["zoom"])

    def mount_id(self) -> str:
        """Changes when the map is thrown away and built anew, which no control may cause."""
        return str(self._ask("window.atlas.id"))

    def drag_map(self, right: int, down: int) -> AtlasPage:
        """Drag the map by so many pixels, as a hand would."""
        box = self.map_iframe().bounding_box()
        assert box is not None, "the map is not on the page"
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right, y + down, steps=8)
        self.page.mouse.up()
        return self.wait_map_still()

    def zoom_in(self) -> AtlasPage:
        """Press the map's + button."""
        zoom = self.map_view().zoom
        self.map_frame().locator(".leaflet-control-zoom-in").click()
        self.map_frame().wait_for_function(
            "(z) => window.atlas.view().zoom > z", arg=zoom, timeout=LIMIT, polling=AGAIN
        )
        return self.wait_map_still()

    def wait_map_still(self) -> AtlasPage:
        """Until nothing moves on the map for ten animation frames, a zoom's animation included."""
        self.map_frame().evaluate(
            """() => new Promise((done) => {
                let last = '', same = 0;
                const look = () => {
                    const now = JSON.stringify(window.atlas.view());
                    same = now === last && !window.atlas.map._animatingZoom ? same + 1 : 0;
                    last = now;
                    same >= 10 ? done() : requestAnimationFrame(look);
                };
                look();
            })"""
        )
        return self

    def wait_scrolled(self) -> AtlasPage:
        """Until the page has not scrolled for ten animation frames: it glides to what it opens."""
        self.page.evaluate(
            """() => new Promise((done) => {
                const main = document.querySelector('[data-testid="stMain"]');
                let last = -1, same = 0;
                const look = () => {
                    same = main.scrollTop === last ? same + 1 : 0;
                    last = main.scrollTop;
                    same >= 10 ? done() : requestAnimationFrame(look);
                };
                look();
            })"""
        )
        return self

    def _ask(self, expression: str) -> Any:
        return self.map_frame().evaluate(f"() => {expression}")

    # The socket

    def count_socket_bytes(self) -> None:
        """Count what the sockets of the pages opened from now on carry, both ways."""
        self.page.add_init_script(SOCKET_COUNTER)

    def forget_socket_bytes(self) -> None:
        """Start counting anew."""
        self.page.evaluate("() => window.socketCount.start()")

    def socket_bytes(self) -> tuple[int, int]:
        """Bytes until the paint was there, since `forget_socket_bytes`, and bytes in all."""
        until, in_all = self.page.evaluate(
            "() => [window.socketCount.untilPaint, window.socketCount.bytes]"
        )
        assert until is not None, "no paint came over the socket"
        return int(until), int(in_all)

    def break_socket(self) -> None:
        """Cut the page's connection to the server, as a tunnel or a sleeping laptop does."""
        self.page.evaluate("() => window.socketCount.sockets.at(-1).close()")

    # The controls

    def control(self, parameter: str) -> Locator:
        """The control that writes this URL parameter; `per` has two menus."""
        if parameter == "per":
            return self.page.locator(".st-key-w_per, .st-key-w_need")
        return self.page.locator(f".st-key-w_{parameter.rstrip('_')}")

    def choose(self, parameter: str, option: str) -> AtlasPage:
        """Set a control to the option with this visible text, and wait for the page to follow."""
        if parameter == "lang":
            self.page.locator(".ma-langs").get_by_role("link", name=option, exact=True).click()
            return self.wait_settled()
        control = self.control(parameter)
        if self.is_put_away(parameter):
            self.open_drawer().choose(parameter, option)
            return self.close_drawer().wait_settled()
        if control.locator('[data-testid="stCheckbox"]').count():
            control.locator("label").first.click()
        elif control.locator('[role="combobox"], [data-baseweb="select"]').count():
            self.open_list(control.locator('[role="combobox"], [data-baseweb="select"]').first)
            self.page.get_by_role("option", name=option, exact=True).click()
        else:
            button = control.get_by_role("button", name=option, exact=True)
            radio = control.get_by_role("radio", name=option, exact=True)
            button.or_(radio).first.click()
        return self.wait_settled()

    def go_to(self, name: str) -> AtlasPage:
        """Press a page's link in the bar, or in its menu, and wait for the page to follow."""
        bar = self.page.locator(".ma-top nav")
        link = bar.locator("a:visible").get_by_text(name, exact=True)
        if not link.count():
            bar.locator("summary").click()
        link.first.click()
        return self.wait_settled()

    def is_put_away(self, parameter: str) -> bool:
        """Whether a control stands in the drawer, and that is shut."""
        control = self.control(parameter)
        control.first.wait_for(state="attached", timeout=LIMIT)
        return bool(self.page.locator(".st-key-drawer").locator(control).count()) and (
            not self.drawn()
        )

    def drawn(self) -> bool:
        """Whether the drawer of further choices is open."""
        return bool(self.page.evaluate("document.documentElement.classList.contains('ma-drawn')"))

    def open_drawer(self) -> AtlasPage:
        """Press “More choices”."""
        self.page.locator("[data-drawer-open='']").click()
        self.page.locator("[data-drawer-close]").wait_for(timeout=LIMIT)
        return self

    def close_drawer(self) -> AtlasPage:
        """Press “Close” in it."""
        self.page.locator("[data-drawer-close]").click()
        return self

    def open_view_of(self, name: str) -> AtlasPage:
        """Press a link of “More views”: it opens what it names, or closes it."""
        self.page.locator(".ma-views").get_by_role("link", name=name, exact=True).click()
        return self.wait_settled()

    def open_list(self, box: Locator) -> AtlasPage:
        """Press a control that has a list, once it stands still: a page that scrolls closes it."""
        box.scroll_into_view_if_needed()
        box.evaluate(
            """() => new Promise((done) =>
                requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"""
        )
        box.click()
        return self

    def options(self, parameter: str) -> list[str]:
        """The visible texts of a row of buttons, in order."""
        return [t.strip() for t in self.control(parameter).get_by_role("button").all_inner_texts()]

    def click_state(self, code: str) -> AtlasPage:
        """Click the state with this INEGI code where it lies open (some are sickles)."""
        where = self.map_frame().evaluate(OPEN_POINT, code)
        assert where, f"state {code} can be clicked nowhere on the map"
        self.map_frame().locator(".leaflet-container").click(position=where)
        return self

    def select_state(self, code: str) -> AtlasPage:
        """Click a state that is not selected, and wait until it is."""
        self.click_state(code)
        self.page.wait_for_function(
            "(c) => new URLSearchParams(location.search).get('state') === c",
            arg=code,
            timeout=LIMIT,
            polling=AGAIN,
        )
        return self.wait_settled()

    # What the page says

    def sentence(self) -> str:
        """The computed headline."""
        return self.page.locator("h1.ma-headline").inner_text().strip()

    def legend_rows(self) -> list[str]:
        """The legend's classes, as written, from the first to the last row."""
        rows = self.page.locator(".ma-legend li")
        return [" ".join(text.split()) for text in rows.all_inner_texts()]

    def legend_fills(self) -> list[str]:
        """The colours of the legend's rows, as `rgb(…)`, in the same order."""
        return list(
            self.page.locator(".ma-legend .ma-swatch").evaluate_all(
                "(all) => all.map((one) => getComputedStyle(one).backgroundColor)"
            )
        )

    def remainder(self) -> str:
        """What is said of the aid that could not be put on the map."""
        return self.page.locator(".ma-remainder").inner_text().strip()

    def ranking(self) -> dict[str, str]:
        """Name of each state in the ranking → its number as written, from the first rank down."""
        rows = self.page.locator(".ma-ranking tbody tr")
        cells = [[c.strip() for c in row.split("\t")] for row in rows.all_inner_texts()]
        return {row[1]: row[2] for row in cells}

    def notices_of_the_link(self) -> list[str]:
        """The lines above the headline, which tell what of the link was ignored."""
        told: list[str] = self.page.evaluate(
            """() => {
                const head = document.querySelector("h1.ma-headline");
                return Array.from(document.querySelectorAll(".ma-note")).filter((note) =>
                    note.compareDocumentPosition(head) & Node.DOCUMENT_POSITION_FOLLOWING
                ).map((note) => note.innerText.trim());
            }"""
        )
        return told

    def notices(self) -> list[str]:
        """The plain lines that tell the reader something, such as what of the URL was ignored."""
        return [line.strip() for line in self.page.locator(".ma-note").all_inner_texts()]

    def text(self) -> str:
        """Everything that can be read on the page outside the map."""
        return self.page.locator('[data-testid="stMain"]').inner_text()

    def url_params(self) -> dict[str, list[str]]:
        """The view as the address bar spells it, without where the map was moved to."""
        query = parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)
        query.pop("at", None)
        return query
