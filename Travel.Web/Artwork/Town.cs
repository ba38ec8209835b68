using Travel.Contracts.Listings;

namespace Travel.Web.Artwork;

/// <summary>Streets and roofs: apartments, hotels, hostels.</summary>
internal static class Town
{
    public static void Draw(Brush brush, Palette palette, ListingType type)
    {
        brush.Ridge(palette.Far, 225, 46, 4);
        Row(brush, palette.Mid, ground: 310, low: 60, high: 130, windows: null);
        Row(brush, palette.Near, ground: 336, low: 40, high: 95, windows: palette.Glow);
        House(brush, palette, type);
        brush.Rectangle(palette.Near, 0, 330, Canvas.Width, 30);
        for (var tree = brush.Between(10, 60); tree < Canvas.Width; tree += brush.Between(70, 130))
            Plants.Round(brush, palette, tree, 334, brush.Between(12, 19));
    }

    private static void Row(Brush brush, string fill, double ground, double low, double high, string? windows)
    {
        for (var x = -10.0; x < Canvas.Width;)
        {
            var (width, height) = (brush.Between(34, 62), brush.Between(low, high));
            brush.Rectangle(fill, x, ground - height, width + 1, height + 50);
            if (brush.OneIn(3))
                brush.Rectangle(fill, x + width / 2, ground - height - 18, 3, 18);
            if (windows is not null)
                Windows(brush, windows, x, ground - height, width, height, chance: 3);
            x += width;
        }
    }

    private static void House(Brush brush, Palette palette, ListingType type)
    {
        var (width, floors) = type switch
        {
            ListingType.Hotel => (brush.Between(110, 130), 7),
            ListingType.Apartment => (brush.Between(92, 116), 5),
            _ => (brush.Between(130, 150), 3),
        };
        var height = floors * 27.0 + 22;
        var x = brush.Between(90, 390 - width);
        var top = 336 - height;

        brush.Rectangle(palette.Wall, x, top, width, height);
        brush.Rectangle(palette.Near, x + width * 0.82, top, width * 0.18, height, 0.14);
        if (type == ListingType.Hostel)
            brush.Polygon(palette.Roof, (x - 8, top), (x + width / 2, top - 44), (x + width + 8, top));
        else
            brush.Rectangle(palette.Roof, x - 4, top - 8, width + 8, 10);

        for (var floor = 0; floor < floors; floor++)
        {
            for (var left = x + 10; left < x + width - 14; left += 21)
                brush.Rectangle(brush.OneIn(3) ? palette.Glow : palette.Mid, left, top + 12 + floor * 27, 11, 15);
        }

        brush.Rectangle(palette.Roof, x + width / 2 - 9, 336 - 26, 18, 26);
    }

    private static void Windows(Brush brush, string fill, double x, double top, double width, double height, int chance)
    {
        for (var y = top + 10; y < top + height - 10; y += 15)
        {
            for (var left = x + 7; left < x + width - 9; left += 12)
            {
                if (brush.OneIn(chance))
                    brush.Rectangle(fill, left, y, 5, 7, 0.85);
            }
        }
    }
}
