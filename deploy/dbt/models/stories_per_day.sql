select
    day,
    publisher,
    count(*) as stories,
    sum(word_count)::bigint as words,
    count(*) filter (where status = 'changed') as changed
from {{ ref('stg_articles') }}
group by day, publisher
