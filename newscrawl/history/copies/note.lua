-- Notes what was decided on an article if what the decision rests on is as it was looked up: gives 1, otherwise 0.
--
-- KEYS: articles, texts, seen, last, and for each band of the article's text the hash that has it.
-- ARGV: the article's key; "1" if it was known, otherwise "0"; the group that it joins, "" for its own;
-- the number of the text that was remembered again, otherwise ""; the text to remember, otherwise "";
-- when, in seconds; for each band its field, and the newest text that it had, "" for none.
local articles, texts, seen, last = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local article, known, group, again, text, now = unpack(ARGV, 1, 6)
local LONGEST = 16000 -- bytes, some 2,000 numbers: older texts of a template are not looked for

if redis.call("HEXISTS", articles, article) ~= tonumber(known) then return 0 end
local bands = {}
for place = 1, #KEYS - 4 do
  local key, field, newest = KEYS[4 + place], ARGV[5 + 2 * place], ARGV[6 + 2 * place]
  local numbers = redis.call("HGET", key, field) or ""
  if (numbers:match("%d+$") or "") ~= newest then return 0 end
  bands[place] = {key, field, numbers}
end
if again ~= "" and not redis.call("ZSCORE", seen, again) then return 0 end

if known == "0" then redis.call("HSET", articles, article, group) end
if again ~= "" then
  redis.call("ZADD", seen, now, again)
elseif text ~= "" then
  local number = string.format("%d", redis.call("INCR", last))
  redis.call("HSET", texts, number, text)
  redis.call("ZADD", seen, now, number)
  for _, band in ipairs(bands) do
    local numbers = band[3] == "" and number or band[3] .. "," .. number
    if #numbers > LONGEST then numbers = numbers:match(",(.*)") end
    redis.call("HSET", band[1], band[2], numbers)
  end
end
return 1
