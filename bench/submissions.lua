-- Unlike submissions, one after the other: another phone number and another key each time.
local counter = 0
local thread_number = 0

function setup(thread)
  thread:set("thread_number", thread_number)
  thread_number = thread_number + 1
end

function init(args)
  math.randomseed(os.time() + thread_number)
  start = math.random(0, 89999999)
  kind = args[1]
  project = args[2]
end

local headers = {
  json = { ["Content-Type"] = "application/json" },
  form = {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Cookie"] = "csrftoken=0123456789abcdef0123456789abcdef",
  },
}

function request()
  counter = counter + 1
  local mobile = string.format("138%08d", (start + counter) % 100000000)
  if kind == "form" then
    local body = "csrfmiddlewaretoken=0123456789abcdef0123456789abcdef&name=Zhang&mobile=" .. mobile
      .. "&landline=02885550100&project=" .. project .. "&company=Example"
    return wrk.format("POST", nil, headers.form, body)
  end
  local body = '{"answers": {"name": "张三", "mobile": "' .. mobile
    .. '", "landline": "028-85550100", "project": "' .. project .. '", "company": "蓉城精密机械有限公司"}}'
  headers.json["Idempotency-Key"] = mobile .. "-" .. start .. "-" .. counter
  return wrk.format("POST", nil, headers.json, body)
end
