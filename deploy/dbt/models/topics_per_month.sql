select
    month,
    topic,
    count(*) as stories
from (select month, unnest(topics) as topic from {{ ref('stg_articles') }})
group by month, topic
