using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Contracts;

namespace Travel.Api.Paging;

/// <summary>
/// Opaque page cursors: the key of the last row, signed, so that only cursors we made come back to us.
/// </summary>
internal sealed class Cursors(IOptions<AccessTokenOptions> options)
{
    /// <summary>Of a page, at most.</summary>
    public const int MostItems = 100;

    /// <summary>Of a page whose caller does not say.</summary>
    public const int UsualItems = 20;

    private const int SignatureBytes = 16;
    private readonly byte[] key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.SigningKey), outputLength: 32, info: "cursors"u8.ToArray());

    /// <param name="list">Which list it pages; a cursor of one list is none of another.</param>
    public string After(string list, Guid lastId)
    {
        Span<byte> cursor = stackalloc byte[SignatureBytes + 16];
        lastId.TryWriteBytes(cursor[SignatureBytes..], bigEndian: true, out _);
        Sign(list, cursor[SignatureBytes..]).CopyTo(cursor);
        return Base64Url.EncodeToString(cursor);
    }

    public bool TryRead(string list, string cursor, out Guid lastId)
    {
        lastId = default;
        Span<byte> bytes = stackalloc byte[SignatureBytes + 16];
        // Decoding throws at what is not base64url, and passes over spaces and padding: ours have neither.
        if (cursor.Length != Base64Url.GetEncodedLength(bytes.Length) || !Base64Url.IsValid(cursor, out var length) || length != bytes.Length)
        {
            return false;
        }

        Base64Url.DecodeFromChars(cursor, bytes);
        if (!CryptographicOperations.FixedTimeEquals(bytes[..SignatureBytes], Sign(list, bytes[SignatureBytes..])))
        {
            return false;
        }

        lastId = new Guid(bytes[SignatureBytes..], bigEndian: true);
        return true;
    }

    /// <summary>How many rows after which one; what is wrong with them goes into <paramref name="errors"/>.</summary>
    /// <returns>After: the last row of the page before, empty on the first page.</returns>
    public (int Limit, Guid After) PageOf(string list, int? limit, string? cursor, Dictionary<string, string[]> errors)
    {
        if (limit is < 1 or > MostItems)
        {
            errors["limit"] = [$"Between 1 and {MostItems}."];
        }

        var after = Guid.Empty;
        if (cursor is not null && !TryRead(list, cursor, out after))
        {
            errors["cursor"] = ["Is not a cursor of this list."];
        }

        return (limit ?? UsualItems, after);
    }

    /// <summary>The page of rows of which one more was read than it shows: that one only says that another page follows.</summary>
    public Page<TItem> Cut<TRow, TItem>(string list, IReadOnlyList<TRow> rows, int limit, Func<TRow, Guid> idOf, Func<TRow, TItem> shown) =>
        new([.. rows.Take(limit).Select(shown)], rows.Count > limit ? After(list, idOf(rows[limit - 1])) : null);

    /// <inheritdoc cref="Cut{TRow, TItem}(string, IReadOnlyList{TRow}, int, Func{TRow, Guid}, Func{TRow, TItem})"/>
    public Page<TItem> Cut<TItem>(string list, IReadOnlyList<TItem> rows, int limit, Func<TItem, Guid> idOf) => Cut(list, rows, limit, idOf, row => row);

    private ReadOnlySpan<byte> Sign(string list, ReadOnlySpan<byte> row) =>
        HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(list), 0, .. row]).AsSpan(0, SignatureBytes);
}

internal static class CursorRegistration
{
    public static void AddCursors(this IServiceCollection services) => services.AddSingleton<Cursors>();
}
