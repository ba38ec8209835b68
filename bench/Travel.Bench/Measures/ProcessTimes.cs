using System.Globalization;

namespace Travel.Bench.Measures;

/// <summary>What Linux knows of one process, see proc_pid_stat(5).</summary>
/// <param name="Used">CPU time, in user and kernel mode, of its own and of those children that have ended and that it has waited for.</param>
internal sealed record ProcessTimes(int Id, int ParentId, TimeSpan Used)
{
    // USER_HZ, in which the kernel counts towards programs, is 100 on every platform that .NET runs on.
    private const int TicksPerSecond = 100;

    /// <summary>From the text of <c>/proc/[id]/stat</c>: the name stands in brackets and may contain anything.</summary>
    public static ProcessTimes Parse(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        // The third field of the manual page is the first here: utime, stime, cutime and cstime are 14 to 17 there.
        var ticks = fields[11..15].Sum(Number);
        return new ProcessTimes((int)Number(stat[..stat.IndexOf(' ', StringComparison.Ordinal)]), (int)Number(fields[1]), TimeSpan.FromSeconds((double)ticks / TicksPerSecond));
    }

    /// <param name="proc">Where the kernel shows its processes.</param>
    public static IReadOnlyCollection<ProcessTimes> OfAll(string proc = "/proc")
    {
        var found = new List<ProcessTimes>();
        foreach (var folder in Directory.EnumerateDirectories(proc).Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                found.Add(Parse(File.ReadAllText(Path.Combine(folder, "stat"))));
            }
            catch (IOException)
            {
                // Has ended between being listed and being read: from now on it is in its parent's times.
            }
        }

        return found;
    }

    /// <summary>
    /// Of a process and all that descend from it, alive or not: whoever ends goes over into the times of the parent that waits for it, so
    /// nothing is counted twice and nothing is lost.
    /// </summary>
    public static TimeSpan OfTree(int root, IReadOnlyCollection<ProcessTimes> all)
    {
        var children = all.ToLookup(process => process.ParentId);
        var used = TimeSpan.Zero;
        var left = new Stack<ProcessTimes>(all.Where(process => process.Id == root));
        while (left.TryPop(out var process))
        {
            used += process.Used;
            foreach (var child in children[process.Id])
            {
                left.Push(child);
            }
        }

        return used;
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
