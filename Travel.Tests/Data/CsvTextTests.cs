using Travel.Domain;

namespace Travel.Tests.Data;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("Lake house", "Lake house")]
    [InlineData("", "")]
    [InlineData("Blue house, upper floor", "\"Blue house, upper floor\"")]
    [InlineData("\"Blue\" house", "\"\"\"Blue\"\" house\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@here, there", "\"'@here, there\"")]
    public void A_cell_keeps_its_line_whole_and_gives_a_spreadsheet_nothing_to_work_out(string cell, string written) => CsvText.Text(cell).ShouldBe(written);

    [Fact]
    public void A_line_ends_as_RFC_4180_has_it() => CsvText.Line("a", "b").ShouldBe("a,b\r\n");

    [Fact]
    public void An_instant_is_in_UTC_to_the_second() =>
        CsvText.Instant(new DateTimeOffset(2026, 11, 20, 12, 30, 5, TimeSpan.FromHours(3)).AddMilliseconds(999)).ShouldBe("2026-11-20T09:30:05Z");
}
