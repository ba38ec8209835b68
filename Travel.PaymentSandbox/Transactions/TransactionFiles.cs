using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Travel.PaymentSandbox.Transactions;

/// <summary>One file of JSON per transaction below <see cref="SandboxOptions.Folder"/>; without one, nothing is kept.</summary>
internal sealed class TransactionFiles(IOptions<SandboxOptions> options)
{
    private readonly string? folder = options.Value.Folder is { Length: > 0 } root ? Path.Combine(root, "transactions") : null;

    /// <exception cref="InvalidDataException">A file is not a transaction; its name is said.</exception>
    public IReadOnlyList<Transaction> ReadAll() => folder is not null && Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json").Select(Read)]
        : [];

    // The token names the file: it has letters and digits only, where a reference has whatever its merchant likes.
    public void Write(Transaction transaction)
    {
        if (folder is not null)
        {
            WholeFile.Write(Path.Combine(folder, transaction.Token + ".json"), transaction);
        }
    }

    private static Transaction Read(string file) => WholeFile.Read<Transaction>(file);
}

/// <summary>A file that is there as it was or as it shall be, and never half written, wherever the process dies.</summary>
internal static class WholeFile
{
    public static void Write<T>(string file, T content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var unfinished = file + ".unfinished";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(content, SandboxJson.Options));
        File.Move(unfinished, file, overwrite: true);
    }

    public static T Read<T>(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), SandboxJson.Options) ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} cannot be read; delete it to go on without it.", broken);
        }
    }
}
