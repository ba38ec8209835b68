using Microsoft.AspNetCore.Http.HttpResults;

namespace Travel.PaymentSandbox.Gateway;

/// <summary>The two lists that never change.</summary>
internal static class Banks
{
    public static IReadOnlyList<string> Currencies { get; } = ["ETB", "USD"];

    private static readonly object[] All =
    [
        new { Id = 656, Slug = "awash_bank", Name = "Awash Bank", AcctLength = 14, IsMobilemoney = (int?)null, Currency = "ETB" },
        new { Id = 128, Slug = "cbebirr", Name = "CBEBirr", AcctLength = 10, IsMobilemoney = (int?)1, Currency = "ETB" },
        new { Id = 946, Slug = "cbe_bank", Name = "Commercial Bank of Ethiopia (CBE)", AcctLength = 13, IsMobilemoney = (int?)null, Currency = "ETB" },
        new { Id = 855, Slug = "telebirr", Name = "telebirr", AcctLength = 10, IsMobilemoney = (int?)1, Currency = "ETB" },
        new { Id = 266, Slug = "mpesa", Name = "M-Pesa", AcctLength = 10, IsMobilemoney = (int?)1, Currency = "ETB" },
    ];

    public static void MapBanks(this IEndpointRouteBuilder gateway)
    {
        gateway.MapGet("/banks", JsonHttpResult<Envelope> () => Envelope.Success("Banks retrieved", All));
        // The one answer whose lists are not below data.
        gateway.MapGet("/currency_supported", () => TypedResults.Json(
            new { Message = "Supported countries retrieved successfully", Status = "success", CurrencyCode = Currencies, CurrencyName = (string[])["Ethiopian Birr", "US Dollar"] },
            Envelope.Json));
    }
}
