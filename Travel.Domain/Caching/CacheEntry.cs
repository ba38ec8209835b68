using System.Text;

namespace Travel.Domain.Caching;

/// <summary>An answer as bytes, with what it depends on.</summary>
internal sealed record CacheEntry(byte[] Payload, TagVersions Versions, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Another one whenever the layout changes, so that versions of Travel beside each other pass over each other's.</summary>
    private const byte Layout = 1;

    /// <summary>What an entry takes in memory beside its bytes and its key: objects, links and a place in tables; measured, rounded up.</summary>
    private const int Overhead = 400;

    public long SizeWith(string key) => Overhead + (2L * key.Length) + Payload.Length + (Versions.Tags.Count * 100L);

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(Payload.Length + 256);
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Layout);
            writer.Write(CreatedAt.UtcTicks);
            writer.Write(ExpiresAt.UtcTicks);
            writer.Write7BitEncodedInt(Versions.Tags.Count - 1);
            foreach (var (tag, version) in Versions.Tags.Zip(Versions.Versions))
            {
                // The first is of all entries.
                if (tag.Name != CacheTags.Everything)
                {
                    writer.Write(tag.Name);
                }

                writer.Write(version);
            }

            writer.Write(Payload);
        }

        return bytes.ToArray();
    }

    /// <returns>Null when it is of another layout, or damaged.</returns>
    public static CacheEntry? Of(byte[] bytes, KnownTags known)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            using var reader = new BinaryReader(stream, Encoding.UTF8);
            if (reader.ReadByte() != Layout)
            {
                return null;
            }

            var (createdAt, expiresAt) = (InstantOf(reader.ReadInt64()), InstantOf(reader.ReadInt64()));
            var names = new string[reader.Read7BitEncodedInt()];
            var versions = new string[names.Length + 1];
            versions[0] = reader.ReadString();
            for (var each = 0; each < names.Length; each++)
            {
                names[each] = reader.ReadString();
                versions[each + 1] = reader.ReadString();
            }

            return new CacheEntry(bytes[(int)stream.Position..], new TagVersions(known.Of(names), versions), createdAt, expiresAt);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static DateTimeOffset InstantOf(long ticks) => new(ticks, TimeSpan.Zero);
}
