using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Web.TravelApi;

namespace Travel.Web.Accounts;

/// <summary>Who else can get into this account, and how to keep them out.</summary>
public sealed partial class AccountSecurityPage
{
    internal const string Address = "/account/security";

    private Page<SessionSummary>? sessions;
    private Trouble? trouble;
    private Problem? problem;

    [Inject] private AccountsClient Accounts { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromQuery] private string? Cursor { get; set; }
    [SupplyParameterFromForm(FormName = "end")] private EndForm? End { get; set; }
    [SupplyParameterFromForm(FormName = "password")] private PasswordForm? Password { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var reply = await Accounts.SessionsAsync(Cursor, Http.RequestAborted);
        sessions = reply.Value;
        await ShowAsync(reply);
    }

    private async Task ChangePasswordAsync()
    {
        if (await ShowAsync(await Accounts.ChangePasswordAsync(new ChangePasswordRequest(Password?.Current ?? "", Password?.New ?? ""), Http.RequestAborted)))
            Navigation.NavigateTo(Address + "?done=password");
    }

    private async Task EndAsync()
    {
        var reply = await Accounts.EndSessionAsync(End?.Id ?? Guid.Empty, Http.RequestAborted);
        // Not there: it has ended by itself, or from there.
        if (await ShowAsync(reply) || reply.Kind == ReplyKind.NotFound)
            Navigation.NavigateTo(Address + "?done=session");
    }

    private async Task EndAllAsync()
    {
        if (await ShowAsync(await Accounts.EndAllSessionsAsync(Http.RequestAborted)))
        {
            await Http.SignOutAsync();
            Navigation.NavigateTo("/sign-in?done=everywhere");
        }
    }

    private async Task<bool> ShowAsync<T>(Reply<T> reply)
        where T : class
    {
        (trouble, problem) = (reply.Trouble, reply.Problem);
        if (reply.Kind == ReplyKind.SignInNeeded)
            await SessionEnded.SignInAgainAsync(Http, Navigation, Address);
        return reply.Kind == ReplyKind.Ok;
    }

    private static string? Words(string? done) => done switch
    {
        "password" => "Your password is changed. You are signed out everywhere but here.",
        "session" => "That session has ended.",
        _ => null,
    };

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    private sealed class EndForm
    {
        public Guid Id { get; set; }
    }

    private sealed class PasswordForm
    {
        public string? Current { get; set; }
        public string? New { get; set; }
    }
}
