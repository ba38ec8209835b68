using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Tests.Mail;

public sealed class BookingConfirmedMailTests : IDisposable
{
    private const string Markup = "<script>alert('x')</script> & \"Sons\"";
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    private IStringLocalizer<MailTexts> Texts => services.GetRequiredService<IStringLocalizer<MailTexts>>();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Markup_in_a_title_is_text_in_the_mail()
    {
        var html = await HtmlAsync(Markup);

        html.ShouldNotContain("<script>");
        html.ShouldContain("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;Sons&quot;");
    }

    [Fact]
    public void The_text_part_says_the_title_as_it_is() => TextOf(SampleStay.With(Markup)).ShouldContain(Markup);

    [Fact]
    public async Task Both_parts_say_reference_dates_local_times_zone_price_and_where_to_look()
    {
        var stay = SampleStay.With();
        foreach (var part in new[] { (await HtmlAsync(stay.Title)).Split("<body")[1], TextOf(stay) })
        {
            foreach (var fact in new[] { stay.Reference, stay.GuestName, stay.Title, "24 December 2026", "14:00", "26 December 2026", "11:00", "Africa/Addis_Ababa", stay.Total, stay.TripAddress!.ToString() })
            {
                part.ShouldContain(fact);
            }
        }
    }

    [Fact]
    public void The_subject_says_title_and_reference() =>
        LetterOf(SampleStay.With()).Subject.ShouldBe("Your stay is booked: Lake house (4HNRXY7Q)");

    [Fact]
    public void No_text_is_missing()
    {
        var asked = new AskedTexts(Texts);
        BookingLetters.LetterOf(SampleStay.With(), "Sara", new Saying("BookingConfirmed"), BookingLetters.ToGuest, asked);

        asked.Seen.Count.ShouldBeGreaterThan(10);
        asked.Seen.Where(text => text.ResourceNotFound).ShouldBeEmpty();
    }

    [Fact]
    public void A_host_is_not_told_of_a_trip_of_theirs()
    {
        var asked = new AskedTexts(Texts);

        var letter = BookingLetters.LetterOf(SampleStay.With(), "Abebe", new Saying("WithdrawnForHost"), BookingLetters.ToHost, asked);

        letter.Link.ShouldNotBeNull().Label.ShouldBe("See the booking");
        letter.Lead.ShouldBe(["The request of Sara is withdrawn, so there is nothing left for you to answer."]);
        asked.Seen.Where(text => text.ResourceNotFound).ShouldBeEmpty();
    }

    private Letter LetterOf(BookedStay stay) => BookingLetters.LetterOf(stay, stay.GuestName, new Saying("BookingConfirmed"), BookingLetters.ToGuest, Texts);

    private string TextOf(BookedStay stay) => LetterText.Of(LetterOf(stay));

    private Task<string> HtmlAsync(string title) =>
        new MailRenderer(services, services.GetRequiredService<ILoggerFactory>()).HtmlOfAsync(LetterOf(SampleStay.With(title)));
}
