"""The rules: numbers and spans, which all share, then one module per kind of fact."""
