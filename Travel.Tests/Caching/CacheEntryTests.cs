using Travel.Domain.Caching;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Caching;

public sealed class CacheEntryTests
{
    private readonly KnownTags known = new();

    [Fact]
    public void What_is_written_is_read_by_others_as_it_was()
    {
        var entry = new CacheEntry([1, 2, 3], new TagVersions(known.Of(["listings", "nights"]), ["run:1", "a", "b"]), BookingHouse.Now, BookingHouse.Now.AddHours(1));

        var read = CacheEntry.Of(entry.ToBytes(), new KnownTags()).ShouldNotBeNull();

        read.Payload.ShouldBe(entry.Payload);
        (read.CreatedAt, read.ExpiresAt).ShouldBe((entry.CreatedAt, entry.ExpiresAt));
        read.Versions.Tags.Select(tag => tag.Name).ShouldBe(["everything", "listings", "nights"]);
        read.Versions.Match(entry.Versions).ShouldBeTrue();
    }

    [Fact]
    public void What_is_damaged_or_of_another_version_of_Travel_is_passed_over()
    {
        var bytes = MemoryLevelTests.Entry(1).ToBytes();
        byte[] another = [(byte)(bytes[0] + 1), .. bytes[1..]];

        CacheEntry.Of(another, known).ShouldBeNull();
        CacheEntry.Of(bytes[..20], known).ShouldBeNull();
        CacheEntry.Of([], known).ShouldBeNull();
    }

    [Fact]
    public void Versions_match_only_when_all_of_them_are_the_same()
    {
        var versions = new TagVersions(known.Of(["listings", "nights"]), ["run:1", "a", "b"]);

        versions.Match(new TagVersions(known.Of(["nights", "listings"]), ["run:1", "b", "a"])).ShouldBeTrue();
        versions.Match(new TagVersions(known.Of(["listings", "nights"]), ["run:1", "a", "c"])).ShouldBeFalse();
        versions.Match(new TagVersions(known.Of(["listings", "nights"]), ["run:2", "a", "b"])).ShouldBeFalse();
        versions.Match(new TagVersions(known.Of(["listings"]), ["run:1", "a"])).ShouldBeFalse();
    }
}
