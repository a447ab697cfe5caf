"""The static page: the Map page's finding, map, legend and ranking as plain HTML, and nothing else.

    python -m tests.bench.static_page PORT

No font, no script, no second request: what a browser needs at the least to show this map.
"""

from __future__ import annotations

import gzip
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from markupsafe import Markup

from geo.atlas import Atlas, load_atlas
from geo.chapters.map import legend_html, paint_payload, ranking_html
from geo.drawing import first_css, still_map_html
from geo.language import speech
from geo.scene import build_scene
from geo.view import View
from geo.words import tell

STYLE = (
    "body { font: 16px/1.5 sans-serif; margin: 16px; }"
    ".ma-still { height: auto; aspect-ratio: 3 / 2; }"
)


def static_page(atlas: Atlas) -> bytes:
    """The page."""
    view, say = View(), speech("en")
    scene, telling = build_scene(atlas, view), tell(atlas, view)
    drawn = still_map_html(
        atlas, paint_payload(atlas, scene, view, say), lambda code: f"/?state={code}"
    )
    page = Markup(
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width"><title>{0}</title><style>{1}</style><h1>{0}</h1><p>{2}</p>'
        "{3}{4}{5}</html>"
    ).format(
        telling.headline,
        Markup(first_css() + STYLE),
        telling.caveat,
        drawn,
        legend_html(telling.legend, scene, say),
        ranking_html(atlas, scene, view, say),
    )
    return str(page).encode()


def main() -> None:
    body = gzip.compress(static_page(load_atlas()), 6)

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()


if __name__ == "__main__":
    main()
