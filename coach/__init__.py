"""Write STAR stories, see what they show, practise the loop."""

__version__ = "0.1.0"
