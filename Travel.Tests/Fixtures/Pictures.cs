using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Travel.Tests.Fixtures;

/// <summary>Pictures made in memory, real ones that a browser shows, and parts to spoil them with.</summary>
internal static class Pictures
{
    /// <summary>A 1 × 1 JPEG, grey: baseline, one component, the tables of annex K that it needs.</summary>
    public static byte[] Jpeg(params byte[][] segments) =>
    [
        0xFF, 0xD8,
        .. segments.SelectMany(segment => segment),
        .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
        .. Segment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
        .. Segment(0xC4, [0x00, 1, .. new byte[15], 0]),
        .. Segment(0xC4, [0x10, 1, .. new byte[15], 0]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        0x3F,
        0xFF, 0xD9,
    ];

    public static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    /// <summary>What a telephone writes: how it was held, and where its owner lives.</summary>
    public static byte[] Exif(byte orientation, string secret) => Segment(
        0xE1,
        [
            .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0,
            2, 0,
            0x0F, 0x01, 2, 0, 4, 0, 0, 0, (byte)'a', (byte)'b', 0, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0,
            0, 0, 0, 0,
            .. Encoding.ASCII.GetBytes(secret),
        ]);

    /// <summary>Noise, which no compression makes small.</summary>
    public static byte[] Png(int width, int height, params byte[][] chunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        var rows = new byte[height * (1 + (3 * width))];
        new Random(width + height).NextBytes(rows);
        for (var row = 0; row < height; row++)
        {
            rows[row * (1 + (3 * width))] = 0;
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return [.. Signature, .. Chunk("IHDR", header), .. chunks.SelectMany(chunk => chunk), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    /// <summary>A lossless WebP's beginning; its pixels are for a decoder to miss.</summary>
    public static byte[] WebP(int width, int height, params byte[][] chunks)
    {
        var frame = new byte[8];
        frame[0] = 0x2F;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(1), (uint)(width - 1) | (uint)(height - 1) << 14);
        byte[] body = [.. "WEBP"u8, .. chunks.SelectMany(chunk => chunk), .. Riff("VP8L", frame)];
        return [.. Riff("RIFF", body)];
    }

    /// <summary>The header of an extended WebP.</summary>
    public static byte[] Extended(byte flags, int width, int height) =>
        Riff("VP8X", [flags, 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0]);

    public static byte[] Riff(string type, byte[] content)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(type), 0, 0, 0, 0, .. content, .. new byte[content.Length & 1]];
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), content.Length);
        return chunk;
    }

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var next in bytes)
        {
            crc ^= next;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
