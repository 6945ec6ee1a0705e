-- Whose turn it is to ask a host. KEYS[1] is the host's prefix, ARGV[1] the step, then its values (milliseconds).
--   next    when the next request may be sent (ms)
--   active  sorted set, each request under way ("CRAWL'S PREFIX WORKER:NUMBER") to the moment from which it no longer
--           counts (ms)

local P, step = KEYS[1], ARGV[1]
local t = redis.call("TIME")
local now = t[1] * 1000 + math.floor(t[2] / 1000)

-- What workers had under way that were given up meanwhile does not count, however long it was to last.
local function drop_requests_of_the_dead()
  for _, token in ipairs(redis.call("ZRANGE", P .. "active", 0, -1)) do
    local crawl, worker = string.match(token, "^(.*:)(%d+):%d+$")
    if crawl and redis.call("HGET", crawl .. "workers", worker) == "dead" then redis.call("ZREM", P .. "active", token) end
  end
end

local function is_full(most) return most > 0 and redis.call("ZCARD", P .. "active") >= most end

if step == "take" then -- token, delay, how many at once, how long one lasts: 0, or how long to wait; -1 if too many
  local token, delay, most, lasts = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
  redis.call("ZREMRANGEBYSCORE", P .. "active", "-inf", now)
  if redis.call("ZSCORE", P .. "active", token) then return 0 end
  local from = tonumber(redis.call("GET", P .. "next") or 0)
  if from > now then return math.ceil(from - now) end
  if is_full(most) then
    drop_requests_of_the_dead()
    if is_full(most) then return -1 end
  end
  redis.call("ZADD", P .. "active", now + lasts, token)
  redis.call("PEXPIRE", P .. "active", lasts + 1000)
  if delay > 0 then redis.call("SET", P .. "next", now + math.ceil(delay), "PX", math.ceil(delay) + 1000) end
  return 0
elseif step == "renew" then -- token, how long it lasts
  redis.call("ZADD", P .. "active", "XX", now + tonumber(ARGV[3]), ARGV[2])
  redis.call("PEXPIRE", P .. "active", tonumber(ARGV[3]) + 1000)
  return 0
elseif step == "leave" then -- token
  return redis.call("ZREM", P .. "active", ARGV[2])
elseif step == "quiet" then -- how long the host asks to be left alone
  local until_then = now + tonumber(ARGV[2])
  if until_then > tonumber(redis.call("GET", P .. "next") or 0) then
    redis.call("SET", P .. "next", until_then, "PX", tonumber(ARGV[2]) + 1000)
  end
  return 0
end
