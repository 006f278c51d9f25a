"""What the pages are made of: filter bar, tiles, figure cards, notices."""
