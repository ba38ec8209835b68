using Travel.Domain.Caching;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Caching;

public sealed class MemoryLevelTests
{
    private const int Room = 100_000;
    private readonly MemoryLevel memory = new(Room);

    [Fact]
    public void Entries_never_take_more_than_they_may()
    {
        var evicted = 0;
        for (var each = 0; each < 500; each++)
        {
            evicted += memory.Set($"key {each % 300}", Entry(each * 20));
            memory.Bytes.ShouldBeLessThanOrEqualTo(Room);
        }

        evicted.ShouldBeGreaterThan(100);
        memory.Entries.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void What_is_used_outlives_what_is_not()
    {
        memory.Set("wanted", Entry(5000));
        for (var each = 0; each < 200; each++)
        {
            memory.TryGet("wanted", out _).ShouldBeTrue();
            memory.Set($"passing {each}", Entry(5000));
        }

        memory.TryGet("passing 0", out _).ShouldBeFalse();
        memory.TryGet("passing 199", out _).ShouldBeTrue();
    }

    [Fact]
    public void One_entry_cannot_push_out_all_others()
    {
        memory.Set("small", Entry(10));

        memory.Set("huge", Entry(Room / 2)).ShouldBe(0);

        memory.TryGet("huge", out _).ShouldBeFalse();
        memory.TryGet("small", out _).ShouldBeTrue();
    }

    [Fact]
    public void A_new_answer_takes_the_place_of_the_old_one_and_its_room()
    {
        memory.Set("key", Entry(5000));
        var before = memory.Bytes;

        memory.Set("key", Entry(5000));

        (memory.Entries, memory.Bytes).ShouldBe((1, before));
        memory.Remove("key");
        (memory.Entries, memory.Bytes).ShouldBe((0, 0));
    }

    internal static CacheEntry Entry(int size) => new(
        new byte[size], TagVersions.Here(new KnownTags().Of(["listing:1"])), BookingHouse.Now, BookingHouse.Now.AddHours(1));
}
