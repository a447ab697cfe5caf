"""Every text file that a person brings: recognised, or refused in words, and never damaged."""

from geo.reading.text import Unreadable, hidden_sign, text_of
from geo.reading.yaml_text import Node, yaml_of
