-- Every change that workers make to a shared crawl, each as one step that nothing comes between.
--
-- KEYS[1] is the prefix of the crawl's keys ("newscrawl:worldnews:"), ARGV[1] the step, ARGV[2] its values as JSON.
-- Answers are JSON. Any step may be sent again when its answer was lost: it then changes nothing more.
--
-- Of the history, for good:
--   article:KEY  JSON: u path, s section, l listed, f first seen (s); v the emitted version, once there is one:
--                h content hash, n path and k key of its Next Story, e ETag, m Last-Modified, d date, f file, t when
--   seen:SECTION sorted set, the articles by when they were first seen
--   aliases      hash, key to the article's key, "" for a page that is none
--   sections     hash, section to JSON: pages, news (s)
--   runs         list, JSON, newest first
--   files        hash, the name of each file that has not its name yet to its worker's number, or "committed"
--   crawl        the number of the open crawl; crawls, workers: the last numbers given
-- Of a crawl, below NUMBER: until it is closed:
--   info, counts hashes;   met  hash, "WALK KEY" to JSON: h hop, l listed, s settled, u address and k key of the next
--   queue        list of the visits that wait, JSON; sites: hash, walk to what its reader has learned of the site
--   walks        hash, walk to "waiting", the number of the worker that reads it, or "finished"; reading: set of walks
--   workers      hash, number to "alive", "left" or "dead"; beats: sorted set, number to its last sign of life (ms)
--   leased:N     hash, "WALK KEY" to visit, what worker N has in hand; claims:N the articles that it is about to emit
--   claims       hash, article to the visit that emits it, or has;   took:N what N was given last
--   texts        hash, article to what stands for its headline and body

local N, p = KEYS[1], cjson.decode(ARGV[2])
local C = N .. (p.crawl or 0) .. ":"
local call = redis.call

local function milliseconds()
  local t = call("TIME")
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

local function count(name, by) if by ~= 0 then call("HINCRBY", C .. "counts", name, by) end end

local function article(key)
  local found = call("GET", N .. "article:" .. key)
  return found and cjson.decode(found)
end

local function keep(key, a) call("SET", N .. "article:" .. key, cjson.encode(a)) end

-- An article was found: it is noted before it is asked for.
local function found(key, path, section, listed)
  local a = article(key)
  if not a then
    a = {u = path, s = section, l = listed, f = tonumber(call("TIME")[1])}
    call("ZADD", N .. "seen:" .. section, a.f, key)
  elseif listed > a.l then
    a.l = listed
  else
    return a
  end
  keep(key, a)
  return a
end

-- An article that was not emitted need not be asked for again.
local function gone(key)
  local a = article(key)
  if a and not a.v then
    call("DEL", N .. "article:" .. key)
    call("ZREM", N .. "seen:" .. a.s, key)
  end
end

local function alias_of(key)
  local to = key
  for _ = 1, 8 do
    local further = call("HGET", N .. "aliases", to)
    if not further or further == to then break end
    if further == "" then return key end
    to = further
  end
  return to
end

local function alias(key, to)
  if to ~= "" then
    local a = article(key)
    if a then found(to, a.u, a.s, a.l) end
    if call("HGET", N .. "aliases", to) then call("HDEL", N .. "aliases", to) end
  end
  gone(key)
  call("HSET", N .. "aliases", key, to)
end

-- Whether what this worker sends counts. Whatever it sends is a sign of life.
local function is_alive()
  if call("HGET", C .. "workers", p.worker) ~= "alive" then return false end
  call("ZADD", C .. "beats", milliseconds(), p.worker)
  return true
end

-- What a worker has in hand goes back to the front of the queue, and nothing that it still sends counts.
local function give_back(worker, how)
  for _, visit in ipairs(call("HVALS", C .. "leased:" .. worker)) do call("LPUSH", C .. "queue", visit) end
  for _, key in ipairs(call("HKEYS", C .. "claims:" .. worker)) do call("HDEL", C .. "claims", key) end
  local walks = call("HGETALL", C .. "walks")
  for i = 1, #walks, 2 do
    if walks[i + 1] == worker then
      call("HSET", C .. "walks", walks[i], "waiting")
      call("SREM", C .. "reading", walks[i])
    end
  end
  call("DEL", C .. "leased:" .. worker, C .. "claims:" .. worker, C .. "took:" .. worker)
  call("ZREM", C .. "beats", worker)
  call("HSET", C .. "workers", worker, how)
end

local function all_are(state)
  for _, found in ipairs(call("HVALS", C .. "walks")) do
    if found ~= state then return false end
  end
  return true
end

-- Nothing waits, nobody has anything in hand, no listing is being read.
local function is_quiet()
  if call("LLEN", C .. "queue") > 0 or call("SCARD", C .. "reading") > 0 then return false end
  for _, worker in ipairs(call("ZRANGE", C .. "beats", 0, -1)) do
    if call("EXISTS", C .. "leased:" .. worker) == 1 then return false end
  end
  for _, state in ipairs(call("HVALS", C .. "walks")) do
    if state == "waiting" then return false end
  end
  return true
end

-- Which articles are asked for, as newscrawl.spiders.visits has it for one process --------------------------

local function met_of(key)
  local m = call("HGET", C .. "met", p.walk .. " " .. key)
  return m and cjson.decode(m)
end

local function put(key, m) call("HSET", C .. "met", p.walk .. " " .. key, cjson.encode(m)) end

local function own_key(key)
  if not p.aliases then return key end
  return string.sub(alias_of(p.name .. "/" .. key), #p.name + 2)
end

-- An article that earlier runs emitted and this one need not.
local function recall(key)
  if p.again then return nil end
  local a = article(p.name .. "/" .. key)
  return a and a.v and a
end

local function may_have_changed(known, hop)
  if known.f < p.recheck_since or (hop > 0 and known.l == 1) then return false end
  if tonumber(call("HGET", C .. "counts", "rechecked") or 0) >= p.rechecks then return false end
  count("rechecked", 1)
  return true
end

local function wait(key, url, page, known)
  local visit = {walk = p.walk, key = key, url = url, page = page, known = known}
  call("RPUSH", C .. "queue", cjson.encode(visit))
end

local function note(key, url, listed)
  found(p.name .. "/" .. key, string.match(url, "^%a[%w+.-]*://[^/?#]*([^#]*)") or url, p.section, listed)
end

local function look(key, url, m, page)
  count("taken " .. p.walk, 1)
  local known = recall(key)
  if known and known.v.n then m.u, m.k = p.origin .. known.v.n, known.v.k end
  local settled = known and not may_have_changed(known, m.h)
  count("settled", (settled and 1 or 0) - m.s)
  if not settled then wait(key, url, page, known and true or false) end
  if not settled or (m.h == 0 and known.l == 0) then note(key, url, m.h == 0 and 1 or 0) end
  m.s = settled and 1 or 0
end

local function reach(key, url, hop, page, counted)
  while url and hop <= p.hops do
    key = own_key(key)
    local m = met_of(key) or {l = 0, s = 0}
    if m.h and hop >= m.h then return end
    call("HSET", C .. "counts", "met " .. p.walk, 1)
    if not m.h and m.l == 0 and not counted then count("found", 1) end
    local asked = m.h and m.s == 0
    m.h = hop
    if hop == 0 then m.l = 1 end
    if asked and hop == 0 then note(key, url, 1) end
    if not asked and (hop == 0 or m.s == 0) then look(key, url, m, page) end
    put(key, m)
    if not asked and m.s == 0 then return end
    key, url, hop, page, counted = m.k, m.u, hop + 1, 0, false
  end
end

local function list(link)
  local key = own_key(link.key)
  local m = met_of(key)
  if m and m.l == 1 then return end
  call("HSET", C .. "counts", "met " .. p.walk, 1)
  count("shown", 1)
  if not m then count("found", 1) end
  if link.older then
    count("older", 1)
    m = m or {l = 0, s = 0}
    m.l = 1
    put(key, m)
  else
    reach(key, link.url, 0, link.page, true)
  end
end

local function follow(link)
  local m = met_of(link.key)
  if not m or not m.h then return end
  if link.url and link.url ~= m.u then
    m.u, m.k = link.url, link.next
    put(link.key, m)
  end
  reach(m.k, m.u, m.h + 1, 0, false)
end

-- The steps -------------------------------------------------------------------------------------------------

local steps = {}

-- Join the open crawl, else begin one.
function steps.join()
  local number = call("GET", N .. "crawl")
  if not number then
    number = call("INCR", N .. "crawls")
    call("SET", N .. "crawl", number)
    C = N .. number .. ":"
    local section = call("HGET", N .. "sections", p.section)
    section = section and cjson.decode(section) or {}
    local now = tonumber(call("TIME")[1])
    local since = now - math.floor(p.recheck_days * 86400)
    local due = math.min(since, section.news or since)
    call("HSET", C .. "info", "state", "open", "arguments", p.arguments, "started", now, "pages", section.pages or 0,
      "due_since", due, "recheck_since", p.recheck_days > 0 and due or 1e11)
    if p.since then call("HSET", C .. "info", "since", p.since) end
    for _, walk in ipairs(p.walks) do call("HSET", C .. "walks", walk, "waiting") end
  end
  C = N .. number .. ":"
  local alive = call("ZCOUNT", C .. "beats", milliseconds() - p.lease, "+inf")
  if alive == 0 then
    -- Nobody has been at work, maybe for a day: the listings show others by now.
    for _, walk in ipairs(call("HKEYS", C .. "walks")) do call("HSET", C .. "walks", walk, "waiting") end
    call("DEL", C .. "reading")
    call("HDEL", C .. "info", "revisited")
  end
  local info = {}
  local fields = call("HGETALL", C .. "info")
  for i = 1, #fields, 2 do info[fields[i]] = fields[i + 1] end
  info.crawl, info.alive = tonumber(number), alive
  if info.arguments == p.arguments then
    call("HSET", C .. "workers", p.worker, "alive")
    call("ZADD", C .. "beats", milliseconds(), p.worker)
  end
  return info
end

-- A sign of life. What workers had in hand that gave none for so long goes back, unless Redis itself was away.
function steps.beat()
  local now, dead = milliseconds(), {}
  if not is_alive() then return {alive = false} end
  if p.lease then
    dead = call("ZRANGEBYSCORE", C .. "beats", "-inf", "(" .. (now - p.lease))
    for _, worker in ipairs(dead) do give_back(worker, "dead") end
  end
  return {alive = true, dead = dead}
end

function steps.leave()
  if is_alive() then give_back(tostring(p.worker), "left") end
  return {}
end

-- Let this worker read a walk's listings, or read on in them. `stage`: how many stages of alternatives it has come to,
-- which the next reader has to come to as well, should this one die.
function steps.read()
  if not is_alive() then return {alive = false} end
  local state = call("HGET", C .. "walks", p.walk)
  local mine = state == tostring(p.worker) or state == "waiting"
  if mine then
    call("HSET", C .. "walks", p.walk, p.worker)
    call("SADD", C .. "reading", p.walk)
    local reached = tonumber(call("HGET", C .. "info", "stage " .. p.walk) or 0)
    if (p.stage or 0) > reached then call("HSET", C .. "info", "stage " .. p.walk, p.stage) end
  end
  return {alive = true, mine = mine}
end

-- No listing of this walk is under way; with `finished`, none will be.
function steps.listed()
  if not is_alive() then return {alive = false} end
  local was_reading = false
  if call("HGET", C .. "walks", p.walk) == tostring(p.worker) then
    was_reading = call("SREM", C .. "reading", p.walk) == 1
    if p.finished then
      call("HSET", C .. "walks", p.walk, "finished")
      for name, value in pairs(p.finished) do call("HSET", C .. "info", name .. " " .. p.walk, value) end
    end
  end
  return {alive = true, was_reading = was_reading}
end

-- Links of listings, and of articles to the next.
function steps.reach()
  if not is_alive() then return {alive = false} end
  if p.site then call("HSET", C .. "sites", p.walk, p.site) end
  for _, link in ipairs(p.links) do
    if link.kind == "list" then
      list(link)
    elseif link.kind == "follow" then
      follow(link)
    else
      count("shown", 1)
      reach(link.key, link.url, 0, 0, false)
    end
  end
  return {alive = true}
end

-- What earlier runs found and did not emit; in a run that finds new ones, young stories too. Once a crawl.
function steps.revisit()
  if not is_alive() then return {alive = false} end
  if call("HGET", C .. "info", "revisited") or not is_quiet() or not all_are("finished") then return {alive = true} end
  local news = tonumber(call("HGET", C .. "counts", "written") or 0) > 0
  for _, walk in ipairs(p.of) do
    p.walk, p.name, p.section, p.aliases = walk.walk, walk.name, walk.section, walk.aliases
    for _, link in ipairs(walk.links) do
      local m = met_of(link.key)
      local known = recall(link.key)
      if not (m and m.s == 0) and (not link.emitted or (known and news and may_have_changed(known, 0))) then
        count("taken " .. p.walk, 1)
        if m then count("settled", -1) else count("found", 1) end
        m = m or {l = 0, s = 0}
        m.h, m.s = p.hops, 0
        put(link.key, m)
        wait(link.key, link.url, 0, true)
      end
    end
  end
  call("HSET", C .. "info", "revisited", 1)
  return {alive = true}
end

-- Lease visits to this worker. `turn` counts its requests: one whose answer was lost is answered again, and one that
-- arrives after a later one gets nothing, for nobody waits for its answer any more.
function steps.take()
  local took = call("HMGET", C .. "took:" .. p.worker, "turn", "answer")
  if took[1] == tostring(p.turn) then return cjson.decode(took[2]) end
  if not is_alive() then return {alive = false} end
  local late = took[1] and tonumber(took[1]) > p.turn
  local visits = not late and call("LPOP", C .. "queue", p.most) or {}
  local answer = {alive = true, visits = {}, sites = {}}
  for i, text in ipairs(visits) do
    local visit = cjson.decode(text)
    call("HSET", C .. "leased:" .. p.worker, visit.walk .. " " .. visit.key, text)
    answer.visits[i] = visit
    answer.sites[visit.walk] = call("HGET", C .. "sites", visit.walk) or nil
    if visit.known and not p.again then
      local known = article(p.names[visit.walk] .. "/" .. visit.key)
      if known and known.v then visit.etag, visit.modified = known.v.e, known.v.m end
    end
  end
  if not late then call("HSET", C .. "took:" .. p.worker, "turn", p.turn, "answer", cjson.encode(answer)) end
  return answer
end

-- Only one visit emits an article, under whichever address it was met. `turn` tells a worker's visits apart.
function steps.claim()
  if not is_alive() then return {alive = false} end
  local mine = p.worker .. " " .. p.turn
  local holder = call("HGET", C .. "claims", p.key)
  if not holder then
    call("HSET", C .. "claims", p.key, mine)
    call("HSET", C .. "claims:" .. p.worker, p.key, p.turn)
    if p.text then call("HSET", C .. "texts", p.key, p.text) end
  elseif holder ~= mine then
    return {alive = true, mine = false, text = call("HGET", C .. "texts", p.key) or nil}
  end
  local a = article(p.key)
  return {alive = true, mine = true, hash = a and a.v and a.v.h}
end

-- A visit ended that needs no file.
function steps.done()
  if not is_alive() then return {alive = false} end
  if call("HDEL", C .. "leased:" .. p.worker, p.visit) == 0 then return {alive = true} end
  local key = p.article or p.own
  for name, by in pairs(p.counts) do count(name, by) end
  if p.met then -- it was this visit that claimed the article, and another one's claim is none of its business
    call("HDEL", C .. "claims:" .. p.worker, key)
    local a = article(key)
    if a and a.v then
      a.v.e, a.v.m, a.v.n, a.v.k, a.v.d = p.met.e, p.met.m, p.met.n, p.met.k, p.met.d
      keep(key, a)
    end
  end
  if p.gone then gone(key) end
  if p.none then alias(p.own, "") end
  if p.article and p.article ~= p.own then alias(p.own, p.article) end
  return {alive = true}
end

-- A worker with nothing under way still has visits leased: they came to nothing that it noticed. Those that it took
-- after `turn` are none of these.
function steps.unanswered()
  if not is_alive() then return {alive = false} end
  if call("HGET", C .. "took:" .. p.worker, "turn") ~= tostring(p.turn) then return {alive = true, lost = 0} end
  local lost = call("HKEYS", C .. "leased:" .. p.worker)
  call("DEL", C .. "leased:" .. p.worker)
  count("failed", #lost)
  count("failed/no answer", #lost)
  return {alive = true, lost = #lost}
end

-- A file is about to be written.
function steps.open()
  if not is_alive() then return {alive = false} end
  call("HSET", N .. "files", p.file, C .. p.worker)
  return {alive = true}
end

-- All articles of a whole file count as emitted, or none does.
function steps.publish()
  if call("HGET", N .. "files", p.file) == "committed" then return {alive = true} end
  if not is_alive() then return {alive = false} end
  for _, one in ipairs(p.articles) do
    if call("HEXISTS", C .. "leased:" .. p.worker, one.visit) == 0 then return {alive = false} end
  end
  for _, one in ipairs(p.articles) do
    call("HDEL", C .. "leased:" .. p.worker, one.visit)
    call("HDEL", C .. "claims:" .. p.worker, one.key)
    local a = found(one.key, one.path, one.section, 0)
    local status = not a.v and "new" or a.v.h == one.version.h and "again" or "changed"
    a.v = one.version
    a.v.t = tonumber(call("TIME")[1])
    keep(one.key, a)
    if one.key ~= one.own then alias(one.own, one.key) end
    count("written", 1)
    count(status, 1)
    if status == "changed" and one.page > 0 then count("changed " .. one.page .. " " .. one.walk, 1) end
  end
  call("HSET", N .. "files", p.file, "committed")
  return {alive = true}
end

-- A file has its name, or is gone.
function steps.named()
  for _, file in ipairs(p.files) do call("HDEL", N .. "files", file) end
  return {}
end

-- Of unfinished files: "committed", "dead" if its worker cannot commit it any more, "alive", or "" if it is none of ours.
function steps.files()
  local answer = {}
  for i, file in ipairs(p.files) do
    local state = call("HGET", N .. "files", file)
    if state and state ~= "committed" then
      local of, worker = string.match(state, "^(.*:)(%d+)$")
      state = call("HGET", of .. "workers", worker) == "alive" and "alive" or "dead"
    end
    answer[i] = state or ""
  end
  return answer
end

-- How far the crawl is.
function steps.state()
  if call("HGET", C .. "info", "state") == "closed" then return {alive = true, closed = true} end
  if not is_alive() then return {alive = false} end
  local walks = {}
  local pairs_of = call("HGETALL", C .. "walks")
  for i = 1, #pairs_of, 2 do walks[pairs_of[i]] = pairs_of[i + 1] end
  return {
    alive = true, waiting = call("LLEN", C .. "queue"), quiet = is_quiet(), walks = walks,
    finished = all_are("finished"), leased = call("HLEN", C .. "leased:" .. p.worker), revisited = call("HGET", C .. "info", "revisited") and true or false,
  }
end

function steps.close()
  if call("HGET", C .. "info", "state") == "closed" then
    return {alive = true, closed = call("HGET", C .. "info", "closer") == tostring(p.worker)}
  end
  if not is_alive() then return {alive = false} end
  if not is_quiet() or not all_are("finished") or not call("HGET", C .. "info", "revisited") then
    return {alive = true, closed = false}
  end
  call("HSET", C .. "info", "state", "closed", "closer", p.worker)
  call("LPUSH", N .. "runs", p.record)
  call("HSET", N .. "sections", p.section, p.section_state)
  call("DEL", N .. "crawl")
  for _, name in ipairs({"met", "queue", "claims", "texts", "sites", "reading"}) do call("UNLINK", C .. name) end
  for _, name in ipairs({"info", "counts", "walks", "workers", "beats"}) do call("EXPIRE", C .. name, 86400) end
  return {alive = true, closed = true}
end

return cjson.encode(steps[ARGV[1]]())
