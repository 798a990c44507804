"""Makes the fitted model from labelled texts. The only room besides the encoder's child process that imports torch."""
