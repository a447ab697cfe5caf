"""The briefing: the argument and the counter-evidence in scenes, to be told in a room."""
