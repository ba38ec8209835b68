using System.Net;
using Microsoft.AspNetCore.Authentication;
using Travel.Web.Accounts;

namespace Travel.Web.Errands;

/// <summary>The Api's file of an errand, handed on while it comes: it may be larger than anybody wants to keep in memory.</summary>
internal static class DownloadErrandFile
{
    public static async Task<IResult> HandleAsync(HttpContext context, ErrandsClient errands, Guid id, CancellationToken cancellationToken)
    {
        var answer = await errands.OpenFileAsync(id, cancellationToken);
        if (answer is not null)
        {
            context.Response.RegisterForDispose(answer);
        }

        if (answer is { StatusCode: HttpStatusCode.OK, Content.Headers: { ContentType: { } type, ContentDisposition: { } disposition } headers })
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentDisposition = disposition.ToString();
            context.Response.ContentLength = headers.ContentLength;
            return Results.Stream(await answer.Content.ReadAsStreamAsync(cancellationToken), type.ToString());
        }

        if (answer is { StatusCode: HttpStatusCode.Unauthorized })
        {
            await context.SignOutAsync();
            return Results.Redirect(SignInPage.AddressFor(ErrandsPage.Address, ended: true));
        }

        // The page says what is wrong, or that there is none for this visitor.
        var isUnavailable = answer is null or { StatusCode: >= HttpStatusCode.InternalServerError };
        return Results.Redirect(isUnavailable ? ErrandsPage.Address + "?unavailable=true" : ErrandsPage.Address);
    }
}
