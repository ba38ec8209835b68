using Microsoft.AspNetCore.Components;
using Travel.Web.Accounts;
using Travel.Web.TravelApi;

namespace Travel.Web.Operations;

internal static class OperatorPages
{
    /// <summary>What is not there, or is for operators and asked for by somebody else, is a page that is not there.</summary>
    /// <returns>What to say in place of what was to be shown; null where there is something.</returns>
    public static async Task<Refusal?> ArriveAsync<T>(this Reply<T> reply, HttpContext http, NavigationManager navigation, string address)
        where T : class
    {
        switch (reply)
        {
            case { IsOk: true }:
                return null;
            case { Kind: ReplyKind.SignInNeeded }:
                await SessionEnded.SignInAgainAsync(http, navigation, address);
                return null;
            case { Kind: ReplyKind.NotFound } or { Problem.Status: StatusCodes.Status403Forbidden }:
                navigation.NotFound();
                return null;
            default:
                return new Refusal(reply.Problem, reply.Trouble);
        }
    }
}
