{#
    The text in printable ASCII: known letters, signs and emoji folded, any other character a blank. The same table
    as shared/classification/fold.ts, character by character; a test compares the two. Characters of the first text
    beyond the length of the second are removed (accents that stand alone, joiners). A text of letters, digits and the
    usual signs, as most are, is left as it is: DuckDB sets the table up for every text (ADR 41).
#}
{% macro classifier_fold(expression) -%}
    {%- set letters = [
        'ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖØòóôõöøÙÚÛÜùúûüÝýÿŠšŽžŁłẸẹỌọṢṣẠạỊịỤụĄąĆćĘęŃńŚśŹźŻż',
        'AAAAAAaaaaaaCcEEEEeeeeIIIIiiiiNnOOOOOOooooooUUUUuuuuYyySsZzLlEeOoSsAaIiUuAaCcEeNnSsZzZz',
    ] -%}
    {%- set signs = ['’‘`´“”–—£€₦₵₹¥¿¡？！', "''''''''" ~ '""--$$$$$$?!?!'] -%}
    {%- set blanked = ['^~|', '   '] -%}
    {%- set angry = '😡😠🤬👎😤🖕💩😒🙄🤡😑' -%}
    {%- set happy = '👍😊😀😃😄😁🙂😍🥰❤💖🎉👏🔥😎💯🥳🫶🤗' -%}
    {%- set sad = '😭😢😞😔😩😫💀🥺' -%}
    {%- set removed = '\u0300\u0301\u0302\u0303\u0308\u0323\u0327\u00ad\u200b\u200c\u200d\ufe0f\ufeff' -%}
    {%- set folded -%}
        translate(
            {{ expression }},
            '{{ letters[0] ~ signs[0] ~ blanked[0] ~ angry ~ happy ~ sad ~ removed }}',
            '{{ letters[1] ~ signs[1] ~ blanked[1] ~ "^" * (angry | length) ~ "~" * (happy | length) ~ "|" * (sad | length) }}'
        )
    {%- endset -%}
    case
        when {{ regexp_like(expression, '[^ -Za-z]') }}
            then {{ regexp_replace_all(folded, '[^ -~]', ' ') }}
        else {{ expression }}
    end
{%- endmacro %}
