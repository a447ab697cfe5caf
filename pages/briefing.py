"""The Briefing page: what to tell in a room, and the ways to do it."""

from __future__ import annotations

from geo.briefing import briefing_body, briefing_caveat, briefing_headline
from pages import _head, _reader
from pages._show import show

atlas, say = _reader.atlas(), _reader.say()
_head.head(briefing_headline(say), briefing_caveat(atlas, say))
show(briefing_body(atlas, say))
