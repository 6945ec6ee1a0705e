-- One row a story. "day" and "month" are the publisher's own; a story without a date has neither.
with articles as (
    select
        *,
        (date_published at time zone 'UTC') + to_minutes(date_published_offset::bigint) as published_there
    from {{ source('newscrawl', 'articles') }}
)

select
    publisher || '/' || id as article,
    publisher,
    id,
    url,
    section,
    headline,
    description,
    body,
    word_count,
    authors,
    topics,
    language,
    premium,
    live,
    status,
    copy_group,
    date_published,
    published_there::date as day,
    strftime(published_there, '%Y-%m') as month,
    crawled_at
from articles
