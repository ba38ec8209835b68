using Travel.Web.TravelApi;

namespace Travel.Web.Mail;

internal static class MailRoom
{
    private const string OneClick = UnsubscribePage.Address + "/one-click";

    public static void AddMail(this IServiceCollection services) => services.AddTransient<MailClient>();

    /// <summary>
    /// The address in the List-Unsubscribe header of letters (RFC 8058). Mail programs post to it, with neither cookies nor a form of ours, and
    /// must not be sent elsewhere; those that do not know how open it instead.
    /// </summary>
    public static void MapMail(this WebApplication app)
    {
        app.MapPost(OneClick, async (string? token, MailClient mail, CancellationToken cancellationToken) =>
        {
            var reply = await mail.UnsubscribeAsync(token ?? "", cancellationToken);
            return reply switch
            {
                { IsOk: true } => Results.Ok(),
                { Trouble: { } trouble } => Results.StatusCode(trouble.Status),
                _ => Results.BadRequest(),
            };
        });
        app.MapGet(OneClick, (string? token) => Results.Redirect(UnsubscribePage.AddressFor(token)));
    }
}
