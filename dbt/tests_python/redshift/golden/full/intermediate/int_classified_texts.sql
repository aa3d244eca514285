begin;

create  table
    "coretelecoms"."intermediate"."int_classified_texts__dbt_tmp"
    diststyle key distkey (text_key)
      compound sortkey(text_key)
  as (
    with
texts as (
    select
        sha2(trim(complaint_text), 256) as text_key,
        min(complaint_text) as text
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where is_free_text
        and complaint_text is not null
    group by sha2(trim(complaint_text), 256)
),
classifier_tokenised as (
    select
        text_key,
        trim(regexp_replace(replace(replace(replace(replace(replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(replace(lower(case
        when (text ~ '[^ -Za-z]')
            then regexp_replace(translate(
            text,
            'ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖØòóôõöøÙÚÛÜùúûüÝýÿŠšŽžŁłẸẹỌọṢṣẠạỊịỤụĄąĆćĘęŃńŚśŹźŻż’‘`´“”–—£€₦₵₹¥¿¡？！^~|😡😠🤬👎😤🖕💩😒🙄🤡😑👍😊😀😃😄😁🙂😍🥰❤💖🎉👏🔥😎💯🥳🫶🤗😭😢😞😔😩😫💀🥺̧̣̀́̂̃̈­​‌‍️﻿',
            'AAAAAAaaaaaaCcEEEEeeeeIIIIiiiiNnOOOOOOooooooUUUUuuuuYyySsZzLlEeOoSsAaIiUuAaCcEeNnSsZzZz''''''''""--$$$$$$?!?!   ^^^^^^^^^^^~~~~~~~~~~~~~~~~~~~||||||||'
        ), '[^ -~]', ' ')
        else text
    end), '''', ''), '(https?:|www[.])[^ ]*', ' URL '), '[^ ]*@[^ ]*', ' '), '[a-z0-9-]+[.][a-z.]*[/][^ ]*', ' URL '), '[0-9]+([.,:/-][0-9]+)*', '0'), '[$] *0', ' MONEY '), '0 *[$]', ' MONEY '), '?', ' ASK '), '!', ' BANG '), '^', ' ANGRY '), '~', ' HAPPY '), '|', ' SAD '), '[^a-zA-Z0]+', ' ')) as tokens
    from texts
),
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
    from "coretelecoms"."staging"."classifier_terms" as terms
),
classifier_positions as (
    select cast(day_number + 1 as integer) as token_position
    from (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
    where day_number < 200
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
    left join "coretelecoms"."staging"."classifier_words" as words
        on words.word = words_read.token
),
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
        cast(sum(network) as bigint) as network,
        cast(sum(billing) as bigint) as billing,
        cast(sum(service) as bigint) as service,
        cast(sum(not_complaint) as bigint) as not_complaint,
        count(*) as known_terms
    from classifier_weighed_terms
    group by text_number
    having count(*) > 1
),
classifier_best as (
    select
        totals.*,
        case
        when totals.network >= totals.billing and totals.network >= totals.service and totals.network >= totals.not_complaint then 'network'
        when totals.billing >= totals.network and totals.billing >= totals.service and totals.billing >= totals.not_complaint then 'billing'
        when totals.service >= totals.network and totals.service >= totals.billing and totals.service >= totals.not_complaint then 'service'
        when totals.not_complaint >= totals.network and totals.not_complaint >= totals.billing and totals.not_complaint >= totals.service then 'not_complaint'
    end as best_class
    from classifier_totals as totals
),
classifier_two_best as (
    select
        best.*,
        case best.best_class
        when 'network' then best.network
        when 'billing' then best.billing
        when 'service' then best.service
        when 'not_complaint' then best.not_complaint
    end as best_total,
        case best.best_class
            when 'network' then case
        when best.billing >= best.service and best.billing >= best.not_complaint then 'billing'
        when best.service >= best.billing and best.service >= best.not_complaint then 'service'
        when best.not_complaint >= best.billing and best.not_complaint >= best.service then 'not_complaint'
    end
            when 'billing' then case
        when best.network >= best.service and best.network >= best.not_complaint then 'network'
        when best.service >= best.network and best.service >= best.not_complaint then 'service'
        when best.not_complaint >= best.network and best.not_complaint >= best.service then 'not_complaint'
    end
            when 'service' then case
        when best.network >= best.billing and best.network >= best.not_complaint then 'network'
        when best.billing >= best.network and best.billing >= best.not_complaint then 'billing'
        when best.not_complaint >= best.network and best.not_complaint >= best.billing then 'not_complaint'
    end
            when 'not_complaint' then case
        when best.network >= best.billing and best.network >= best.service then 'network'
        when best.billing >= best.network and best.billing >= best.service then 'billing'
        when best.service >= best.network and best.service >= best.billing then 'service'
    end
        end as second_class
    from classifier_best as best
),
classifier_leads as (
    select
        weighed_terms.text_number,
        weighed_terms.term_number,
        weighed_terms.term,
        case two_best.best_class
        when 'network' then weighed_terms.network
        when 'billing' then weighed_terms.billing
        when 'service' then weighed_terms.service
        when 'not_complaint' then weighed_terms.not_complaint
    end
        - case two_best.second_class
        when 'network' then weighed_terms.network
        when 'billing' then weighed_terms.billing
        when 'service' then weighed_terms.service
        when 'not_complaint' then weighed_terms.not_complaint
    end as lead_weight
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
    listagg(
        term,
        ', '
        )
        within group (order by term_rank) as matched_terms
    from classifier_ranked_leads
    where term_rank <= 5
    group by text_number
),
classifier_margins as (
    select
        two_best.*,
        two_best.best_total - case two_best.second_class
        when 'network' then two_best.network
        when 'billing' then two_best.billing
        when 'service' then two_best.service
        when 'not_complaint' then two_best.not_complaint
    end as margin,
        two_best.best_total - two_best.not_complaint as complaint_margin,
        case two_best.best_class
        when 'network' then margins.network
        when 'billing' then margins.billing
        when 'service' then margins.service
        when 'not_complaint' then margins.not_complaint
    end as needed_margin
    from classifier_two_best as two_best
    cross join "coretelecoms"."staging"."classifier_terms" as margins
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
),
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
  );

alter table "coretelecoms"."intermediate"."int_classified_texts__dbt_tmp" rename to "int_classified_texts";

attach masking policy mask_varchar on intermediate.int_classified_texts (text_key) to public priority 0;

attach masking policy show_varchar on intermediate.int_classified_texts (text_key) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_classified_texts (text_key) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_classified_texts__dbt_backup" cascade;

commit;
