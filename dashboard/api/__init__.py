"""Open data by address: indicators, tables and figures for programs, and figures for other websites' pages."""
