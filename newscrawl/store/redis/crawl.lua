-- What a worker of a shared crawl asks Redis for, each as one step that nothing comes between.
--
-- KEYS[1] is the prefix of the history's keys ("newscrawl:worldnews:"), ARGV[1] the step, ARGV[2] its values as JSON;
-- answers are JSON. A worker numbers its steps, so that one whose answer was lost may be sent again: it gets the same
-- answer, and changes nothing more. No decision about articles is here: `apply` writes what a worker has decided, if
-- all that it read is still so.
--
-- Of the history, for good:
--   article:NAME  JSON, see newscrawl/store/redis/article.py;  seen:SECTION  sorted set, names by when first seen (s)
--   alike:HASH    set, the names of emitted articles with that headline or longest paragraph
--   aliases       hash, name to the article's name, "" for a page that is none
--   sources:WALK RANGE  hash, address of a source that was read whole to the crawl's number
--   runs          list, JSON, newest first
--   files         hash, each file that has not its name yet to CRAWL'S PREFIX WORKER, or "committed"
--   crawl         the number of the open crawl; crawls, workers: the last numbers given
-- Of a crawl, below NUMBER: until it is closed:
--   info, counts  hashes;  met  hash, "WALK KEY" to JSON: h hop, l listed, s settled, u address of the next
--   queue         list of the visits that wait, JSON: walk, key, address, page, known, check
--   sites         hash, walk to "VERSION JSON", what its reader has learned of the site
--   walks         hash, walk to "waiting", the number of the worker that reads it, or "finished"; reading: set of walks
--   workers       hash, number to "alive", "left" or "dead"; beats: sorted set, number to its last sign of life (ms)
--   last          hash, worker to "STEP ANSWER" of its last step
--   leased:N      hash, "WALK KEY" to visit, what worker N has in hand; held:N  set of those that it holds
--   claims        hash, article to "WORKER TEXT"; claims:N  hash of those that worker N is about to emit
--   texts, notes, added  hashes;  kept:KIND  lists, kinds: their set
--   parts         hash, worker to its part; dirty: set of workers that took visits since they told theirs

local N, step, p = KEYS[1], ARGV[1], cjson.decode(ARGV[2])
local C = N .. (p.crawl or 0) .. ":"
local call = redis.call
local SHARED = {"met", "queue", "claims", "texts", "notes", "added", "sites", "reading", "kinds"}
local TOLD = {"info", "counts", "walks", "workers", "beats", "last", "parts", "dirty"}

local function milliseconds()
  local t = call("TIME")
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

-- After how many ms a worker counts as dead: the longest lease of the crawl's workers, at least; nil where none does.
local function lease()
  if type(p.lease) ~= "number" then return nil end -- null is none, too
  return math.max(p.lease, 1000 * (tonumber(call("HGET", C .. "info", "lease")) or 0))
end

-- How many workers gave a sign of life within a lease; all that have not ended, where Redis itself was away.
local function alive()
  local longest = lease()
  local since = longest and milliseconds() - longest or "-inf"
  return call("ZCOUNT", C .. "beats", since, "+inf")
end

-- What a worker has in hand goes back to the front of the queue, and nothing that it still sends counts.
local function give_back(worker, how)
  for _, visit in ipairs(call("HVALS", C .. "leased:" .. worker)) do call("LPUSH", C .. "queue", visit) end
  for _, name in ipairs(call("HKEYS", C .. "claims:" .. worker)) do call("HDEL", C .. "claims", name) end
  local walks = call("HGETALL", C .. "walks")
  for i = 1, #walks, 2 do
    if walks[i + 1] == worker then
      call("HSET", C .. "walks", walks[i], "waiting")
      call("SREM", C .. "reading", walks[i])
    end
  end
  call("DEL", C .. "leased:" .. worker, C .. "held:" .. worker, C .. "claims:" .. worker)
  call("ZREM", C .. "beats", worker)
  call("SREM", C .. "dirty", worker)
  call("HSET", C .. "workers", worker, how)
end

local function holds()
  for _, worker in ipairs(call("ZRANGE", C .. "beats", 0, -1)) do
    if call("EXISTS", C .. "held:" .. worker) == 1 then return true end
  end
  return false
end

-- Nothing waits, nobody has anything in hand that is not held, nor anything to tell, and no listing is being read.
local function is_quiet()
  if call("LLEN", C .. "queue") > 0 or call("SCARD", C .. "reading") > 0 then return false end
  for _, worker in ipairs(call("ZRANGE", C .. "beats", 0, -1)) do
    if call("HLEN", C .. "leased:" .. worker) > call("SCARD", C .. "held:" .. worker) then return false end
    if call("SISMEMBER", C .. "dirty", worker) == 1 then return false end
  end
  for _, state in ipairs(call("HVALS", C .. "walks")) do
    if state == "waiting" then return false end
  end
  return true
end

local function all_finished()
  for _, state in ipairs(call("HVALS", C .. "walks")) do
    if state ~= "finished" then return false end
  end
  return true
end

-- The crawl is over: its record stands among the runs, and what only its workers needed goes.
local function put_away(told)
  call("LPUSH", N .. "runs", p.record)
  call("DEL", N .. "crawl")
  for _, worker in ipairs(call("HKEYS", C .. "workers")) do
    call("UNLINK", C .. "leased:" .. worker, C .. "held:" .. worker, C .. "claims:" .. worker)
  end
  for _, kind in ipairs(call("SMEMBERS", C .. "kinds")) do call("UNLINK", C .. "kept:" .. kind) end
  for _, name in ipairs(SHARED) do call("UNLINK", C .. name) end
  for _, name in ipairs(TOLD) do call("EXPIRE", C .. name, told and 86400 or 0) end
end

-- A cell is a key, or a field of a hash; the field "#" is the length of a list.
local function value(cell)
  if cell[2] == "" then return call("GET", cell[1]) end
  if cell[2] == "#" then return tostring(call("LLEN", cell[1])) end
  return call("HGET", cell[1], cell[2])
end

local function values(cells)
  local found = {}
  for i, cell in ipairs(cells) do found[i] = value(cell) end
  return found
end

-- The steps of a worker ---------------------------------------------------------------------------------------

local steps = {}

-- Write what a change decided, unless a cell that it read is not as it was then; and tell what is wanted besides.
function steps.apply()
  local now = values(p.expected)
  for i, cell in ipairs(p.expected) do
    if now[i] ~= cell[3] then return {conflict = now} end
  end
  for _, command in ipairs(p.commands) do call(unpack(command)) end
  for name, by in pairs(p.counts) do call("HINCRBY", C .. "counts", name, by) end
  return {values = values(p.wanted)}
end

-- Lease visits, with what the history has of each article, and what was learned of sites since this worker last heard.
function steps.take()
  local texts = call("LPOP", C .. "queue", p.most) or {}
  local answer = {visits = texts, articles = {}, met = {}, sites = {}}
  for i, text in ipairs(texts) do
    local visit = cjson.decode(text)
    local walk, key = visit[1], visit[2]
    call("HSET", C .. "leased:" .. p.worker, walk .. " " .. key, text)
    answer.articles[i] = call("GET", N .. "article:" .. p.names[walk] .. "/" .. key)
    answer.met[i] = call("HGET", C .. "met", walk .. " " .. key)
    local site, has = call("HGET", C .. "sites", walk), p.sites[walk]
    if site and not (has and string.sub(site, 1, #has) == has) then answer.sites[walk] = site end
  end
  if #texts > 0 then call("SADD", C .. "dirty", p.worker) end
  answer.waiting = call("LLEN", C .. "queue")
  return answer
end

-- A sign of life. What workers had in hand that gave none for so long goes back, unless Redis itself was away. It was
-- if somebody who is alive was late: the others may be as late, and get the time to give a sign.
function steps.beat()
  local now = milliseconds()
  local was_late = now - tonumber(call("HGET", C .. "info", "late") or 0) < p.late
  local longest = lease()
  local dead = longest and not was_late and call("ZRANGEBYSCORE", C .. "beats", "-inf", "(" .. now - longest) or {}
  for _, worker in ipairs(dead) do give_back(worker, "dead") end
  return {dead = dead}
end

function steps.leave()
  give_back(tostring(p.worker), "left")
  return {}
end

-- Let this worker read a walk's listings, or read on in them. `stage`: how many stages of alternatives it has come to,
-- which the next reader has to come to as well, should this one die.
function steps.read()
  local state = call("HGET", C .. "walks", p.walk)
  local mine = state == tostring(p.worker) or state == "waiting"
  if mine then
    call("HSET", C .. "walks", p.walk, p.worker)
    call("SADD", C .. "reading", p.walk)
    local reached = tonumber(call("HGET", C .. "info", "stage " .. p.walk) or 0)
    if p.stage > reached then call("HSET", C .. "info", "stage " .. p.walk, p.stage) end
  end
  return {mine = mine}
end

-- No listing of this walk is under way; with `facts`, none will be.
function steps.listed()
  local was_reading = false
  if call("HGET", C .. "walks", p.walk) == tostring(p.worker) then
    was_reading = call("SREM", C .. "reading", p.walk) == 1
    if p.facts then
      call("HSET", C .. "walks", p.walk, "finished")
      call("HSET", C .. "info", "facts " .. p.walk, p.facts)
    end
  end
  return {was_reading = was_reading}
end

-- A worker with nothing under way still has visits leased: they came to nothing that it noticed.
function steps.unanswered()
  local held, lost = {}, {}
  for _, visit in ipairs(call("SMEMBERS", C .. "held:" .. p.worker)) do held[visit] = true end
  for _, visit in ipairs(call("HKEYS", C .. "leased:" .. p.worker)) do
    if not held[visit] then lost[#lost + 1] = visit end
  end
  for _, visit in ipairs(lost) do call("HDEL", C .. "leased:" .. p.worker, visit) end
  return {lost = lost}
end

-- How far the crawl is.
function steps.state()
  local info = call("HMGET", C .. "info", "state", "revisited")
  return {
    closed = info[1] == "closed", revisited = info[2] and true or false, walks = call("HGETALL", C .. "walks"),
    waiting = call("LLEN", C .. "queue"), quiet = is_quiet(), holds = holds(),
    in_hand = call("HLEN", C .. "leased:" .. p.worker) - call("SCARD", C .. "held:" .. p.worker),
  }
end

function steps.close()
  local info = call("HMGET", C .. "info", "state", "revisited", "closer")
  if info[1] == "closed" then return {closed = info[3] == tostring(p.worker)} end
  if not is_quiet() or holds() or not all_finished() or not info[2] then return {closed = false} end
  call("HSET", C .. "info", "state", "closed", "closer", p.worker)
  put_away(true)
  return {closed = true}
end

-- The steps of anybody ----------------------------------------------------------------------------------------

local public = {}

-- Join the open crawl, else begin one.
function public.join()
  local number = call("GET", N .. "crawl")
  if not number or call("EXISTS", N .. number .. ":info") == 0 then
    number = call("INCR", N .. "crawls")
    call("SET", N .. "crawl", number)
    C = N .. number .. ":"
    call("HSET", C .. "info", "version", "2", "state", "open", "arguments", p.arguments, "section", p.section,
      "started", call("TIME")[1])
    if p.since then call("HSET", C .. "info", "since", p.since) end
    for _, walk in ipairs(p.walks) do call("HSET", C .. "walks", walk, "waiting") end
  end
  C = N .. number .. ":"
  local info, fields = {}, call("HGETALL", C .. "info")
  for i = 1, #fields, 2 do info[fields[i]] = fields[i + 1] end
  info.crawl, info.alive = tonumber(number), alive()
  if info.arguments ~= p.arguments or info.version ~= "2" then return info end
  if info.alive == 0 then
    -- Nobody has been at work, maybe for a day: the listings show others by now.
    for _, walk in ipairs(call("HKEYS", C .. "walks")) do call("HSET", C .. "walks", walk, "waiting") end
    call("DEL", C .. "reading")
    call("HDEL", C .. "info", "revisited")
  end
  if p.longest > tonumber(info.lease or 0) then call("HSET", C .. "info", "lease", p.longest) end
  call("HSET", C .. "workers", p.worker, "alive")
  call("ZADD", C .. "beats", milliseconds(), p.worker)
  return info
end

-- End a crawl that nobody works at.
public["end"] = function()
  local number = call("GET", N .. "crawl")
  if number ~= tostring(p.crawl) then return {ended = false, alive = 0} end
  local working = alive()
  if working == 0 then put_away(false) end
  return {ended = working == 0, alive = working}
end

-- A file has its name, or is gone.
function public.named()
  for _, file in ipairs(p.files) do call("HDEL", N .. "files", file) end
  return {}
end

-- Of unfinished files: "committed", "dead" if its worker cannot commit it any more, "alive", or "" if none of ours.
function public.files()
  local states = {}
  for i, file in ipairs(p.files) do
    local state = call("HGET", N .. "files", file)
    if state and state ~= "committed" then
      local of, worker = string.match(state, "^(.*:)(%d+)$")
      state = call("HGET", of .. "workers", worker) == "alive" and "alive" or "dead"
    end
    states[i] = state or ""
  end
  return {states = states}
end

if public[step] then return cjson.encode(public[step]()) end

local state, began = call("HGET", C .. "workers", p.worker), call("HGET", C .. "info", "started")
if not state or began ~= p.began then -- a Redis that was emptied gives the same numbers again
  return cjson.encode({gone = true, ended = not began and tonumber(call("GET", N .. "crawls") or 0) >= p.crawl})
end
local before, answer = string.match(call("HGET", C .. "last", p.worker) or "0 ", "^(%d+) (.*)$")
-- What a worker had committed before it was given up, it may still hear of.
if tonumber(before) == p.step and (state == "alive" or step == "apply") then return answer end
if state ~= "alive" or tonumber(before) > p.step then return '{"alive":false}' end
local now = milliseconds()
if now - (call("ZSCORE", C .. "beats", p.worker) or now) > p.late then call("HSET", C .. "info", "late", now) end
call("ZADD", C .. "beats", now, p.worker)
answer = cjson.encode(steps[step]())
call("HSET", C .. "last", p.worker, p.step .. " " .. answer)
return answer
