"""From text to principles, with evidence."""
