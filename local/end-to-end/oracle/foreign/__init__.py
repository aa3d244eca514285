"""Sources of another company: other years, other forms, other mess than local/generator plants; see README.md."""
