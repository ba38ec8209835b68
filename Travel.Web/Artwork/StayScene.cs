using System.Buffers.Binary;
using Travel.Contracts.Listings;

namespace Travel.Web.Artwork;

/// <summary>A picture for a listing that has none: its type says what is in it, its id in which light and how arranged.</summary>
internal sealed record StayScene(Palette Palette, IReadOnlyList<Shape> Shapes)
{
    public static StayScene For(ListingType type, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        // The end of a version 7 id is chance; its beginning is the time, the same for all that were made together.
        var chance = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) * 2654435761u;
        var palette = Palette.All[(int)((chance >> 8) % (uint)Palette.All.Count)];
        var brush = new Brush(chance);

        Sky(brush, palette);
        switch (type)
        {
            case ListingType.Apartment or ListingType.Hotel or ListingType.Hostel:
                Town.Draw(brush, palette, type);
                break;
            case ListingType.Resort or ListingType.Villa:
                Shore.Draw(brush, palette, type);
                break;
            default:
                Country.Draw(brush, palette, type);
                break;
        }

        return new StayScene(palette, brush.Shapes);
    }

    private static void Sky(Brush brush, Palette palette)
    {
        var x = brush.Between(90, 390);
        var y = brush.Between(105, 150);
        var radius = brush.Between(26, 40);
        brush.Ellipse(palette.Sun, x, y, radius * 2.1, radius * 2.1, 0.18);
        brush.Ellipse(palette.Sun, x, y, radius * 1.5, radius * 1.5, 0.25);
        brush.Ellipse(palette.Sun, x, y, radius, radius);
        for (var cloud = 0; cloud < 2; cloud++)
        {
            var (left, top) = (brush.Between(10, 380), brush.Between(70, 170));
            brush.Ellipse(palette.Sun, left + 40, top, 56, 5, 0.4);
            brush.Ellipse(palette.Sun, left + 70, top + 9, 40, 4, 0.3);
        }
    }
}
