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

    public const string NotOfThisList = "Is not a cursor of this list.";

    private const int SignatureBytes = 16;
    private const int IdBytes = 16;
    private readonly byte[] key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.SigningKey), outputLength: 32, info: "cursors"u8.ToArray());

    /// <param name="list">Which list it pages; a cursor of one list is none of another.</param>
    public string After(string list, Guid lastId)
    {
        Span<byte> row = stackalloc byte[IdBytes];
        lastId.TryWriteBytes(row, bigEndian: true, out _);
        return After(list, row);
    }

    /// <param name="list">Which list it pages; a cursor of one list is none of another.</param>
    /// <param name="row">What the next page needs to know of the last row.</param>
    public string After(string list, ReadOnlySpan<byte> row)
    {
        Span<byte> cursor = stackalloc byte[SignatureBytes + row.Length];
        Sign(list, row).CopyTo(cursor);
        row.CopyTo(cursor[SignatureBytes..]);
        return Base64Url.EncodeToString(cursor);
    }

    public bool TryRead(string list, string cursor, out Guid lastId)
    {
        Span<byte> row = stackalloc byte[IdBytes];
        var isOurs = TryRead(list, cursor, row);
        lastId = isOurs ? new Guid(row, bigEndian: true) : default;
        return isOurs;
    }

    /// <param name="row">As long as what <see cref="After(string, ReadOnlySpan{byte})"/> was given; filled when the cursor is one of this list.</param>
    public bool TryRead(string list, string cursor, Span<byte> row)
    {
        Span<byte> bytes = stackalloc byte[SignatureBytes + row.Length];
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

        bytes[SignatureBytes..].CopyTo(row);
        return true;
    }

    /// <summary>How many rows a page has; what is wrong with it goes into <paramref name="errors"/>.</summary>
    public static int LimitOf(int? limit, Dictionary<string, string[]> errors)
    {
        if (limit is < 1 or > MostItems)
        {
            errors["limit"] = [$"Between 1 and {MostItems}."];
        }

        return limit ?? UsualItems;
    }

    /// <summary>How many rows after which one; what is wrong with them goes into <paramref name="errors"/>.</summary>
    /// <returns>After: the last row of the page before, empty on the first page.</returns>
    public (int Limit, Guid After) PageOf(string list, int? limit, string? cursor, Dictionary<string, string[]> errors)
    {
        var after = Guid.Empty;
        if (cursor is not null && !TryRead(list, cursor, out after))
        {
            errors["cursor"] = [NotOfThisList];
        }

        return (LimitOf(limit, errors), after);
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
