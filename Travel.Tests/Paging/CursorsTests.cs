using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Api.Paging;

namespace Travel.Tests.Paging;

public sealed class CursorsTests
{
    private static readonly Cursors Cursors = SignedWith("0123456789abcdef0123456789abcdef");
    private static readonly Guid Row = Guid.Parse("0192f0c1-1234-7000-8000-000000000001");

    [Fact]
    public void A_cursor_leads_back_to_its_row() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), row =>
        {
            Cursors.TryRead("listings", Cursors.After("listings", row), out var read).ShouldBeTrue();
            read.ShouldBe(row);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cursor_with_any_character_changed_is_refused()
    {
        var cursor = Cursors.After("listings", Row);
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (var place = 0; place < cursor.Length; place++)
        {
            foreach (var other in alphabet.Where(character => character != cursor[place]))
            {
                var changed = cursor[..place] + other + cursor[(place + 1)..];
                Cursors.TryRead("listings", changed, out _).ShouldBeFalse(changed);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!!")]
    [InlineData("ሀሁሂ")]
    [InlineData("0192f0c1-1234-7000-8000-000000000001")]
    public void What_never_was_a_cursor_is_refused(string cursor) => Cursors.TryRead("listings", cursor, out _).ShouldBeFalse();

    [Theory]
    [InlineData("{0}A")]
    [InlineData("{0}AAAA")]
    [InlineData("{0}=")]
    [InlineData(" {0}")]
    [InlineData("{0}\n")]
    [InlineData("{0}{0}")]
    public void A_cursor_with_something_added_is_refused(string form) =>
        Cursors.TryRead("listings", string.Format(System.Globalization.CultureInfo.InvariantCulture, form, Cursors.After("listings", Row)), out _).ShouldBeFalse();

    [Fact]
    public void Every_beginning_of_a_cursor_is_refused()
    {
        var cursor = Cursors.After("listings", Row);
        for (var length = 0; length < cursor.Length; length++)
        {
            Cursors.TryRead("listings", cursor[..length], out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_cursor_of_another_list_or_another_key_is_refused()
    {
        Cursors.TryRead("listings", Cursors.After("bookings", Row), out _).ShouldBeFalse();
        Cursors.TryRead("listings", SignedWith("fedcba9876543210fedcba9876543210").After("listings", Row), out _).ShouldBeFalse();
    }

    private static Cursors SignedWith(string key) => new(Options.Create(new AccessTokenOptions { SigningKey = key }));
}
