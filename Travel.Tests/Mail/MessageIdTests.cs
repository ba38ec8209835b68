using Microsoft.EntityFrameworkCore;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Mail;

[Collection(TravelGraph.Collection)]
public sealed class MessageIdTests(TravelGraph graph)
{
    [Fact]
    public async Task A_mail_is_named_after_the_event_so_that_a_second_attempt_is_known_as_such()
    {
        using var guest = await graph.GuestAsync();

        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());

        var received = (await graph.Mailbox.WaitForMailAboutAsync(booking.Reference)).ShouldHaveSingleItem();
        await using var db = await graph.DatabaseAsync();
        var mail = await db.Mails.AsNoTracking().SingleAsync(row => row.BookingId == booking.Id && row.Kind == "booking-confirmed");
        var told = await db.Outbox.AsNoTracking().SingleAsync(message => message.Id == mail.EventId);
        told.Body.ShouldContain(booking.Id.ToString());
        received.MessageId.Trim('<', '>').ShouldBe($"{told.Id:N}.{mail.Kind}@travel.test");
        received.Subject.ShouldContain(booking.Reference);
        received.Subject.ShouldContain(booking.Listing.Title);
    }
}
