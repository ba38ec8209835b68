using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace Travel.Domain.Listings.Photos.Formats;

/// <summary>PNG (W3C, third edition): a signature and chunks of length, type, data and checksum.</summary>
internal static class Png
{
    private const int Framing = 12;

    /// <summary>The picture and its colours. Not its texts, times, Exif, and further pictures of an animation.</summary>
    private static readonly FrozenSet<string> Needed = FrozenSet.Create(
        StringComparer.Ordinal, "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs");

    public static PhotoFile? Read(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];
        if (!file.StartsWith(signature))
        {
            return null;
        }

        var clean = new ArrayBufferWriter<byte>(file.Length);
        clean.Write(signature);
        (int Width, int Height)? size = null;
        var hasPixels = false;
        for (var rest = file[signature.Length..]; rest.Length >= Framing; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - Framing)
            {
                return null;
            }

            var chunk = rest[..(Framing + (int)length)];
            var content = chunk.Slice(8, (int)length);
            var type = Encoding.Latin1.GetString(chunk[4..8]);
            rest = rest[chunk.Length..];
            // The header comes first, and once.
            if (size is null != (type == "IHDR") || (type == "IHDR" && (size = SizeIn(content)) is null))
            {
                return null;
            }

            hasPixels |= type == "IDAT";
            if (Needed.Contains(type))
            {
                clean.Write(chunk);
            }
            else if (char.IsAsciiLetterUpper(type[0]))
            {
                return null; // Who does not know this chunk cannot show the picture.
            }

            if (type == "IEND")
            {
                return hasPixels ? new PhotoFile("image/png", size!.Value.Width, size.Value.Height, clean.WrittenSpan.ToArray()) : null;
            }
        }

        return null;
    }

    private static (int Width, int Height)? SizeIn(ReadOnlySpan<byte> header)
    {
        if (header.Length != 13 || header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            return null;
        }

        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        return width > 0 && height > 0 ? (width, height) : null;
    }
}
