using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Travel.Web.Accounts;

internal static class SignOut
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<RedirectHttpResult> HandleAsync(HttpContext context, SessionsClient sessions, TimeProvider time)
    {
        if (context.User.Identity?.IsAuthenticated == true)
        {
            // Signed out here in any case; an Api that is slow or away must not keep the visitor in.
            using var limit = new CancellationTokenSource(Patience, time);
            try
            {
                await sessions.SignOutAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // The refresh token dies unused.
            }

            await context.SignOutAsync();
        }

        return TypedResults.Redirect("/");
    }
}
