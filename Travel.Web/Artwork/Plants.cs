namespace Travel.Web.Artwork;

internal static class Plants
{
    public static void Round(Brush brush, Palette palette, double x, double ground, double radius)
    {
        brush.Rectangle(palette.Near, x - 1.5, ground - radius, 3, radius);
        brush.Ellipse(palette.Near, x, ground - radius * 1.5, radius, radius);
        brush.Ellipse(palette.Mid, x - radius * 0.25, ground - radius * 1.7, radius * 0.6, radius * 0.6, 0.7);
    }

    public static void Acacia(Brush brush, Palette palette, double x, double ground, double height)
    {
        brush.Polygon(palette.Near, (x - 4, ground), (x - 1, ground - height), (x + 2, ground - height), (x + 4, ground));
        brush.Polygon(palette.Near, (x, ground - height * 0.45), (x + 30, ground - height * 0.92), (x + 33, ground - height * 0.92), (x + 2, ground - height * 0.36));
        brush.Ellipse(palette.Near, x - 8, ground - height, 52, 11);
        brush.Ellipse(palette.Near, x + 26, ground - height * 0.9, 34, 8);
        brush.Ellipse(palette.Mid, x - 14, ground - height - 4, 36, 5, 0.7);
    }

    public static void Palm(Brush brush, Palette palette, double x, double ground, double height)
    {
        var lean = brush.Between(-14, 14);
        var (top, left) = (ground - height, x + lean);
        brush.Polygon(palette.Near, (x - 5, ground), (left - 2, top), (left + 2, top), (x + 5, ground));
        foreach (var (dx, dy) in new (double, double)[] { (-46, 14), (-38, -18), (-12, -36), (18, -34), (42, -14), (46, 18) })
        {
            brush.Polygon(palette.Near,
                (left, top), (left + dx * 0.5, top + dy * 0.5 - 12), (left + dx, top + dy), (left + dx * 0.5, top + dy * 0.5 - 2));
        }
    }
}
