"""What the programme measures itself by: the catalogue of indicators, and how one is measured."""
