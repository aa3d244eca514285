"""How often marts.insights is wrong, and how often it finds what is there: worlds by the real generator, flat or with a
planted effect of stated size, go through the project's own compiled SQL, one after another in a warehouse of their own.

`python -m insights.report` (in tests_python) runs them all and writes docs/data/insights-report.md.
"""
