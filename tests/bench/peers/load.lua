-- Posts one message again and again, each time under a fresh messageUUID: a router may answer a message that it
-- has had already without delivering it.
--
-- wrk ... -s load.lua URL -- MESSAGE_FILE PLACEHOLDER SEED
-- The file holds the placeholder where the messageUUID goes. Prints one line of JSON.

local threads = 0

function setup(thread)
   threads = threads + 1
   thread:set("number", threads)
end

local head, tail

function init(arguments)
   local file, placeholder, seed = arguments[1], arguments[2], tonumber(arguments[3])
   local opened = assert(io.open(file, "rb"))
   local message = opened:read("*a")
   opened:close()
   local headers = { ["Host"] = wrk.headers["Host"], ["Content-Type"] = "application/xml" }
   local request = wrk.format("POST", nil, headers, message)
   local first, last = request:find(placeholder, 1, true)
   head, tail = request:sub(1, first - 1), request:sub(last + 1)
   math.randomseed(seed + 7919 * number)
end

-- A random UUID, version 4.
local function uuid()
   local random = math.random
   return string.format("%08x-%04x-4%03x-%04x-%06x%06x", random(0, 0xffffffff), random(0, 0xffff), random(0, 0xfff),
      random(0x8000, 0xbfff), random(0, 0xffffff), random(0, 0xffffff))
end

function request()
   return head .. uuid() .. tail
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '{"messages": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "p999_ms": %.3f, "refused": %d, "broken": %d}\n',
      summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      latency:percentile(99.9) / 1e3, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
