using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aspire.Hosting.Dcp;

/// <summary>Where DCP listens, whom it trusts and by whom it can be recognised, from the three lines of its kubeconfig that say so.</summary>
internal sealed record DcpConnection(Uri Server, string Token, X509Certificate2 Authority)
{
    /// <summary>Null while the file is still being written.</summary>
    public static DcpConnection? TryRead(string kubeconfig)
    {
        var lines = File.ReadAllLines(kubeconfig);
        if (Value(lines, "server") is not { } server || Value(lines, "token") is not { } token || Value(lines, "certificate-authority-data") is not { } authority)
            return null;
        return new(new(server), token, X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(authority))));
    }

    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
            chain.ChainPolicy.CustomTrustStore.Add(Authority);
            return certificate is X509Certificate2 presented && chain.Build(presented);
        };
        // Watches and followed logs last as long as the application.
        return new(handler) { BaseAddress = Server, Timeout = Timeout.InfiniteTimeSpan, DefaultRequestHeaders = { Authorization = new("Bearer", Token) } };
    }

    private static string? Value(string[] lines, string key)
    {
        var line = lines.Select(l => l.TrimStart(' ', '-')).FirstOrDefault(l => l.StartsWith($"{key}: ", StringComparison.Ordinal));
        return line?[(key.Length + 2)..].Trim() is { Length: > 0 } value ? value : null;
    }
}
