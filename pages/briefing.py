"""The Briefing page: what to tell in a room, and the ways to do it."""

from __future__ import annotations

from geo.briefing import briefing_body
from pages import _head, _reader
from pages._show import show

atlas, say = _reader.atlas(), _reader.say()
_head.head(*_reader.told())
show(briefing_body(atlas, say))
