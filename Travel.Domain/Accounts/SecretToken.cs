using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Travel.Domain.Accounts;

/// <summary>A secret that opens something for whoever holds it. Only its SHA-256 is stored: with 256 random bits it needs neither salt nor stretching.</summary>
public static class SecretToken
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
