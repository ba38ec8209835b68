using Travel.Web.TravelApi;

namespace Travel.Web.Listings;

/// <summary>Hosts' photos at an address of this site. The Api keeps them, and browsers do not know the Api.</summary>
internal static class SitePhotos
{
    /// <summary>The Api's <c>/api/v1/photos/…</c> is <c>/photos/…</c> here.</summary>
    public static string AddressOf(string url) => url["/api/v1".Length..];

    public static async Task ShowAsync(Guid id, ApiCall api, HttpContext context)
    {
        using var request = ApiCall.Get($"photos/{id}");
        request.Headers.TryAddWithoutValidation("If-None-Match", context.Request.Headers.IfNoneMatch.ToString() is { Length: > 0 } known ? known : null);
        using var answer = await api.OpenAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int?)answer?.StatusCode ?? StatusCodes.Status503ServiceUnavailable;
        if (answer is not { StatusCode: System.Net.HttpStatusCode.OK or System.Net.HttpStatusCode.NotModified })
            return;

        var headers = context.Response.Headers;
        headers.CacheControl = answer.Headers.CacheControl?.ToString();
        headers.ETag = answer.Headers.ETag?.ToString();
        if (answer.StatusCode != System.Net.HttpStatusCode.OK)
            return;

        headers.ContentType = answer.Content.Headers.ContentType?.ToString();
        headers.ContentLength = answer.Content.Headers.ContentLength;
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
