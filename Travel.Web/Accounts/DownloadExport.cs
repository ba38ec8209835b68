using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Travel.Contracts;
using Travel.Web.TravelApi;

namespace Travel.Web.Accounts;

/// <summary>Everything Travel holds on the visitor, as a file to keep.</summary>
internal static class DownloadExport
{
    private static readonly JsonSerializerOptions ForReading = new(TravelJson.Options) { WriteIndented = true };

    public static async Task<IResult> HandleAsync(HttpContext context, AccountsClient accounts, CancellationToken cancellationToken)
    {
        var reply = await accounts.ExportAsync(cancellationToken);
        if (reply.IsOk)
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.File(JsonSerializer.SerializeToUtf8Bytes(reply.Value, ForReading), "application/json", "travel-account.json");
        }

        if (reply.Kind == ReplyKind.SignInNeeded)
        {
            await context.SignOutAsync();
            return Results.Redirect(SignInPage.AddressFor(AccountDataPage.Address, ended: true));
        }

        return Results.Redirect(AccountDataPage.Address + "?unavailable=true");
    }
}
