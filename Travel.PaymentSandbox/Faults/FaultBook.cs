using Microsoft.Extensions.Options;
using Travel.PaymentSandbox.Transactions;

namespace Travel.PaymentSandbox.Faults;

/// <summary>The faults that are played: for single payments, also ones that do not exist yet, and for all others. Kept like the transactions.</summary>
internal sealed class FaultBook
{
    private readonly Lock gate = new();
    private readonly string? file;
    private Kept kept = new(FaultSet.None, new Dictionary<string, FaultSet>(StringComparer.Ordinal));

    public FaultBook(IOptions<SandboxOptions> options)
    {
        file = options.Value.Folder is { Length: > 0 } folder ? Path.Combine(folder, "faults.json") : null;
        if (File.Exists(file))
        {
            kept = WholeFile.Read<Kept>(file);
        }
    }

    /// <summary>A payment's own set stands in place of everybody's, not on top of it.</summary>
    public FaultSet For(string? txRef)
    {
        lock (gate)
        {
            return txRef is not null && kept.Single.TryGetValue(txRef, out var own) ? own : kept.All;
        }
    }

    /// <summary>For one payment, or with no reference for all that have none of their own.</summary>
    public void Set(string? txRef, FaultSet faults)
    {
        lock (gate)
        {
            Keep(txRef is null ? kept with { All = faults } : kept with { Single = new(kept.Single, StringComparer.Ordinal) { [txRef] = faults } });
        }
    }

    /// <summary>Of one payment, or with no reference all there are.</summary>
    public void Clear(string? txRef)
    {
        lock (gate)
        {
            Dictionary<string, FaultSet> others = new(StringComparer.Ordinal);
            if (txRef is null)
            {
                Keep(new Kept(FaultSet.None, others));
                return;
            }

            others = new(kept.Single, StringComparer.Ordinal);
            others.Remove(txRef);
            Keep(kept with { Single = others });
        }
    }

    private void Keep(Kept changed)
    {
        if (file is not null)
        {
            WholeFile.Write(file, changed);
        }

        kept = changed;
    }

    private sealed record Kept(FaultSet All, Dictionary<string, FaultSet> Single);
}
