namespace Travel.Bench.Servers;

/// <summary>For the data of servers that live no longer than a bench or a test.</summary>
internal static class ThrowAwayFolder
{
    public static DirectoryInfo Make(string prefix)
    {
        var made = Directory.CreateTempSubdirectory(prefix);
        // Servers that drop root must be able to enter.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(made.FullName, (UnixFileMode)0b111_101_101);
        return made;
    }
}
