with

{#- A text is classified once, however often it was sent and by however many versions it is repeated. #}
texts as (
    select
        {{ text_key('complaint_text') }} as text_key,
        min(complaint_text) as text
    from {{ ref('int_complaint_versions') }}
    where is_free_text
        and complaint_text is not null
    group by {{ text_key('complaint_text') }}
),

{{ classification_ctes('texts', ref('classifier_words'), ref('classifier_terms')) }},

final as (
    select
        text_key,
        complaint_bucket,
        is_complaint,
        cast(score as integer) as classifier_score,
        cast(margin as integer) as classifier_margin,
        cast(matched_terms as varchar(256)) as matched_terms
    from classified
)

select * from final
