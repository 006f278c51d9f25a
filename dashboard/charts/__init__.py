"""Pictures: from a frame to an Altair chart. Every label arrives in the viewer's language."""
