using Microsoft.AspNetCore.Components;
using Travel.Web.Accounts;

namespace Travel.Web.TravelApi;

/// <summary>What stands in the way of what a form asked for: one of the two.</summary>
public sealed record Refusal(Problem? Problem, Trouble? Trouble);

internal static class FormAnswer
{
    /// <summary>Whether this form of the page was sent. Blazor tells the forms of a page apart by this field.</summary>
    public static bool HasSent(this HttpContext http, string form) => HttpMethods.IsPost(http.Request.Method) && http.Request.Form["_handler"] == form;

    /// <summary>Goes to where the change is seen, or to sign in first.</summary>
    /// <returns>What to tell the visitor when the form did not do what it was for.</returns>
    public static async Task<Refusal?> ConcludeAsync<T>(this Reply<T> reply, HttpContext http, NavigationManager navigation, string address)
        where T : class
    {
        switch (reply.Kind)
        {
            case ReplyKind.Ok:
                navigation.NavigateTo(address);
                return null;
            case ReplyKind.SignInNeeded:
                await SessionEnded.SignInAgainAsync(http, navigation, address);
                return null;
            case ReplyKind.NotFound:
                return new Refusal(new Problem(Type: null, Title: null, StatusCodes.Status404NotFound, "This is no longer there.", Errors: null), Trouble: null);
            default:
                return new Refusal(reply.Problem, reply.Trouble);
        }
    }
}
