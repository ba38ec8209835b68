using Travel.Contracts.Bookings;
using Travel.Web.TravelApi;

namespace Travel.Web.Bookings;

internal sealed class BookingsClient(ApiCall api)
{
    /// <param name="idempotencyKey">One per form shown: however often the form is sent, it is one booking.</param>
    public Task<Reply<BookingResponse>> BookAsync(BookStayRequest stay, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = ApiCall.Post("bookings", stay);
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return api.SendAsync<BookingResponse>(request, cancellationToken);
    }

    public Task<Reply<BookingResponse>> GetAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<BookingResponse>(ApiCall.Get($"bookings/{id}"), cancellationToken);
}
