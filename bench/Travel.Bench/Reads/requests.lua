-- For wrk: asks for the paths of a file, one after the other, and tells what came of it in words that Wrk.cs reads.
local requests, at = {}, 0

function init(args)
    for path in io.lines(args[1]) do
        requests[#requests + 1] = wrk.format("GET", path)
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format("requests %d\nmicroseconds %d\n", summary.requests, summary.duration))
    io.write(string.format("refused %d\nbroken %d\n", errors.status, errors.connect + errors.read + errors.write + errors.timeout))
    for _, percent in ipairs({50, 95, 99}) do
        io.write(string.format("p%d %d\n", percent, latency:percentile(percent)))
    end
end
