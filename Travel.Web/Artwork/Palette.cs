namespace Travel.Web.Artwork;

/// <summary>The light a picture is drawn in: an hour and a season.</summary>
internal sealed record Palette(
    string SkyTop, string SkyLow, string Sun, string Far, string Mid, string Near, string Wall, string Roof, string Glow, string Water)
{
    public static IReadOnlyList<Palette> All { get; } =
    [
        // Highland morning
        new("#f6bd5c", "#fdeac2", "#fff8e4", "#9db59b", "#4f8068", "#1f4b3f", "#fff3dc", "#b8381f", "#ffc22e", "#8fc3bd"),
        // Blue hour
        new("#24315f", "#e39a78", "#ffe7b0", "#565586", "#333a69", "#191f45", "#cfd0ea", "#d9633f", "#ffd36b", "#7f7fb0"),
        // Lake at noon
        new("#74bfd6", "#e6f4ee", "#fffdf0", "#8dbab0", "#448a7c", "#1d5a50", "#ffffff", "#d65a35", "#ffe08a", "#4fa3b8"),
        // Desert dusk
        new("#dd5f45", "#fcc98d", "#ffe9c2", "#bd6659", "#8a3f4a", "#4a2338", "#ffe3c4", "#3b1d33", "#ffd06b", "#e58f6d"),
        // After the rains
        new("#94b8b4", "#eef0dd", "#ffffff", "#93ad96", "#5c8a66", "#2a5239", "#faf3e2", "#8a4a2b", "#ffce5a", "#a9c9c4"),
        // Jacaranda
        new("#8577c2", "#f5cbd3", "#fff1e6", "#9276b1", "#614a8b", "#352758", "#fdf0f5", "#c9506f", "#ffda77", "#a998d0"),
    ];
}
