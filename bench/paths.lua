-- Asks for the paths of a file, one a line: "wrk -s paths.lua URL -- FILE MODE COOKIE".
-- MODE "cycle" goes round from a random place, "once" from the first line on. "zipf" asks for line k with a probability
-- of about 1/k, and makes one request in a hundred a view that is counted (a POST, which no cache answers).
local paths = {}
local ready = {}
local place = 0
local mode

local headers = {
  ["Accept-Encoding"] = "gzip, deflate, br",
  -- Programs that say nothing of themselves are counted as no readers.
  ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
}

function init(args)
  math.randomseed(os.time())
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  mode = args[2]
  if args[3] ~= "" then headers["Cookie"] = args[3] end
  if mode == "cycle" then place = math.random(0, #paths - 1) end
end

local function get(number)
  if not ready[number] then ready[number] = wrk.format("GET", paths[number], headers) end
  return ready[number]
end

local function count_view()
  local id
  repeat
    id = paths[math.random(1, #paths)]:match("^/api/v1/articles/(%d+)/$")
  until id
  return wrk.format("POST", "/api/v1/pages/" .. id .. "/views/", headers)
end

function request()
  if mode == "zipf" then
    if math.random() < 0.01 then return count_view() end
    return get(math.floor((#paths + 1) ^ math.random()))
  end
  place = place % #paths + 1
  return get(place)
end
