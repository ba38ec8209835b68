using System.Buffers.Binary;

namespace Travel.Domain.Listings.Photos.Formats;

/// <summary>
/// The one thing in Exif (CIPA DC-008) that is needed to show a photo: how the camera was held. It is taken over, in an Exif segment of
/// ours that has nothing else.
/// </summary>
internal static class ExifOrientation
{
    public const int Upright = 1;
    private const int Tag = 0x0112;
    private const int Short = 3;
    private const int EntryLength = 12;

    public static bool LiesOnItsSide(int orientation) => orientation >= 5;

    /// <returns>1 to 8; <see cref="Upright"/> when it is not there or cannot be read.</returns>
    public static int In(ReadOnlySpan<byte> segment)
    {
        if (!segment.StartsWith("Exif\0\0"u8) || segment.Length < 14)
        {
            return Upright;
        }

        var tiff = segment[6..];
        var bigEndian = tiff[0] == 'M';
        var first = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (first + 2L > tiff.Length)
        {
            return Upright;
        }

        var entries = tiff[((int)first + 2)..];
        for (var count = Word(tiff[(int)first..], bigEndian); count > 0 && entries.Length >= EntryLength; count--, entries = entries[EntryLength..])
        {
            if (Word(entries, bigEndian) == Tag && Word(entries[2..], bigEndian) == Short)
            {
                return Word(entries[8..], bigEndian) is var orientation and >= 1 and <= 8 ? orientation : Upright;
            }
        }

        return Upright;
    }

    public static byte[] Segment(int orientation) =>
    [
        0xFF, 0xE1, 0, 34,
        .. "Exif\0\0"u8,
        .. "MM\0*"u8, 0, 0, 0, 8,
        0, 1, // one entry
        Tag >> 8, Tag & 0xFF, 0, Short, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
        0, 0, 0, 0, // and no more
    ];

    private static int Word(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
