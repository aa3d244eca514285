{#
    The standard normal quantile of a probability, double precision; NULL for NULL and outside of 0 < p < 1.
    Neither engine has one. Acklam's rational approximation
    (https://web.archive.org/web/20151030215612/http://home.online.no/~pjacklam/notes/invnorm/):
    its relative error is below 1.15e-9. Pass a column or a literal: the text is repeated some forty times.
#}
{% macro normal_quantile(p) -%}
    {%- set probability = 'cast(' ~ p ~ ' as double precision)' -%}
    {%- set centred = '(' ~ probability ~ ' - 0.5)' -%}
    case
        when {{ p }} <= 0 or {{ p }} >= 1 then cast(null as double precision)
        when {{ p }} < 0.02425 then {{ acklam_tail('sqrt(-2.0 * ln(' ~ probability ~ '))') }}
        when {{ p }} > 0.97575 then -1.0 * ({{ acklam_tail('sqrt(-2.0 * ln(1.0 - ' ~ probability ~ '))') }})
        else {{ acklam_centre(centred, '(' ~ centred ~ ' * ' ~ centred ~ ')') }}
    end
{%- endmacro %}

{# Below the quantile 0.02425; `q` is sqrt(-2 ln p). The upper tail mirrors it. #}
{% macro acklam_tail(q) -%}
    {{ polynomial(q, [
        '-0.007784894002430293', '-0.3223964580411365', '-2.400758277161838', '-2.549732539343734',
        '4.374664141464968', '2.938163982698783',
    ]) }} / {{ polynomial(q, [
        '0.007784695709041462', '0.3224671290700398', '2.445134137142996', '3.754408661907416', '1.0',
    ]) }}
{%- endmacro %}

{# Between the tails; `q` is p - 0.5 and `r` its square. #}
{% macro acklam_centre(q, r) -%}
    {{ q }} * {{ polynomial(r, [
        '-39.69683028665376', '220.9460984245205', '-275.9285104469687', '138.3577518672690', '-30.66479806614716',
        '2.506628277459239',
    ]) }} / {{ polynomial(r, [
        '-54.47609879822406', '161.5858368580409', '-155.6989798598866', '66.80131188771972', '-13.28068155288572',
        '1.0',
    ]) }}
{%- endmacro %}

{# A polynomial by Horner's rule, the coefficient of the highest power first. #}
{% macro polynomial(variable, coefficients) -%}
    {%- set terms = namespace(text=coefficients[0]) -%}
    {%- for coefficient in coefficients[1:] -%}
        {%- set terms.text = '(' ~ terms.text ~ ' * ' ~ variable ~ ' + ' ~ coefficient ~ ')' -%}
    {%- endfor -%}
    {{ terms.text }}
{%- endmacro %}
