using Travel.Contracts.Listings;

namespace Travel.Web.Artwork;

/// <summary>Water and palms: resorts, villas.</summary>
internal static class Shore
{
    public static void Draw(Brush brush, Palette palette, ListingType type)
    {
        brush.Ridge(palette.Far, 210, 40, 3);
        brush.Ridge(palette.Mid, 235, 22, 5);
        brush.Rectangle(palette.Water, 0, 240, Canvas.Width, 120);
        for (var line = 0; line < 9; line++)
            brush.Rectangle(palette.Sun, brush.Between(-20, 420), 250 + line * 9, brush.Between(30, 110), 2, 0.45);

        if (type == ListingType.Villa)
            Villa(brush, palette);
        else
            Bungalows(brush, palette);

        Plants.Palm(brush, palette, brush.Between(30, 80), 345, brush.Between(120, 150));
        Plants.Palm(brush, palette, brush.Between(400, 450), 345, brush.Between(95, 130));
    }

    private static void Villa(Brush brush, Palette palette)
    {
        var x = brush.Between(120, 190);
        brush.Ellipse(palette.Near, 240, 372, 340, 62);
        brush.Rectangle(palette.Wall, x, 236, 190, 82);
        brush.Rectangle(palette.Roof, x - 16, 228, 222, 10);
        brush.Rectangle(palette.Wall, x + 24, 184, 104, 46);
        brush.Rectangle(palette.Roof, x + 12, 177, 128, 9);
        brush.Rectangle(palette.Glow, x + 36, 195, 80, 24);
        brush.Rectangle(palette.Glow, x + 14, 254, 96, 46);
        brush.Rectangle(palette.Wall, x + 60, 254, 4, 46);
        brush.Rectangle(palette.Mid, x + 136, 258, 36, 60);
        brush.Rectangle(palette.Water, x - 60, 322, 200, 12);
    }

    private static void Bungalows(Brush brush, Palette palette)
    {
        for (var house = 0; house < 3; house++)
        {
            var x = 96 + house * 104 + brush.Between(-12, 12);
            var y = 286 + brush.Between(-6, 8);
            brush.Rectangle(palette.Near, x + 6, y, 4, 44);
            brush.Rectangle(palette.Near, x + 62, y, 4, 44);
            brush.Rectangle(palette.Wall, x, y - 34, 72, 36);
            brush.Rectangle(palette.Glow, x + 12, y - 26, 18, 16);
            brush.Rectangle(palette.Mid, x + 42, y - 28, 16, 30);
            brush.Rectangle(palette.Near, x - 10, y, 92, 5);
            brush.Polygon(palette.Roof, (x - 14, y - 32), (x + 22, y - 72), (x + 50, y - 72), (x + 86, y - 32));
        }

        brush.Ellipse(palette.Near, 240, 380, 360, 48);
    }
}
