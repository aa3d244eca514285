"""One statement of Redshift as DuckDB's SQL, with Redshift's meaning (see semantics)."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from redshift.semantics import SCHEMA

# VARCHAR without a length is VARCHAR(256)
DEFAULT_WIDTH = 256
DISTRIBUTION = (
    exp.DistKeyProperty,
    exp.SortKeyProperty,
    exp.DistStyleProperty,
    exp.BackupProperty,
)
TEXT = (exp.DataType.Type.VARCHAR, exp.DataType.Type.CHAR, exp.DataType.Type.TEXT)


def to_duckdb(sql: str) -> str:
    """Raises sqlglot's ParseError where the text is no Redshift SQL that sqlglot knows."""
    tree = sqlglot.parse_one(sql, read="redshift")
    for listagg in tree.find_all(exp.GroupConcat):
        _listagg(listagg)
    # the innermost first, so that what is replaced holds what was replaced before
    for node in reversed(list(tree.walk())):
        replaced = _redshift_meaning(node)
        if replaced is not node:
            node.replace(replaced)
    for part in list(tree.find_all(*DISTRIBUTION)):
        part.pop()
    if isinstance(tree, exp.Create):
        tree.set("no_schema_binding", False)
        _check_widths(tree)
    return tree.sql(dialect="duckdb")


def semantic(name: str, *arguments: exp.Expression) -> exp.Expression:
    return exp.Anonymous(this=f"{SCHEMA}.{name}", expressions=list(arguments))


def _redshift_meaning(node: exp.Expression) -> exp.Expression:
    match node:
        case exp.RegexpReplace():
            # Redshift replaces every match
            node.set("modifiers", exp.Literal.string("g"))
        case exp.Div():
            return semantic("divide", node.this.copy(), node.expression.copy())
        case exp.Avg():
            return semantic("average", node.this.copy())
        case exp.Concat():
            # CONCAT is || : null if any part is null
            first, *rest = (part.copy() for part in node.expressions)
            for part in rest:
                first = exp.DPipe(this=first, expression=part)
            return exp.paren(first)
        case exp.EQ() if not _assigns(node):
            return semantic("equal", node.this.copy(), node.expression.copy())
        case exp.NEQ():
            return exp.not_(semantic("equal", node.this.copy(), node.expression.copy()))
        case exp.In() if node.expressions:
            return exp.paren(
                exp.or_(*(semantic("equal", node.this.copy(), value.copy()) for value in node.expressions))
            )
        case exp.Case() if node.this is not None:
            subject = node.this
            node.set("this", None)
            for branch in node.args["ifs"]:
                branch.set("this", semantic("equal", subject.copy(), branch.this.copy()))
        case exp.Min() | exp.Max() | exp.Sum():
            node.set("this", semantic("no_boolean", node.this.copy(), exp.Literal.string(node.key)))
        case exp.Left() | exp.Right():
            node.set("expression", semantic("length_of_part", node.expression.copy()))
        case exp.Cast() if node.to.this in TEXT and not isinstance(node.this, exp.Null):
            width = node.to.expressions[0].this.copy() if node.to.expressions else exp.Literal.number(DEFAULT_WIDTH)
            return semantic("as_varchar", node.this.copy(), width)
    return node


def _assigns(node: exp.EQ) -> bool:
    """`set column = value` and options, which compare nothing."""
    return isinstance(node.parent, exp.Update | exp.Property | exp.Properties | exp.SetItem)


def _listagg(node: exp.GroupConcat) -> None:
    """sqlglot folds the separator of LISTAGG(DISTINCT x, separator) into the DISTINCT."""
    inner = node.this.this if isinstance(node.this, exp.Order) else node.this
    if isinstance(inner, exp.Distinct) and len(inner.expressions) == 2:
        node.set("separator", inner.expressions[1].copy())
        inner.set("expressions", inner.expressions[:1])


def _check_widths(tree: exp.Create) -> None:
    """A table's VARCHAR(n) refuses what is longer, as an insert does in Redshift; DuckDB forgets n."""
    if tree.kind != "TABLE" or not isinstance(tree.this, exp.Schema):
        return
    for column in list(tree.this.find_all(exp.ColumnDef)):
        kind = column.kind
        if kind is not None and kind.this in TEXT:
            width = kind.expressions[0].name if kind.expressions else str(DEFAULT_WIDTH)
            name = column.this.sql(dialect="duckdb")
            check = sqlglot.parse_one(f"octet_length(encode({name})) <= {width}", read="duckdb")
            tree.this.append("expressions", exp.CheckColumnConstraint(this=check))
            kind.set("expressions", [])
