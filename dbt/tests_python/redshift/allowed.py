"""The reviewed lists of the guard. A name comes here after it was looked up in Redshift's documentation:

functions https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions.html
statements https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_commands.html
"""

from __future__ import annotations


def words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


# Words that stand before a bracket and are no functions
NOT_FUNCTIONS = words(
    "and any as between by decimal distkey else exists from group having in interleaved join not on or over"
    " select set sortkey then union using values varchar when where"
)

FUNCTIONS = words(
    "abs avg cast ceiling chr coalesce count date_trunc datediff extract floor greatest lag last_day lead least"
    " left length listagg ln lower max min nullif regexp_replace regexp_substr replace reverse right round"
    " row_number rtrim sha2 split_part sqrt strpos substring sum translate trim try_cast upper"
)

STATEMENTS = "Alter AlterRename Create Delete Drop Insert Select TruncateTable Union Values"
CLAUSES = (
    "CTE From Group Having Join Join:CROSS Join:INNER Join:LEFT Limit Order Ordered Qualify Subquery Table TableAlias"
    " Tuple Where With"
)
DEFINITIONS = (
    "ColumnConstraint ColumnDef DistKeyProperty DistStyleProperty NotNullColumnConstraint Properties Schema"
    " SortKeyProperty TemporaryProperty"
)
TYPES = (
    "DataType:BIGINT DataType:BOOLEAN DataType:DATE DataType:DECIMAL DataType:DOUBLE DataType:INT"
    " DataType:TIMESTAMP DataType:TIMESTAMPTZ DataType:VARCHAR DataTypeParam"
)
EXPRESSIONS = (
    "Add Alias And AtTimeZone Between Boolean Case Cast Column CurrentUser DPipe Distinct Div EQ Exists Extract GT GTE"
    " Identifier If In Is LT LTE Literal Mod Mul NEQ Neg Not Null Or Paren Placeholder Star Sub TryCast Var Window"
    " WindowSpec"
)
# sqlglot's classes of the functions above
CALLS = (
    "Abs Avg Ceil Chr Coalesce Count Floor Greatest GroupConcat Lag LastDay Lead Least Left Length Ln Lower Max Min"
    " Nullif RegexpExtract RegexpLike RegexpReplace Replace Reverse Right Round RowNumber SHA2 SplitPart Sqrt"
    " StrPosition Substring Sum TimestampTrunc Translate Trim TsOrDsDiff Upper WithinGroup"
)

NODES = words(STATEMENTS, CLAUSES, DEFINITIONS, TYPES, EXPRESSIONS, CALLS)
