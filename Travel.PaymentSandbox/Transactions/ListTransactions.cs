using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.PaymentSandbox.Gateway;

namespace Travel.PaymentSandbox.Transactions;

/// <summary>Everything the merchant has asked for, newest first, in pages.</summary>
internal static class ListTransactions
{
    private const int PerPage = 10;
    private const int MostPerPage = 100;

    public static JsonHttpResult<Envelope> Answer(TransactionBook book, HttpRequest request, int page = 1, [FromQuery(Name = "per_page")] int perPage = PerPage)
    {
        page = Math.Clamp(page, 1, 1_000_000);
        perPage = Math.Clamp(perPage, 1, MostPerPage);
        var all = book.All;
        return Envelope.Success("Transactions retrieved", new
        {
            Transactions = all.Reverse().Skip((page - 1) * perPage).Take(perPage).Select(Row),
            Pagination = new
            {
                PerPage = perPage,
                CurrentPage = page,
                FirstPageUrl = Url(1),
                NextPageUrl = page * perPage < all.Count ? Url(page + 1) : null,
                PrevPageUrl = page > 1 ? Url(page - 1) : null,
            },
        });

        string Url(int number) => $"{request.Scheme}://{request.Host}{request.Path}?page={number}&per_page={perPage}";
    }

    private static object Row(Transaction transaction) => new
    {
        Status = VerifyTransaction.Word(transaction.Status),
        RefId = transaction.Reference,
        transaction.TxRef,
        Type = "API",
        CreatedAt = Notation.Of(transaction.CreatedAt),
        transaction.Currency,
        Amount = Notation.Of(transaction.Amount),
        Charge = transaction.Charge is { } charge ? Notation.Of(charge) : null,
        PaymentMethod = transaction.Payment?.Method,
        Customer = new { transaction.Email, transaction.FirstName, transaction.LastName, Mobile = transaction.Payment?.Mobile ?? transaction.PhoneNumber },
    };
}
