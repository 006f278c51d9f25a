"""Files: the same frame that is drawn, as tables and pictures that can be kept and quoted."""
