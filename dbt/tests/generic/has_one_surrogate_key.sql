{#
    Passes when exactly one key for surrogate keys is there. Without it every join with the key would be empty, and
    with two of them every row would be doubled. The key itself is never selected.
#}
{% test has_one_surrogate_key(model) %}
select count(*) as key_count
from {{ model }}
where purpose = 'surrogate_keys'
    and length(key_value) > 0
having count(*) <> 1
{% endtest %}
