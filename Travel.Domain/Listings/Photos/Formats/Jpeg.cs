using System.Buffers;
using System.Buffers.Binary;

namespace Travel.Domain.Listings.Photos.Formats;

/// <summary>JPEG (ITU-T T.81, annex B): segments that begin with a marker, and after each start of a scan its data up to the next marker.</summary>
internal static class Jpeg
{
    /// <summary>
    /// A browser goes over all pixels once for each scan, and a few bytes are one. Cameras write one, programs about ten, and a patient
    /// search for the smallest file some dozens.
    /// </summary>
    private const int MostScans = 100;

    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte Comment = 0xFE;
    private const byte Exif = 0xE1;

    public static PhotoFile? Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith<byte>([0xFF, 0xD8]))
        {
            return null;
        }

        var clean = new ArrayBufferWriter<byte>(file.Length);
        clean.Write(file[..2]);
        (int Width, int Height)? size = null;
        var (orientation, scans) = (ExifOrientation.Upright, 0);
        for (var rest = file[2..]; ; )
        {
            if (rest.Length < 2 || rest[0] != 0xFF)
            {
                return null;
            }

            var marker = rest[1];
            if (marker == 0xFF)
            {
                rest = rest[1..]; // Any number of them may stand before a marker.
                continue;
            }

            if (marker == EndOfImage)
            {
                clean.Write(rest[..2]);
                return size is { } found && scans > 0 ? Picture(found, orientation, clean) : null;
            }

            var length = rest.Length < 4 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || rest.Length < 2 + length)
            {
                return null;
            }

            var segment = rest[..(2 + length)];
            var content = segment[4..];
            rest = rest[segment.Length..];
            if (marker == Exif && orientation == ExifOrientation.Upright && ExifOrientation.In(content) is var turned and > ExifOrientation.Upright)
            {
                orientation = turned;
                clean.Write(ExifOrientation.Segment(orientation));
            }
            else if (marker is 0xC0 or 0xC1 or 0xC2)
            {
                if (size is not null || (size = SizeIn(content)) is null)
                {
                    return null;
                }

                clean.Write(segment);
            }
            else if (marker == StartOfScan)
            {
                if (size is null || ++scans > MostScans || LengthOfScan(rest) is not { } scan)
                {
                    return null;
                }

                clean.Write(segment);
                clean.Write(rest[..scan]);
                rest = rest[scan..];
            }
            else if (IsNeeded(marker, content))
            {
                clean.Write(segment);
            }
            else if (marker is not (>= 0xE0 and <= 0xEF) and not Comment)
            {
                return null; // Nothing that browsers show has it.
            }
        }
    }

    /// <summary>Tables, and what says how the colours are meant. JFIF's own segment only without the small picture it may carry.</summary>
    private static bool IsNeeded(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        0xC4 or 0xDB or 0xDD => true,
        0xE0 => content.Length == 14 && content.StartsWith("JFIF\0"u8) && content[12] == 0 && content[13] == 0,
        0xE2 => content.StartsWith("ICC_PROFILE\0"u8),
        0xEE => content.Length == 12 && content.StartsWith("Adobe"u8),
        _ => false,
    };

    private static (int Width, int Height)? SizeIn(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 6 || frame[0] != 8 || frame[5] is not (1 or 3 or 4) || frame.Length != 6 + (3 * frame[5]))
        {
            return null;
        }

        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        return width > 0 && height > 0 ? (width, height) : null;
    }

    /// <summary>Up to the next marker: in a scan 0xFF is followed by 0, or is a restart marker. Null when the file ends before one.</summary>
    private static int? LengthOfScan(ReadOnlySpan<byte> rest)
    {
        for (var at = 0; ; at += 2)
        {
            var next = rest[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= rest.Length)
            {
                return null;
            }

            at += next;
            if (rest[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }
        }
    }

    private static PhotoFile Picture((int Width, int Height) size, int orientation, ArrayBufferWriter<byte> clean) => ExifOrientation.LiesOnItsSide(orientation)
        ? new PhotoFile("image/jpeg", size.Height, size.Width, clean.WrittenSpan.ToArray())
        : new PhotoFile("image/jpeg", size.Width, size.Height, clean.WrittenSpan.ToArray());
}
