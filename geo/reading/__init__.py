"""Every text file that a person brings: recognised, or refused in words, and never damaged."""

from geo.reading.text import Unreadable, text_of
from geo.reading.yaml_text import Node, yaml_of
