"""What is timed, against what, and how well texts are matched."""
