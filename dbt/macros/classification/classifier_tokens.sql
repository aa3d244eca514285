{#
    The tokens of a text, a blank between them: lower-case words without apostrophes, `0` for any number, upper-case
    markers for what is no word. '' for a text without any. The same steps as shared/classification/tokens.ts; patterns
    hold no backslash, no lookaround and no alternative that begins another one, so that RE2, POSIX and JavaScript
    find the same matches.
#}
{% macro classifier_tokens(expression) -%}
    {%- set text = namespace(
        sql="replace(lower(" ~ classifier_fold(expression) ~ "), '''', '')"
    ) -%}
    {%- for pattern, replacement in [
        ('(https?:|www[.])[^ ]*', ' URL '),
        ('[^ ]*@[^ ]*', ' '),
        ('[a-z0-9-]+[.][a-z.]*[/][^ ]*', ' URL '),
        ('[0-9]+([.,:/-][0-9]+)*', '0'),
        ('[$] *0', ' MONEY '),
        ('0 *[$]', ' MONEY '),
    ] -%}
        {%- set text.sql = regexp_replace_all(text.sql, pattern, replacement) -%}
    {%- endfor -%}
    {%- for sign, marker in [('?', 'ASK'), ('!', 'BANG'), ('^', 'ANGRY'), ('~', 'HAPPY'), ('|', 'SAD')] -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", '" ~ sign ~ "', ' " ~ marker ~ " ')" -%}
    {%- endfor -%}
    trim({{ regexp_replace_all(text.sql, '[^a-zA-Z0]+', ' ') }})
{%- endmacro %}
