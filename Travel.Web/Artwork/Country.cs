using Travel.Contracts.Listings;

namespace Travel.Web.Artwork;

/// <summary>Hills and gardens: houses, guesthouses, lodges.</summary>
internal static class Country
{
    public static void Draw(Brush brush, Palette palette, ListingType type)
    {
        brush.Ridge(palette.Far, 190, 70, 4);
        brush.Ridge(palette.Mid, 238, 40, 3);
        brush.Ridge(palette.Near, 300, 18, 2);

        var x = brush.Between(130, 240);
        switch (type)
        {
            case ListingType.Lodge:
                Lodge(brush, palette, x);
                break;
            case ListingType.Guesthouse:
                Hut(brush, palette, x - 50, 316, 0.8);
                Hut(brush, palette, x + 40, 322, 1.15);
                break;
            default:
                House(brush, palette, x);
                break;
        }

        if (type == ListingType.Lodge)
        {
            Plants.Acacia(brush, palette, brush.Between(40, 90), 322, 96);
            Plants.Acacia(brush, palette, brush.Between(390, 440), 330, 116);
        }
        else
        {
            for (var tree = 0; tree < 5; tree++)
                Plants.Round(brush, palette, tree < 2 ? brush.Between(10, 90) : brush.Between(370, 470), 330, brush.Between(14, 26));
        }

        brush.Ellipse(palette.Near, 240, 376, 420, 54);
    }

    private static void House(Brush brush, Palette palette, double x)
    {
        brush.Rectangle(palette.Wall, x, 246, 130, 84);
        brush.Rectangle(palette.Near, x + 106, 246, 24, 84, 0.14);
        brush.Polygon(palette.Roof, (x - 14, 250), (x + 24, 196), (x + 106, 196), (x + 144, 250));
        brush.Rectangle(palette.Roof, x + 92, 178, 14, 30);
        brush.Rectangle(palette.Glow, x + 16, 268, 24, 24);
        brush.Rectangle(palette.Glow, x + 88, 268, 24, 24);
        brush.Rectangle(palette.Mid, x + 54, 272, 22, 58);
    }

    // A tukul: round wall, conical thatch, and the pole that carries it.
    private static void Hut(Brush brush, Palette palette, double x, double ground, double scale)
    {
        brush.Rectangle(palette.Wall, x, ground - 54 * scale, 92 * scale, 58 * scale);
        brush.Rectangle(palette.Near, x + 74 * scale, ground - 54 * scale, 18 * scale, 58 * scale, 0.14);
        brush.Rectangle(palette.Mid, x + 36 * scale, ground - 36 * scale, 20 * scale, 42 * scale);
        brush.Rectangle(palette.Glow, x + 12 * scale, ground - 36 * scale, 13 * scale, 15 * scale);
        brush.Polygon(palette.Roof,
            (x - 22 * scale, ground - 48 * scale), (x + 42 * scale, ground - 122 * scale),
            (x + 50 * scale, ground - 122 * scale), (x + 114 * scale, ground - 48 * scale));
        brush.Rectangle(palette.Near, x + 44 * scale, ground - 132 * scale, 4 * scale, 14 * scale);
    }

    private static void Lodge(Brush brush, Palette palette, double x)
    {
        brush.Polygon(palette.Wall, (x, 328), (x + 80, 190), (x + 160, 328));
        brush.Polygon(palette.Glow, (x + 46, 328), (x + 80, 262), (x + 114, 328));
        brush.Polygon(palette.Wall, (x + 78, 328), (x + 78, 262), (x + 82, 262), (x + 82, 328));
        brush.Rectangle(palette.Glow, x + 70, 232, 20, 16);
        brush.Polygon(palette.Roof, (x - 20, 330), (x + 74, 168), (x + 86, 168), (x + 180, 330), (x + 158, 330), (x + 80, 196), (x + 2, 330));
        brush.Rectangle(palette.Near, x - 30, 326, 220, 8);
    }
}
