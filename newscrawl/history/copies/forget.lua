-- Looks no more for copies of a text, unless it was remembered after a time.
--
-- KEYS: texts, seen, and for each band of the text the hash that has it.
-- ARGV: the text's number, the time in seconds, and the field of each band.
local texts, seen, number = KEYS[1], KEYS[2], ARGV[1]
local when = redis.call("ZSCORE", seen, number)
if not when or tonumber(when) > tonumber(ARGV[2]) then return end
redis.call("ZREM", seen, number)
redis.call("HDEL", texts, number)
for place = 1, #KEYS - 2 do
  local key, field = KEYS[2 + place], ARGV[2 + place]
  local numbers = "," .. (redis.call("HGET", key, field) or "") .. ","
  local left = numbers:gsub("," .. number .. ",", ",", 1):sub(2, -2)
  if left == "" then
    redis.call("HDEL", key, field)
  else
    redis.call("HSET", key, field, left)
  end
end
