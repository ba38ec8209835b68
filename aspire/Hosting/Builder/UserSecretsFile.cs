using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>The AppHost's user secrets: where generated values are kept, so that the next start finds the password its data was made with.</summary>
internal sealed class UserSecretsFile(string? path)
{
    private static readonly Lock Gate = new();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static UserSecretsFile Of(Assembly? assembly) =>
        new(assembly?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId is { } id ? PathHelper.GetSecretsPathFromSecretsId(id) : null);

    /// <summary>False where the AppHost has no user secrets: the value then lasts for this run.</summary>
    public bool TrySet(string key, string value)
    {
        if (path is null)
            return false;
        lock (Gate)
        {
            var secrets = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))?.AsObject() ?? [] : [];
            secrets[key] = value;
            var directory = Path.GetDirectoryName(path)!;
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            // Written beside and moved over, so that nobody ever reads half a file.
            var temporary = $"{path}.{Environment.ProcessId}";
            File.WriteAllText(temporary, secrets.ToJsonString(Indented));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(temporary, path, overwrite: true);
        }
        return true;
    }
}
