"""Maps: from frames to deck.gl, over land drawn from our own file; nothing is asked of a third party."""
