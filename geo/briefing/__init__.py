"""The briefing: scenes told in order, shown in a room, handed out as PDF and slides."""
