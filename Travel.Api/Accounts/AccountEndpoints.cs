using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Api.Limits;
using Travel.Api.Visitors;
using Travel.Contracts.Accounts;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>What one can do without being signed in. No answer here tells whether an address has an account.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapPost("", RegisterAsync).WithName("RegisterAccount").WithSummary("Register; the rest is in the mail that follows");
        accounts.MapPost("/verification", VerifyAsync).WithName("VerifyAddress").WithSummary("Verify an address with the token from the mail");
        accounts.MapPost("/verification-mail", SendVerificationAsync).WithName("SendVerificationMail").WithSummary("Have the mail that verifies an address sent again");
        accounts.MapPost("/password-reset", SendResetAsync).WithName("SendPasswordReset").WithSummary("Have a mail sent with which to choose a new password");
        accounts.MapPut("/password-reset", ResetAsync).WithName("ResetPassword").WithSummary("Choose a new password with the token from the mail; ends all sessions");
        api.MapAccountOperations();
    }

    private static async Task<Results<Accepted, ValidationProblem, ProblemHttpResult>> RegisterAsync(
        RegisterRequest request, RegisterAccount register, AccountLimit limit, HttpContext context, CancellationToken cancellationToken)
    {
        if (await limit.TakeRegistrationAsync(context.VisitorKey(), request.Email) is { } retryAfter)
        {
            return context.TooManyRequests("Too many registrations. Try again later.", retryAfter);
        }

        var errors = await register.ExecuteAsync(request, cancellationToken);
        return errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, ValidationProblem>> VerifyAsync(
        VerifyAddressRequest request, VerifyAddress verify, CancellationToken cancellationToken)
    {
        var errors = await verify.ExecuteAsync(request, cancellationToken);
        return errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.NoContent();
    }

    private static async Task<Results<Accepted, ValidationProblem, ProblemHttpResult>> SendVerificationAsync(
        AccountMailRequest request, VerifyAddress verify, AccountLimit limit, HttpContext context, CancellationToken cancellationToken) =>
        await SendAsync(
            request, await limit.TakeRegistrationAsync(context.VisitorKey(), request.Email), () => verify.SendMailAsync(request.Email, cancellationToken), context);

    private static async Task<Results<Accepted, ValidationProblem, ProblemHttpResult>> SendResetAsync(
        AccountMailRequest request, ResetPassword reset, AccountLimit limit, HttpContext context, CancellationToken cancellationToken) =>
        await SendAsync(
            request, await limit.TakeResetAsync(context.VisitorKey(), request.Email), () => reset.SendMailAsync(request.Email, cancellationToken), context);

    private static async Task<Results<Accepted, ValidationProblem, ProblemHttpResult>> SendAsync(
        AccountMailRequest request, TimeSpan? retryAfter, Func<Task> send, HttpContext context)
    {
        if (retryAfter is { } wait)
        {
            return context.TooManyRequests("Too many mails asked for. Try again later.", wait);
        }

        if (!EmailAddresses.IsValid(request.Email.Trim()))
        {
            return Problems.Invalid("email", "This is not an e-mail address.");
        }

        await send();
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> ResetAsync(
        ResetPasswordRequest request, ResetPassword reset, AccountLimit limit, HttpContext context, CancellationToken cancellationToken)
    {
        if (await limit.TakeNewPasswordAsync(context.VisitorKey()) is { } retryAfter)
        {
            return context.TooManyRequests("Too many tries to set a new password. Try again later.", retryAfter);
        }

        var errors = await reset.ExecuteAsync(request, cancellationToken);
        return errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.NoContent();
    }
}
