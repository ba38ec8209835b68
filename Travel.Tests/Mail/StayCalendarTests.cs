using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Travel.Tests.Fixtures;
using Travel.Domain.Bookings;

namespace Travel.Tests.Mail;

public sealed class StayCalendarTests
{
    private const string Organizer = "stays@travel.test";

    private static readonly Arbitrary<string> AnyTitle = Gen
        .Elements("a", "Z", " ", ",", ";", "\\", "\n", "\r\n", ":", "\"", "é", "ሀ", "湖", "😀", "\\n")
        .ListOf().Select(parts => string.Concat(parts)).Resize(300).ToArbitrary();

    [Fact]
    public void No_line_is_longer_than_75_octets_and_no_character_is_cut() =>
        Prop.ForAll(AnyTitle, title =>
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            foreach (var line in Of(title).Split("\r\n"))
            {
                strict.GetByteCount(line).ShouldBeLessThanOrEqualTo(75);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_line_ends_with_CRLF_and_holds_no_other_line_end() =>
        Prop.ForAll(AnyTitle, title =>
        {
            var calendar = Of(title);

            calendar.ShouldEndWith("END:VCALENDAR\r\n");
            calendar.Replace("\r\n", "", StringComparison.Ordinal).IndexOfAny(['\r', '\n']).ShouldBe(-1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_reader_gets_back_the_title_that_was_written() =>
        Prop.ForAll(AnyTitle, title => ValueOf("SUMMARY", Of(title)).ShouldBe(Escaped(title.ReplaceLineEndings("\n")))).QuickCheckThrowOnFailure();

    [Fact]
    public void What_would_end_a_value_is_escaped() =>
        ValueOf("SUMMARY", Of("Sea; sand, sun\\moon\nand more")).ShouldBe(@"Sea\; sand\, sun\\moon\nand more");

    [Fact]
    public void A_title_cannot_add_a_line_of_its_own() =>
        Unfolded(Of("Villa\r\nATTENDEE:mailto:all@example.org")).ShouldNotContain(line => line.StartsWith("ATTENDEE", StringComparison.Ordinal));

    [Fact]
    public void Times_are_in_UTC()
    {
        var calendar = Of("Lake house");

        ValueOf("DTSTART", calendar).ShouldBe("20261224T110000Z");
        ValueOf("DTEND", calendar).ShouldBe("20261226T080000Z");
        ValueOf("DTSTAMP", calendar).ShouldBe("20261120T093000Z");
    }

    [Fact]
    public void Each_version_of_a_booking_has_its_UID_and_a_higher_sequence()
    {
        var stay = SampleStay.With();
        var first = StayCalendar.Of(stay, Organizer).Text;
        var second = StayCalendar.Of(stay with { CheckIn = stay.CheckIn.AddDays(1), Version = 2 }, Organizer).Text;

        ValueOf("UID", second).ShouldBe(ValueOf("UID", first));
        ValueOf("UID", first).ShouldNotBe(ValueOf("UID", Of("Another booking")));
        ValueOf("SEQUENCE", first).ShouldBe("0");
        ValueOf("SEQUENCE", second).ShouldBe("1");
    }

    [Fact]
    public void It_is_one_event_in_one_calendar_with_all_that_RFC_5545_asks_for()
    {
        var lines = Unfolded(Of("Lake house"));

        lines[0].ShouldBe("BEGIN:VCALENDAR");
        lines[^1].ShouldBe("END:VCALENDAR");
        foreach (var once in new[] { "VERSION:2.0", "PRODID:", "METHOD:", "BEGIN:VEVENT", "UID:", "DTSTAMP:", "DTSTART:", "END:VEVENT" })
        {
            lines.Count(line => line.StartsWith(once, StringComparison.Ordinal)).ShouldBe(1, once);
        }
    }

    [Fact]
    public void A_stay_that_is_off_takes_its_entry_out_of_the_calendar()
    {
        var calendar = StayCalendar.Of(SampleStay.With(version: 2, isOff: true), Organizer);

        calendar.Method.ShouldBe("CANCEL");
        ValueOf("METHOD", calendar.Text).ShouldBe("CANCEL");
        ValueOf("STATUS", calendar.Text).ShouldBe("CANCELLED");
        ValueOf("SEQUENCE", calendar.Text).ShouldBe("1");
        ValueOf("STATUS", Of("Lake house")).ShouldBe("CONFIRMED");
    }

    [Fact]
    public void A_stay_that_may_still_come_to_nothing_is_tentative()
    {
        var calendar = StayCalendar.Of(SampleStay.With(isTentative: true), Organizer);

        calendar.Method.ShouldBe("PUBLISH");
        ValueOf("STATUS", calendar.Text).ShouldBe("TENTATIVE");
    }

    private static string Of(string title) => StayCalendar.Of(SampleStay.With(title), Organizer).Text;

    private static string ValueOf(string name, string calendar) =>
        Unfolded(calendar).Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];

    private static string[] Unfolded(string calendar) => calendar.Replace("\r\n ", "", StringComparison.Ordinal).TrimEnd().Split("\r\n");

    /// <summary>RFC 5545, 3.3.11, character by character.</summary>
    private static string Escaped(string text) => string.Concat(text.Select(character => character switch
    {
        '\n' => "\\n",
        ',' or ';' or '\\' => "\\" + character,
        _ => character.ToString(),
    }));
}
