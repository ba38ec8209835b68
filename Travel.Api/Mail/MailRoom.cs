using Travel.Api.Accounts;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Domain.Accounts;

namespace Travel.Api.Mail;

/// <summary>What operators see of mails and do about them, and how readers stop those they do not want.</summary>
internal static class MailRoom
{
    public static void MapMail(this IEndpointRouteBuilder api)
    {
        // The secret of a letter is all it takes. Mail programs press the button for many people at once, and do not come back when told to wait.
        api.MapPost("/mail/unsubscription", UnsubscribeEndpoint.UnsubscribeAsync).WithName("Unsubscribe").WithTags("Mail")
            .WithSummary("Stop subscription mail, with the secret of a letter's link").DisableRateLimiting();

        var operations = api.MapGroup("/operations").WithTags("Mail").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        operations.MapGet("/mails", MailEndpoints.FindAsync).WithName("FindMails").WithSummary("Mails and what became of them, newest first")
            .AcceptsQuery("status", "booking", "recipient", "kind", "limit", "cursor");
        operations.MapPost("/mails/{id:guid}/resend", MailEndpoints.ResendAsync).WithName("ResendMail").WithSummary("Write and send a mail once more")
            .ChecksKey().Refuses(ProblemTypes.NotFound, ProblemTypes.MailNotResendable).Sends("Location");

        var suppressions = operations.MapGroup("/mail/suppressions");
        suppressions.MapGet("", SuppressionEndpoints.FindAsync).WithName("FindSuppressions").WithSummary("Addresses that get no mail, newest first")
            .AcceptsQuery("recipient", "limit", "cursor");
        suppressions.MapPut("", SuppressionEndpoints.SuppressAsync).WithName("SuppressAddress").WithSummary("See to it that an address gets no mail");
        suppressions.MapDelete("/{id:guid}", SuppressionEndpoints.LiftAsync).WithName("LiftSuppression")
            .WithSummary("Take away one reason for which an address gets no mail").Refuses(ProblemTypes.NotFound);
    }
}
