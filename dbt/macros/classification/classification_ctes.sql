{#
    Common table expressions that classify texts, ending with `classified`; put them after `with`.
    `texts`: a relation of text_key (unique) and text. `words`, `terms`: the seeds classifier_words and
    classifier_terms. `classified` has one row per text_key: tokens, complaint_bucket, is_complaint (null: undecided),
    score and margin (thousandths; null where no term is known), matched_terms (up to five, weightiest first).
    The same as shared/classification/classify.ts: sums of whole numbers, so equal to the last digit.
#}
{% macro classification_ctes(texts, words, terms) -%}
{%- set classes = ['network', 'billing', 'service', 'not_complaint'] -%}
{%- set most_tokens = 200 -%}
{%- set most_matched = 5 -%}
classifier_tokenised as (
    select
        text_key,
        {{ classifier_tokens('text') }} as tokens
    from {{ texts }}
),

{#
    What differs only in signs and numbers reads the same, and is weighed once. Texts and terms have numbers from here
    on: most of the cost was hashing and sorting their names (ADR 41).
-#}
classifier_read_texts as (
    select
        tokens,
        row_number() over (order by tokens) as text_number
    from classifier_tokenised
    group by tokens
),

classifier_numbered_terms as (
    select
        terms.*,
        row_number() over (order by terms.term) as term_number
    from {{ terms }} as terms
),

classifier_positions as (
    select cast(day_number + 1 as integer) as token_position
    from {{ day_numbers() }} as numbers
    where day_number < {{ most_tokens }}
),

classifier_words_read as (
    select
        read_texts.text_number,
        positions.token_position,
        split_part(read_texts.tokens, ' ', positions.token_position) as token
    from classifier_read_texts as read_texts
    inner join classifier_positions as positions
        on
            positions.token_position
            <= length(read_texts.tokens) - length(replace(read_texts.tokens, ' ', '')) + 1
    where read_texts.tokens <> ''
),

classifier_concepts as (
    select
        words_read.text_number,
        words_read.token_position,
        words_read.token,
        coalesce(words.concept, words_read.token) as concept
    from classifier_words_read as words_read
    left join {{ words }} as words
        on words.word = words_read.token
),

{# Words that say nothing (concept -) are left out of pairs, so that pairs reach across them. -#}
classifier_pairs as (
    select
        text_number,
        concept,
        coalesce(lag(concept) over (partition by text_number order by token_position), 'START')
        || ' ' || concept as pair
    from classifier_concepts
    where concept <> '-'
),

classifier_terms_read as (
    select text_number, '(always)' as term from classifier_read_texts
    union all
    select text_number, token as term from classifier_concepts
    union all
    select text_number, concept as term from classifier_pairs
    union all
    select text_number, pair as term from classifier_pairs
),

classifier_known_terms as (
    select distinct
        terms_read.text_number,
        terms.term_number
    from classifier_terms_read as terms_read
    inner join classifier_numbered_terms as terms
        on terms.term = terms_read.term
),

classifier_weighed_terms as (
    select
        known_terms.text_number,
        terms.*
    from classifier_known_terms as known_terms
    inner join classifier_numbered_terms as terms
        on terms.term_number = known_terms.term_number
),

classifier_totals as (
    select
        text_number,
        {%- for class in classes %}
        cast(sum({{ class }}) as bigint) as {{ class }},
        {%- endfor %}
        count(*) as known_terms
    from classifier_weighed_terms
    group by text_number
    having count(*) > 1
),

classifier_best as (
    select
        totals.*,
        {{ classifier_first_highest('totals', classes) }} as best_class
    from classifier_totals as totals
),

classifier_two_best as (
    select
        best.*,
        {{ classifier_weight_of('best', 'best.best_class', classes) }} as best_total,
        case best.best_class
            {%- for class in classes %}
            when '{{ class }}' then {{ classifier_first_highest('best', classes | reject('equalto', class) | list) }}
            {%- endfor %}
        end as second_class
    from classifier_best as best
),

classifier_leads as (
    select
        weighed_terms.text_number,
        weighed_terms.term_number,
        weighed_terms.term,
        {{ classifier_weight_of('weighed_terms', 'two_best.best_class', classes) }}
        - {{ classifier_weight_of('weighed_terms', 'two_best.second_class', classes) }} as lead_weight
    from classifier_weighed_terms as weighed_terms
    inner join classifier_two_best as two_best
        on two_best.text_number = weighed_terms.text_number
    where weighed_terms.term <> '(always)'
),

classifier_ranked_leads as (
    select
        text_number,
        term,
        row_number() over (partition by text_number order by lead_weight desc, term_number) as term_rank
    from classifier_leads
    where lead_weight > 0
),

classifier_matched_terms as (
    select
        text_number,
        {{ dbt.listagg('term', "', '", 'order by term_rank') }} as matched_terms
    from classifier_ranked_leads
    where term_rank <= {{ most_matched }}
    group by text_number
),

classifier_margins as (
    select
        two_best.*,
        two_best.best_total - {{ classifier_weight_of('two_best', 'two_best.second_class', classes) }} as margin,
        two_best.best_total - two_best.not_complaint as complaint_margin,
        {{ classifier_weight_of('margins', 'two_best.best_class', classes) }} as needed_margin
    from classifier_two_best as two_best
    cross join {{ terms }} as margins
    where margins.term = '(margin)'
),

classified as (
    select
        tokenised.text_key,
        tokenised.tokens,
        cast(
            case
                when margins.margin >= margins.needed_margin
                    then case margins.best_class
                        when 'network' then 'Network (Latency)'
                        when 'billing' then 'Incorrect Billing'
                        when 'service' then 'Bad Customer Service'
                        else 'Unclassified'
                    end
                else 'Unclassified'
            end as varchar(40)
        ) as complaint_bucket,
        case
            when margins.best_class = 'not_complaint'
                then case when margins.margin >= margins.needed_margin then false end
            when margins.complaint_margin >= margins.needed_margin then true
        end as is_complaint,
        margins.best_total as score,
        margins.margin,
        matched_terms.matched_terms
    from classifier_tokenised as tokenised
    inner join classifier_read_texts as read_texts
        on read_texts.tokens = tokenised.tokens
    left join classifier_margins as margins
        on margins.text_number = read_texts.text_number
    left join classifier_matched_terms as matched_terms
        on matched_terms.text_number = read_texts.text_number
)
{%- endmacro %}

{# The name of the first class that has the highest total. #}
{% macro classifier_first_highest(relation, classes) -%}
    case
        {%- for class in classes %}
        when {% for other in classes | reject('equalto', class) -%}
            {{ relation }}.{{ class }} >= {{ relation }}.{{ other }}{{ ' and ' if not loop.last }}
        {%- endfor %} then '{{ class }}'
        {%- endfor %}
    end
{%- endmacro %}

{# The weight, or total, for the class that a column names. #}
{% macro classifier_weight_of(relation, class_column, classes) -%}
    case {{ class_column }}
        {%- for class in classes %}
        when '{{ class }}' then {{ relation }}.{{ class }}
        {%- endfor %}
    end
{%- endmacro %}
