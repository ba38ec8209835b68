using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;
using Travel.PaymentSandbox.Webhooks;

namespace Travel.PaymentSandbox.Panel;

/// <summary>The page for people: the faults as a form, and every transaction with buttons.</summary>
internal static class PanelRoom
{
    public static void MapPanel(this IEndpointRouteBuilder site)
    {
        site.MapGet("/", (string? payment, TransactionBook book, FaultBook faults) => Page(payment, faults.For(payment), [], book));

        var panel = site.MapGroup("/panel").WithMetadata(new RequireAntiforgeryTokenAttribute());
        panel.MapPost("/faults/{txRef?}", SetFaults);
        panel.MapPost("/clear/{txRef?}", (string? txRef, FaultBook faults) =>
        {
            faults.Clear(txRef);
            return Back(txRef);
        });
        panel.MapPost("/transactions/{txRef}/pay", (string txRef, PayTransaction pay) => Pay(txRef, pay, TestAccounts.Phones[0].Succeeding.First()));
        panel.MapPost("/transactions/{txRef}/fail", (string txRef, PayTransaction pay) => Pay(txRef, pay, "0911111111"));
        panel.MapPost("/transactions/{txRef}/webhook", (string txRef, TransactionBook book, SendDelivery send, CancellationToken cancellationToken) =>
            SendAsync(txRef, DeliveryKind.Webhook, book, send, cancellationToken));
        panel.MapPost("/transactions/{txRef}/callback", (string txRef, TransactionBook book, SendDelivery send, CancellationToken cancellationToken) =>
            SendAsync(txRef, DeliveryKind.Callback, book, send, cancellationToken));
    }

    private static Results<RedirectHttpResult, RazorComponentResult> SetFaults(string? txRef, [FromForm] FaultSet played, TransactionBook book, FaultBook faults)
    {
        if (played.Problems() is { Count: > 0 } problems)
        {
            return Page(txRef, played, problems, book);
        }

        faults.Set(txRef, played);
        return Back(txRef);
    }

    // Already paid, expired or gone: the page that follows shows it as it is.
    private static RedirectHttpResult Pay(string txRef, PayTransaction pay, string number)
    {
        pay.Pay(txRef, new PaymentForm { Method = TestAccounts.Phones[0].Method, Number = number }.ToPayment(), out _);
        return Back(payment: null);
    }

    private static async Task<RedirectHttpResult> SendAsync(
        string txRef, DeliveryKind kind, TransactionBook book, SendDelivery send, CancellationToken cancellationToken)
    {
        await SandboxTransactions.SendLastAsync(txRef, kind, book, send, cancellationToken);
        return Back(payment: null);
    }

    private static RedirectHttpResult Back(string? payment) => TypedResults.Redirect(payment is null ? "/" : "/?payment=" + Uri.EscapeDataString(payment));

    private static RazorComponentResult<PanelPage> Page(string? payment, FaultSet played, Dictionary<string, string[]> problems, TransactionBook book) => new(new
    {
        Payment = payment,
        Played = played,
        Problems = problems,
        Transactions = book.All.Reverse().Take(PanelPage.Most).ToList(),
    })
    {
        StatusCode = problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
    };
}
