using System.Net;
using Microsoft.AspNetCore.Authentication;
using Travel.Web.Accounts;

namespace Travel.Web.Payments;

/// <summary>The Api's file of earnings. The browser has a cookie and no token, so it comes through here.</summary>
internal static class DownloadEarnings
{
    public static async Task<IResult> HandleAsync(HttpContext context, EarningsClient earnings, string? from, string? to, CancellationToken cancellationToken)
    {
        using var answer = await earnings.OpenFileAsync(from, to, cancellationToken);
        if (answer is { StatusCode: HttpStatusCode.OK, Content.Headers: { ContentType: { } type, ContentDisposition: { } disposition } })
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentDisposition = disposition.ToString();
            return Results.Bytes(await answer.Content.ReadAsByteArrayAsync(cancellationToken), type.ToString());
        }

        // The page says what is wrong, and asks to sign in again where it is that.
        if (answer is { StatusCode: HttpStatusCode.Unauthorized })
        {
            await context.SignOutAsync();
            return Results.Redirect(SignInPage.AddressFor(EarningsPage.Address, ended: true));
        }

        return Results.Redirect(EarningsClient.Address(EarningsPage.Address, from, to));
    }
}
