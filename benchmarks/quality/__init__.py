"""How well stories and questions are matched."""
