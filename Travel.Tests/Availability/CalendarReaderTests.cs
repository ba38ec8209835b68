using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Travel.Contracts.Availability;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;

namespace Travel.Tests.Availability;

public sealed class CalendarReaderTests
{
    private static readonly TimeZoneInfo AddisAbaba = TimeZoneInfo.FindSystemTimeZoneById("Africa/Addis_Ababa");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly Guid Listing = Guid.Parse("019af1c0-0000-7000-8000-0000000000a1");
    private static readonly NightRange Bounds = new(new DateOnly(2026, 11, 1), new DateOnly(2028, 11, 1));

    private static readonly string[] Words =
    [
        "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID",
        ";VALUE=DATE", ";TZID=Europe/Berlin", ";TZID=../../etc/passwd", ":", ";", "=", "\"", "20261224", "20261224T140000Z", "20261326", "99991231", "00010101T000000",
        "P3D", "PT99999H", "FREQ=DAILY", "FREQ=WEEKLY", "INTERVAL=9999", "COUNT=1", "UNTIL=20270101", "\r\n", "\n", " ", "\t", "UID:a@b", "\0", "é", "\uFEFF",
    ];

    /// <summary>What makes events that take nights, within the bounds and beyond; of words alone hardly any come about.</summary>
    private static readonly string[] Lines =
    [
        "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20200101", "DTSTART;VALUE=DATE:20261224", "DTSTART;TZID=Europe/Berlin:20261030T233000", "DTSTART:20281031T140000Z",
        "DTEND;VALUE=DATE:20261227", "DTEND;VALUE=DATE:99991231", "DURATION:P3D", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY;COUNT=9", "EXDATE;VALUE=DATE:20261225",
    ];

    [Fact]
    public void Whatever_another_site_sends_reading_it_ends_and_does_not_fail()
    {
        var soup = Gen.OneOf(
            Gen.Elements(Words), Gen.Elements(Lines).Select(line => "\r\n" + line + "\r\n"), ArbMap.Default.GeneratorFor<byte[]>().Select(Encoding.UTF8.GetString));
        var texts = soup.ListOf().Resize(200).Select(parts => "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + string.Concat(parts) + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").ToArbitrary();
        var found = 0;

        Prop.ForAll(texts, text =>
        {
            if (CalendarReader.Read(text, Listing, Berlin, Bounds) is CalendarReading.Read read)
            {
                found += read.Events.Count;
                read.Events.ShouldAllBe(one => one.Nights.From < one.Nights.To && one.Nights.From >= Bounds.From && one.Nights.To <= Bounds.To);
            }
        }).QuickCheckThrowOnFailure();

        found.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_event_that_repeats_for_centuries_keeps_nobody_busy()
    {
        var reading = Task.Run(() => Read(
            [.. Enumerable.Range(0, 900).SelectMany(index => Event($"UID:{index}", "DTSTART;VALUE=DATE:19000101", "DTEND;VALUE=DATE:21990101", "RRULE:FREQ=DAILY"))]));

        // No measure of speed, only an end to the wait for a reader that goes through every repetition.
        (await reading.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeOfType<CalendarReading.TooMany>();
    }

    [Fact]
    public void What_one_place_exports_another_reads_as_the_same_nights()
    {
        NightRange[] nights = [new(new(2026, 12, 24), new(2026, 12, 27)), new(new(2026, 12, 27), new(2026, 12, 28))];

        NightsOf(CalendarReader.Read(Exported(nights), Guid.CreateVersion7(), AddisAbaba, Bounds)).ShouldBe(nights);
    }

    [Fact]
    public void What_a_place_exports_takes_nothing_when_it_comes_back() =>
        NightsOf(CalendarReader.Read(Exported([new(new(2026, 12, 24), new(2026, 12, 27))]), Listing, AddisAbaba, Bounds)).ShouldBeEmpty();

    [Theory]
    [InlineData("2026-12-24", "2026-12-27", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227")]
    [InlineData("2026-12-24", "2026-12-27", "DTSTART:20261224", "DTEND:20261227")]
    [InlineData("2026-12-24", "2026-12-27", "dtstart;value=date:20261224", "dtend;value=date:20261227")]
    [InlineData("2026-12-24", "2026-12-27", "DTSTART:20261224T110000Z", "DTEND:20261227T080000Z")]
    [InlineData("2026-12-24", "2026-12-27", "DTSTART;TZID=Africa/Addis_Ababa:20261224T140000", "DTEND;TZID=Africa/Addis_Ababa:20261227T110000")]
    [InlineData("2026-12-24", "2026-12-27", "DTSTART;TZID=\"/mozilla.org/20050126_1/Africa/Addis_Ababa\":20261224T140000", "DTEND;VALUE=DATE:20261227")]
    [InlineData("2026-12-25", "2026-12-27", "DTSTART:20261224T213000Z", "DTEND:20261227T080000Z")]
    [InlineData("2026-12-24", "2026-12-27", "DTSTART:20261224T140000", "DTEND:20261227T110000")]
    [InlineData("2026-12-24", "2026-12-25", "DTSTART;VALUE=DATE:20261224")]
    [InlineData("2026-12-24", "2026-12-25", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224")]
    [InlineData("2026-12-24", "2026-12-25", "DTSTART:20261224T110000Z", "DTEND:20261224T160000Z")]
    [InlineData("2026-12-24", "2026-12-27", "DTSTART;VALUE=DATE:20261224", "DURATION:P3D")]
    [InlineData("2026-12-24", "2026-12-31", "DTSTART;VALUE=DATE:20261224", "DURATION:P1W")]
    [InlineData("2026-12-24", "2026-12-26", "DTSTART:20261224T140000", "DURATION:P1DT21H")]
    [InlineData("2026-12-24", "2026-12-27", "DTSTART;VALUE=D\r\n ATE:2026\r\n\t1224", "DTEND;VALUE=DATE:20261227")]
    [InlineData("2026-12-24", "2028-11-01", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:99991231")]
    public void Nights_are_found_however_they_are_written(string from, string to, params string[] lines) =>
        NightsOf(Read(Event(lines))).ShouldBe([new NightRange(Day(from), Day(to))]);

    /// <summary>In Berlin clocks go forward on 28 March 2027 at 2:00 and back on 31 October 2027 at 3:00.</summary>
    [Theory]
    [InlineData("2027-03-28", "2027-03-29", "DTSTART;TZID=Europe/Berlin:20270328T023000", "DTEND;TZID=Europe/Berlin:20270329T100000")]
    [InlineData("2027-07-01", "2027-07-03", "DTSTART;TZID=Europe/Berlin:20270701T233000", "DTEND;TZID=Europe/Berlin:20270703T100000")]
    [InlineData("2027-03-27", "2027-03-28", "DTSTART:20270327T130000Z", "DTEND:20270328T215900Z")]
    [InlineData("2027-03-27", "2027-03-29", "DTSTART:20270327T130000Z", "DTEND:20270328T220100Z")]
    [InlineData("2027-10-30", "2027-10-31", "DTSTART:20271029T220100Z", "DTEND:20271031T225900Z")]
    [InlineData("2027-10-30", "2027-11-01", "DTSTART:20271029T220100Z", "DTEND:20271031T230100Z")]
    public void A_night_belongs_to_the_date_on_the_wall_also_when_the_clock_is_changed(string from, string to, params string[] lines) =>
        NightsOf(CalendarReader.Read(File(Event(lines)), Listing, Berlin, Bounds)).ShouldBe([new NightRange(Day(from), Day(to))]);

    [Theory]
    [InlineData("STATUS:CANCELLED")]
    [InlineData("TRANSP:TRANSPARENT")]
    public void What_is_cancelled_or_free_time_takes_nothing(string line) =>
        NightsOf(Read(Event("DTSTART;VALUE=DATE:20261224", line))).ShouldBeEmpty();

    [Theory]
    [InlineData("RRULE:FREQ=DAILY;COUNT=3", "2026-12-24", "2026-12-25", "2026-12-26")]
    [InlineData("RRULE:FREQ=WEEKLY;UNTIL=20270107", "2026-12-24", "2026-12-31", "2027-01-07")]
    [InlineData("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=2", "2026-12-24", "2027-01-07")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20261225", "2026-12-24", "2026-12-26")]
    public void Simple_repetitions_are_followed(string rule, params string[] days) =>
        NightsOf(Read(Event("DTSTART;VALUE=DATE:20261224", rule))).Select(nights => nights.From).ShouldBe(days.Select(Day));

    [Theory]
    [InlineData("RRULE:FREQ=MONTHLY")]
    [InlineData("RRULE:FREQ=WEEKLY;BYDAY=MO,TU")]
    [InlineData("RRULE:FREQ=DAILY;BYDAY=TH")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=3;BYMONTHDAY=1")]
    [InlineData("RDATE;VALUE=DATE:20270101")]
    public void A_repetition_that_is_not_understood_closes_its_first_nights_and_says_so(string rule)
    {
        var read = Read(Event("DTSTART;VALUE=DATE:20261224", rule)).ShouldBeOfType<CalendarReading.Read>();

        read.Events.ShouldHaveSingleItem().Nights.ShouldBe(new NightRange(Day("2026-12-24"), Day("2026-12-25")));
        read.Notes.ShouldHaveSingleItem().ShouldContain("repeats in a way");
    }

    [Fact]
    public void A_repetition_that_was_moved_is_where_it_was_moved_to() => NightsOf(Read(
        [
            .. Event("UID:a", "DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=DAILY;COUNT=2"),
            .. Event("UID:a", "RECURRENCE-ID;VALUE=DATE:20261225", "DTSTART;VALUE=DATE:20270110"),
        ])).Select(nights => nights.From).ShouldBe([Day("2026-12-24"), Day("2027-01-10")]);

    [Fact]
    public void Dates_of_alarms_and_zones_are_not_those_of_the_event() => NightsOf(Read(
        [
            "BEGIN:VTIMEZONE", "TZID:X", "BEGIN:STANDARD", "DTSTART:19701025T030000", "END:STANDARD", "END:VTIMEZONE",
            .. Event("DTSTART;VALUE=DATE:20261224", "BEGIN:VALARM", "DTSTART;VALUE=DATE:20270101", "DURATION:PT5M", "END:VALARM"),
        ])).ShouldBe([new NightRange(Day("2026-12-24"), Day("2026-12-25"))]);

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><html></html>")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261224\r\nEND:VEVENT\r\n")]
    public void What_is_no_calendar_or_only_half_of_one_is_not_read(string text) =>
        CalendarReader.Read(text, Listing, AddisAbaba, Bounds).ShouldBeOfType<CalendarReading.NotACalendar>();

    [Theory]
    [InlineData("a\0b\u001Fc\u0085d", "abcd")]
    [InlineData("\U0001F3E0", "\U0001F3E0")]
    public void A_uid_is_kept_as_the_database_can_keep_it(string uid, string kept) => Read(Event("UID:" + uid, "DTSTART;VALUE=DATE:20261224"))
        .ShouldBeOfType<CalendarReading.Read>().Events.ShouldHaveSingleItem().Uid.ShouldBe(kept);

    [Fact]
    public void A_uid_that_is_too_long_is_cut_between_two_characters()
    {
        var most = new string('a', ImportedEvent.LongestUid - 1);

        var read = Read(Event($"UID:{most}\U0001F3E0", "DTSTART;VALUE=DATE:20261224"));

        read.ShouldBeOfType<CalendarReading.Read>().Events.ShouldHaveSingleItem().Uid.ShouldBe(most);
    }

    private static string Exported(NightRange[] nights) =>
        CalendarExport.Of(Listing, "Lake, house; with \\ and a title that is longer than any line may be in an iCalendar file", nights.Select(range => (Guid.NewGuid(), range)), DateTimeOffset.UnixEpoch);

    private static CalendarReading Read(string[] lines) => CalendarReader.Read(File(lines), Listing, AddisAbaba, Bounds);

    private static string File(string[] lines) => string.Join("\r\n", ["BEGIN:VCALENDAR", .. lines, "END:VCALENDAR", ""]);

    private static string[] Event(params string[] lines) => ["BEGIN:VEVENT", .. lines, "END:VEVENT"];

    private static IEnumerable<NightRange> NightsOf(CalendarReading reading) => reading.ShouldBeOfType<CalendarReading.Read>().Events.Select(found => found.Nights);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
