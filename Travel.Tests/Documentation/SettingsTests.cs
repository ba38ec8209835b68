using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Travel.Tests.Documentation;

public sealed partial class SettingsTests
{
    [Fact]
    public void Every_setting_of_every_service_is_in_the_readme()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));
        var settings = Directory.EnumerateDirectories(root, "Travel.*")
            .Where(project => Path.GetFileName(project) != "Travel.Tests")
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => SettingsIn(File.ReadAllText(file)))
            .ToList();

        settings.Count.ShouldBeGreaterThan(20);
        var readme = File.ReadAllText(Path.Combine(root, "README.md"));
        settings.Where(setting => !readme.Contains($"`{setting}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> SettingsIn(string source) =>
        from options in OptionsClass().Matches(source)
        from property in Property().Matches(options.Groups["body"].Value)
        select $"{options.Groups["section"].Value}:{property.Groups["name"].Value}";

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex("""class \w+Options\s*\{\s*public const string Section = "(?<section>\w+)";(?<body>.*?)\n\}""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OptionsClass();

    [GeneratedRegex(@"public [\w?]+ (?<name>\w+) \{ get; (set|init); \}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();
}
