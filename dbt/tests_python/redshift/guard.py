"""What Redshift is known to accept: a reviewed list of functions and kinds of syntax, and rules that lists cannot say.

A statement outside of them is not necessarily wrong: look it up in Redshift's documentation, then put it on the list.
"""

from __future__ import annotations

import re
from itertools import pairwise

import sqlglot
from sqlglot import exp, tokens
from sqlglot.errors import SqlglotError

from redshift.access import parse_access
from redshift.allowed import FUNCTIONS, NODES, NOT_FUNCTIONS

REDSHIFT = sqlglot.Dialect.get_or_raise("redshift")
UNPARSED = re.compile(
    r"(begin|commit|lock\s+[\w.]+|copy\s.*format\s+as\s+parquet\s+manifest)$", re.IGNORECASE | re.DOTALL
)
COMMENTS = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)
FROM_FIRST = re.compile(r"(?:^|\()\s*from\b", re.IGNORECASE)
# SUM() over an ordered window and its like want to know the frame; ranking functions have none
RANKING = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Lag, exp.Lead, exp.Ntile, exp.PercentRank, exp.CumeDist)
AGGREGATES_OF_FRAMES = (exp.AggFunc, exp.FirstValue, exp.LastValue, exp.NthValue)


def problems(sql: str) -> list[str]:
    """What Redshift would object to, or mean differently, in words; nothing for what is known to be good."""
    try:
        if parse_access(sql) is not None or UNPARSED.match(sql.strip()):
            return []
        trees = sqlglot.parse(sql, read="redshift", error_level=sqlglot.ErrorLevel.RAISE)
    except (SqlglotError, ValueError) as error:
        return [f"cannot be parsed: {str(error).splitlines()[0]}"]
    found = [f"unknown function {name}" for name in sorted(functions_in(sql) - FUNCTIONS)] + _objections_to_text(sql)
    if len(trees) > 1:
        found.append("several statements at once")
    for tree in trees:
        if tree is None:
            continue
        if isinstance(tree, exp.Command):
            found.append("unknown statement")
        found += [f"unknown syntax {kind}" for kind in sorted(kinds_in(tree) - NODES)]
        for node in tree.walk():
            found += _objections(node)
    return found


def _objections_to_text(sql: str) -> list[str]:
    """What sqlglot understands and thereby hides."""
    found = []
    if "\\" in COMMENTS.sub("", sql):
        found.append("a backslash in a text escapes in Redshift; write chr(92)")
    if FROM_FIRST.search(sql):
        found.append("from without select")
    return found


def functions_in(sql: str) -> set[str]:
    """Names that stand before a bracket, as written: sqlglot renames some when it parses."""
    stream = REDSHIFT.tokenize(sql)
    named = {
        first.text.lower()
        for first, second in pairwise(stream)
        if second.token_type == tokens.TokenType.L_PAREN
        and first.token_type not in (tokens.TokenType.STRING, tokens.TokenType.IDENTIFIER)
        and re.fullmatch(r"[A-Za-z_]\w*", first.text)
    }
    return named - NOT_FUNCTIONS - _tables_and_ctes(sql)


def _tables_and_ctes(sql: str) -> set[str]:
    """`insert into t (a)`, `create table t (a)` and `with c (a) as` put a bracket after a name as well."""
    tables = re.findall(
        r"\b(?:into|table|view)\s+(?:if\s+not\s+exists\s+)?(?:\"?\w+\"?\.)*\"?(\w+)\"?\s*\(", sql, re.IGNORECASE
    )
    ctes = re.findall(r"\b(\w+)\s*\([\w\s,]*\)\s+as\s*\(", sql, re.IGNORECASE)
    return {name.lower() for name in [*tables, *ctes]}


def kinds_in(tree: exp.Expression) -> set[str]:
    return {_kind(node) for node in tree.walk()}


def _kind(node: exp.Expression) -> str:
    """The class of a node, with what of it is a matter of dialect."""
    kind = type(node).__name__
    match node:
        case exp.DataType():
            return f"{kind}:{node.this.name if hasattr(node.this, 'name') else node.this}"
        case exp.Distinct() if node.args.get("on"):
            return f"{kind}:on"
        case exp.Group():
            return kind + "".join(
                f":{part}" for part in ("all", "cube", "rollup", "grouping_sets") if node.args.get(part)
            )
        case exp.Star():
            return kind + "".join(
                f":{part}" for part in ("except_", "replace", "rename", "except") if node.args.get(part)
            )
        case exp.Join():
            return ":".join(
                filter(None, (kind, node.method, node.side, node.kind, "using" if node.args.get("using") else ""))
            )
        case exp.Ordered():
            return kind + (":all" if node.this.name.lower() == "all" else "")
    return kind


def _objections(node: exp.Expression) -> list[str]:
    match node:
        case exp.Window():
            aggregates = isinstance(node.this, AGGREGATES_OF_FRAMES) and not isinstance(node.this, RANKING)
            if aggregates and node.args.get("order") and not node.args.get("spec"):
                return ["an aggregate over an ordered window needs a frame (rows between … and …)"]
        case exp.Identifier() if node.this != node.this.lower():
            return [f"a name in capitals: {node.this}"]
        case exp.RegexpReplace() if node.args.get("modifiers") and not node.args.get("position"):
            return ["the fourth argument of regexp_replace is a position, not flags"]
        case exp.Concat() if len(node.expressions) != 2:
            return ["concat takes two arguments; use ||"]
        case exp.Div() if not any(_is_fractional(side) for side in (node.this, node.expression)):
            return ["division of integers truncates: cast one side to double precision or decimal"]
        case exp.Avg() if not _is_fractional(node.this):
            return ["the average of integers is an integer: cast to double precision or decimal"]
        case exp.Ln() if not _is_double(node.this):
            return ["ln of a decimal fails on a table: cast to double precision"]
        case exp.Interval() if isinstance(node.this, exp.Literal) and not node.this.is_string:
            return ["an interval's number stands in quotes"]
        case exp.Select() if node.args.get("qualify") and _is_bare_qualify(node):
            return ["qualify needs a where clause, or an alias of its table"]
        case exp.Create() if node.kind == "TABLE" and node.args.get("replace"):
            return ["there is no create or replace table"]
        case exp.SetOperation() if node.args.get("by_name"):
            return ["a union goes by position, not by name"]
        case exp.Create() if node.kind == "VIEW" and node.args.get("no_schema_binding"):
            ctes = {cte.alias for cte in node.find_all(exp.CTE)}
            bare = [t.name for t in node.find_all(exp.Table) if not t.db and t.name not in ctes]
            if bare:
                return [f"a late-binding view names its tables with their schema: {', '.join(bare)}"]
    return []


def _is_fractional(node: exp.Expression) -> bool:
    """Whether an operand is written as something else than an integer."""
    if isinstance(node, exp.Paren):
        return _is_fractional(node.this)
    if isinstance(node, exp.Cast):
        return node.to.this in (exp.DataType.Type.DOUBLE, exp.DataType.Type.DECIMAL, exp.DataType.Type.FLOAT)
    if isinstance(node, exp.Literal):
        return not node.is_string and "." in node.this
    if isinstance(node, exp.Mul | exp.Div | exp.Add | exp.Sub):
        return _is_fractional(node.this) or _is_fractional(node.expression)
    if isinstance(node, exp.Case):
        # the branches become one type, the widest
        branches = [branch.args["true"] for branch in node.args["ifs"]] + [node.args.get("default")]
        return any(branch is not None and _is_fractional(branch) for branch in branches)
    return isinstance(node, exp.Sum | exp.Nullif | exp.Coalesce) and _is_fractional(node.this)


def _is_double(node: exp.Expression) -> bool:
    """
    Whether an operand is written as double precision, itself or in a sum that it widens.
    https://docs.aws.amazon.com/redshift/latest/dg/r_LN.html
    """
    if isinstance(node, exp.Cast):
        return node.to.this == exp.DataType.Type.DOUBLE
    return isinstance(node, exp.Add | exp.Sub) and (_is_double(node.this) or _is_double(node.expression))


def _is_bare_qualify(select: exp.Select) -> bool:
    """
    Redshift refuses QUALIFY right after the name of a table without alias.
    https://docs.aws.amazon.com/redshift/latest/dg/r_QUALIFY_clause.html
    """
    source = select.args.get("from_") or select.args.get("from")
    if select.args.get("where") or select.args.get("joins") or source is None:
        return False
    return isinstance(source.this, exp.Table) and not source.this.alias
