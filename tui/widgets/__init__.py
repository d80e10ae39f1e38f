"""The parts of the screens, one widget a file, each with its own keys and help."""
