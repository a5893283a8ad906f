/**
 * Compare-and-write over one online entry, atomic in Redis. Numbers are formatted with %.0f: Lua's own conversion
 * would write a millisecond timestamp as 1.7e+12.
 */

/** How long the last contact of a charger that never comes back is kept. */
const SEEN_TTL_MS = 400 * 86_400_000;

/** An older connection writes its last contact late, so the later time is kept. */
const SEEN = `
local function seen(key, at)
  if tonumber(redis.call('GET', key) or '0') < tonumber(at) then
    redis.call('SET', key, at, 'PX', ${SEEN_TTL_MS})
  end
end
`;

/** KEYS online, seen; ARGV pod, connectionId, protocol, now, ttlMs. Returns the new epoch and the previous hash, flat. */
export const CLAIM = `${SEEN}
seen(KEYS[2], ARGV[4])
local previous = redis.call('HGETALL', KEYS[1])
local time = redis.call('TIME')
local epoch = time[1] * 1000 + math.floor(time[2] / 1000)
local before = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '0')
if before >= epoch then epoch = before + 1 end
epoch = string.format('%.0f', epoch)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'pod', ARGV[1], 'connectionId', ARGV[2], 'protocol', ARGV[3],
  'epoch', epoch, 'since', ARGV[4], 'lastSeen', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return { epoch, previous }
`;

/**
 * KEYS: online, seen for each entry; ARGV ttlMs, then for each entry epoch, pod, connectionId, protocol, since, lastSeen.
 * Returns 1 for each entry that is ours, 0 for each that a newer epoch owns. An entry that is missing, or that an older
 * owner put back after a loss of Redis, is written anew.
 */
export const REFRESH = `${SEEN}
local kept = {}
for i = 1, #KEYS / 2 do
  local key = KEYS[i * 2 - 1]
  local at = 2 + (i - 1) * 6
  local epoch = tonumber(ARGV[at])
  local stored = tonumber(redis.call('HGET', key, 'epoch') or '-1')
  if stored > epoch then
    kept[i] = 0
  else
    if stored == epoch then
      redis.call('HSET', key, 'lastSeen', ARGV[at + 5])
    else
      redis.call('HSET', key, 'epoch', ARGV[at], 'pod', ARGV[at + 1], 'connectionId', ARGV[at + 2],
        'protocol', ARGV[at + 3], 'since', ARGV[at + 4], 'lastSeen', ARGV[at + 5])
    end
    redis.call('PEXPIRE', key, ARGV[1])
    seen(KEYS[i * 2], ARGV[at + 5])
    kept[i] = 1
  end
end
return kept
`;

/** KEYS online, seen; ARGV epoch, lastSeen. Returns 1 when the entry was ours and is gone. */
export const RELEASE = `${SEEN}
seen(KEYS[2], ARGV[2])
if redis.call('HGET', KEYS[1], 'epoch') == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
`;

/** KEYS online. Leaves an epoch above that of the owner and nothing else, for as long as the entry would have lasted. */
export const EVICT = `
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then return 0 end
local left = redis.call('PTTL', KEYS[1])
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'epoch', string.format('%.0f', tonumber(epoch) + 1))
if left > 0 then redis.call('PEXPIRE', KEYS[1], left) end
return 1
`;
