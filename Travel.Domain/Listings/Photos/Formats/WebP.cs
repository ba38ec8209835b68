using System.Buffers;
using System.Buffers.Binary;

namespace Travel.Domain.Listings.Photos.Formats;

/// <summary>WebP (RFC 9649): RIFF chunks of four letters, length and data; one holds the picture, lossy or lossless.</summary>
internal static class WebP
{
    private const int RiffHeader = 12;
    private const int ChunkHeader = 8;
    private const byte HasExif = 0x08;
    private const byte HasXmp = 0x04;
    private const byte Moves = 0x02;

    public static PhotoFile? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < RiffHeader || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WEBP"u8))
        {
            return null;
        }

        var riff = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        if (riff < 4 || riff > file.Length - 8)
        {
            return null;
        }

        var clean = new ArrayBufferWriter<byte>(file.Length);
        clean.Write(file[..RiffHeader]);
        (int Width, int Height)? canvas = null, picture = null;
        for (var rest = file[RiffHeader..(8 + (int)riff)]; rest.Length > 0; )
        {
            var length = rest.Length < ChunkHeader ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - ChunkHeader)
            {
                return null;
            }

            // Of odd length it is followed by a byte that says nothing; some writers leave the last one out.
            var chunk = rest[..Math.Min(rest.Length, ChunkHeader + (int)length + (int)(length & 1))];
            var content = rest.Slice(ChunkHeader, (int)length);
            rest = rest[chunk.Length..];
            if (chunk.StartsWith("VP8X"u8))
            {
                if (canvas is not null || picture is not null || (canvas = CanvasIn(content)) is null)
                {
                    return null;
                }

                clean.Write(chunk[..ChunkHeader]);
                clean.Write([(byte)(content[0] & ~(HasExif | HasXmp))]);
                clean.Write(content[1..]);
            }
            else if (chunk.StartsWith("VP8 "u8) || chunk.StartsWith("VP8L"u8))
            {
                if (picture is not null || (picture = chunk[3] == ' ' ? LossyIn(content) : LosslessIn(content)) is null)
                {
                    return null;
                }

                clean.Write(chunk);
            }
            else if (chunk.StartsWith("ALPH"u8) || chunk.StartsWith("ICCP"u8))
            {
                clean.Write(chunk);
            }
        }

        if (picture is not { } size || (canvas ?? picture) != picture)
        {
            return null;
        }

        var whole = clean.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(4), (uint)whole.Length - 8);
        return new PhotoFile("image/webp", size.Width, size.Height, whole);
    }

    private static (int Width, int Height)? CanvasIn(ReadOnlySpan<byte> extended) => extended.Length == 10 && (extended[0] & Moves) == 0
        ? (1 + (extended[4] | extended[5] << 8 | extended[6] << 16), 1 + (extended[7] | extended[8] << 8 | extended[9] << 16))
        : null;

    /// <summary>A key frame of VP8 (RFC 6386, section 9.1): its low bit is 0, then three bytes that are always the same.</summary>
    private static (int Width, int Height)? LossyIn(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 10 || (frame[0] & 1) != 0 || !frame[3..].StartsWith<byte>([0x9D, 0x01, 0x2A]))
        {
            return null;
        }

        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3FFF);
        return width > 0 && height > 0 ? (width, height) : null;
    }

    private static (int Width, int Height)? LosslessIn(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 5 || frame[0] != 0x2F)
        {
            return null;
        }

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(frame[1..]);
        return bits >> 29 == 0 ? ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1) : null;
    }
}
