using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;

namespace Travel.PaymentSandbox.Checkout;

/// <summary>The hosted pay page.</summary>
internal static class CheckoutRoom
{
    private const string Path = "/checkout/payment/";

    public static void AddCheckout(this IServiceCollection services) => services.AddSingleton<PayTransaction>();

    public static void MapCheckout(this IEndpointRouteBuilder site)
    {
        site.MapGet(Path + "{token}", Show);
        site.MapPost(Path + "{token}", Pay);
    }

    public static string PathOf(Transaction transaction) => Path + transaction.Token;

    private static RazorComponentResult Show(string token, TransactionBook book, FaultBook faults) => book.FindByToken(token) is { } transaction
        ? Page(transaction, faults, new PaymentForm(), [], StatusCodes.Status200OK)
        : new RazorComponentResult<NoSuchPayment> { StatusCode = StatusCodes.Status404NotFound };

    private static Results<RedirectHttpResult, RazorComponentResult> Pay(
        string token, [FromForm] PaymentForm form, TransactionBook book, FaultBook faults, PayTransaction pay)
    {
        if (book.FindByToken(token) is not { } transaction)
        {
            return new RazorComponentResult<NoSuchPayment> { StatusCode = StatusCodes.Status404NotFound };
        }

        if (!transaction.IsPayable(faults.For(transaction.TxRef)))
        {
            return Done(transaction, faults);
        }

        if (form.Problems() is { Count: > 0 } problems)
        {
            return Page(transaction, faults, form, problems, StatusCodes.Status400BadRequest);
        }

        pay.Pay(transaction.TxRef, form.ToPayment(), out var paid);
        return Done(paid!, faults);
    }

    // A second click on the button ends where the first one does.
    private static Results<RedirectHttpResult, RazorComponentResult> Done(Transaction transaction, FaultBook faults) => transaction switch
    {
        { Status: not PaymentStatus.Pending, ReturnUrl: { } merchant } => TypedResults.Redirect(merchant.AbsoluteUri),
        { Status: not PaymentStatus.Pending } => Page(transaction, faults, new PaymentForm(), [], StatusCodes.Status200OK),
        _ => Page(transaction, faults, new PaymentForm(), [], StatusCodes.Status409Conflict),
    };

    private static RazorComponentResult<CheckoutPage> Page(
        Transaction transaction, FaultBook faults, PaymentForm form, Dictionary<string, string[]> problems, int statusCode) => new(new
        {
            Transaction = transaction,
            IsPayable = transaction.IsPayable(faults.For(transaction.TxRef)),
            Form = form,
            Problems = problems,
        })
        {
            StatusCode = statusCode,
        };
}
